"""Tells Wagtail's API v3 how our fields look, through its own registries.

Runs once, from the ``ready()`` of an application that stands before every Wagtail application:
``wagtail.api.v3.registry`` builds every schema when it is first imported, and
``wagtail.api.v3.routers.pages`` takes them over when that is. Wagtail 8.0 marks v3 as a preview;
snapshot tests hold the outcome.
"""

from copy import copy
from dataclasses import replace
from types import NoneType
from typing import Any, Literal, get_args

from django.db.models import (
    CharField,
    FloatField,
    ForeignKey,
    JSONField,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    TextField,
)
from django.utils import translation
from ninja.orm.fields import get_schema_field
from pydantic import ConfigDict
from pydantic.fields import FieldInfo
from wagtail.api.v3.schemas import create_generator, patch_generator, read_generator
from wagtail.api.v3.schemas.generators.read import foreign_key_schema
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin

from cms.content.api.choice_labels import labelled
from cms.content.api.document_texts import alternative_text_field, decorative_field
from cms.content.api.numbers import Figure, WholeNumber
from cms.content.api.page_fields import (
    PAGE_FIELDS,
    resolve_alias_of,
    resolve_meta,
    resolve_parent,
)
from cms.content.api.references.preparation import resolver_of
from cms.content.api.references.relations import relation_type
from cms.content.api.rich_text_html import rich_text_schema
from cms.content.api.shapes import DocumentFile, ImageFile, put_first, type_member
from cms.content.api.streams.types import stream_input_type, stream_type
from cms.content.api.streams.values import represent
from cms.content.api.streams.wagtail_blocks import register_leaves
from cms.content.models import ContentDocument, ContentImage

DESCRIPTION_LANGUAGE = "en"
"""The schema describes itself in one language, whoever starts the process."""

# A primary key is an IntegerField, too, and Wagtail's own.
_NUMBER_FIELDS = (
    FloatField,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
)


def register_api_schemas() -> None:
    """Registers every field of ours, then completes the schemas of the page types."""
    register_leaves()
    with translation.override(DESCRIPTION_LANGUAGE):
        read_generator.register_field_schema(ForeignKey, _read_relation)
        read_generator.register_field_schema(StreamField, _read_stream)
        read_generator.register_field_schema(RichTextField, _read_rich_text)
        read_generator.register_field_schema(CharField, _read_text)
        read_generator.register_field_schema(TextField, _read_text)
        read_generator.register_field_schema(JSONField, _read_json)
        for generator in (create_generator, patch_generator):
            generator.register_field_schema(ForeignKey, _write_relation)
            generator.register_field_schema(StreamField, _write_stream)
            generator.register_field_schema(CharField, _write_text)
            generator.register_field_schema(JSONField, _write_json)
            for number_field in _NUMBER_FIELDS:
                generator.register_field_schema(number_field, _write_number)
        _complete_page_schemas()


def _titled(field: Any, **kwargs: Any) -> FieldInfo:
    """The admin's name for a field, for the reader of the schema."""
    return FieldInfo(title=str(getattr(field, "verbose_name", field.name)), **kwargs)


def _read_relation(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    """A page, snippet, image or file as the contract shapes it; anything else as Wagtail does."""
    model = field.related_model
    name, attribute = field.name, field.attname
    if issubclass(model, ContentImage):
        alternative_text = alternative_text_field(name)
        decorative = decorative_field(name)

        def resolve_image(obj: Any, context: dict[str, Any]) -> Any:
            alt = "" if getattr(obj, decorative, False) else getattr(obj, alternative_text, "")
            return resolver_of(obj, context.get("request")).image(getattr(obj, attribute), alt=alt)

        return ImageFile | None, _titled(field), staticmethod(resolve_image)
    if issubclass(model, ContentDocument):

        def resolve_file(obj: Any, context: dict[str, Any]) -> Any:
            return resolver_of(obj, context.get("request")).document(getattr(obj, attribute))

        return DocumentFile | None, _titled(field), staticmethod(resolve_file)
    if issubclass(model, Page):

        def resolve_page(obj: Any, context: dict[str, Any]) -> Any:
            return resolver_of(obj, context.get("request")).page(getattr(obj, attribute))

        return relation_type(model) | None, _titled(field), staticmethod(resolve_page)
    if issubclass(model, TranslatableMixin):

        def resolve_snippet(obj: Any, context: dict[str, Any]) -> Any:
            return resolver_of(obj, context.get("request")).snippet(model, getattr(obj, attribute))

        return relation_type(model) | None, _titled(field), staticmethod(resolve_snippet)
    plain: tuple[Any, Any, Any] = foreign_key_schema(generator, field)
    return plain


def _write_relation(generator: Any, field: Any) -> tuple[Any, Any]:
    """The id of what is chosen, under the name by which it is read.

    Wagtail wants ``logo_id`` where ``logo`` is read, and drops ``logo`` without a word.
    """
    if field.null:
        return WholeNumber | None, _titled(field, default=None)
    return WholeNumber, _titled(field)


def _read_stream(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    name = field.name

    def resolve(obj: Any, context: dict[str, Any]) -> Any:
        stream = getattr(obj, name)
        return represent(
            stream.stream_block,
            stream.get_prep_value(),
            resolver_of(obj, context.get("request")),
            name,
        )

    return stream_type(field.stream_block), _titled(field), staticmethod(resolve)


def _read_rich_text(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    name, features = field.name, field.features

    def resolve(obj: Any, context: dict[str, Any]) -> Any:
        source = getattr(obj, name) or ""
        return resolver_of(obj, context.get("request")).rich_text(source, name, features=features)

    information = _titled(field, json_schema_extra=rich_text_schema(features))
    return str, information, staticmethod(resolve)


def _read_text(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    if field.choices:
        labels = labelled(field.flatchoices)
        return _choices(field), _titled(field, json_schema_extra=labels), None
    return str, _titled(field), None


def _write_text(generator: Any, field: Any) -> tuple[Any, Any]:
    if field.choices:
        return _choices(field), _titled(field, default=field.get_default())
    annotation, information = get_schema_field(field)
    return annotation, information


def _write_number(generator: Any, field: Any) -> tuple[Any, Any]:
    """The type of a number, without what Python takes for one as well."""
    _annotation, information = get_schema_field(field)
    number = Figure if isinstance(field, FloatField) else WholeNumber
    return number | None if field.null else number, information


def _choices(field: Any) -> Any:
    return Literal[tuple(value for value, _label in field.flatchoices)]


def _json_type(field: Any) -> Any:
    """The type that a JSON field states about its content in ``api_type``."""
    try:
        return field.api_type
    except AttributeError:
        raise LookupError(
            f"{field.model._meta.label}.{field.name} is JSON of unknown shape: give its field "
            "class an api_type."
        ) from None


def _read_json(generator: Any, field: Any) -> tuple[Any, Any, Any]:
    extra = labelled(choices) if (choices := getattr(field, "item_choices", None)) else None
    return _json_type(field), _titled(field, json_schema_extra=extra), None


def _write_json(generator: Any, field: Any) -> tuple[Any, Any]:
    return _json_type(field), _titled(field, default_factory=list)


def _write_stream(generator: Any, field: Any) -> tuple[Any, Any]:
    return stream_input_type(field.stream_block), _titled(field, default_factory=list)


def _complete_page_schemas() -> None:
    """Adds what every page has, and keeps drafts out of what Wagtail says of relatives."""
    from wagtail.api.v3.registry import registry

    for summary in registry.list_content_types():
        registration = registry.get(summary.name)
        if registration is None or registration.read_schema is None:
            continue
        meta: Any = registration.read_schema.model_fields["meta"].annotation
        public_meta = type(meta)(
            meta.__name__,
            (meta,),
            {
                "resolve_parent": staticmethod(resolve_parent),
                "resolve_alias_of": staticmethod(resolve_alias_of),
            },
        )
        read_schema = read_generator.extend_schema(
            registration.read_schema,
            registration.read_schema.__name__,
            {
                "meta": (public_meta, ..., staticmethod(resolve_meta)),
                "type": type_member(summary.name),
                **PAGE_FIELDS,
            },
        )
        registry.register(
            replace(
                registration,
                read_schema=put_first(read_schema, "id", "meta", "type"),
                create_schema=_without_surplus(registration.create_schema),
                patch_schema=_without_surplus(registration.patch_schema),
            )
        )


def _without_surplus(schema: Any) -> Any:
    """The schema of what may be written, refusing what it does not know, in ``meta`` too.

    A mistyped name would otherwise be skipped, and the text under it lost without a word; so would
    a slug or a time that somebody puts into ``meta``, where it stands in what is read.
    """
    if schema is None:
        return None
    members: dict[str, Any] = {"model_config": ConfigDict(extra="forbid")}
    if (meta := schema.model_fields.get("meta")) is not None:
        [closed] = [
            type(one)(one.__name__, (one,), {"model_config": ConfigDict(extra="forbid")})
            for one in (get_args(meta.annotation) or (meta.annotation,))
            if one is not NoneType
        ]
        is_optional = NoneType in get_args(meta.annotation)
        members["__annotations__"] = {"meta": closed | None if is_optional else closed}
        members["meta"] = copy(meta)
    return type(schema)(schema.__name__, (schema,), members)
