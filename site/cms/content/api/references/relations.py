"""The API's relation to a snippet, wherever a page or another snippet points to it."""

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal, get_args

from django.db.models import CharField, ForeignKey, ForeignObjectRel, Model
from ninja.orm.fields import get_schema_field
from pydantic import Field, create_model
from wagtail.api.conf import get_model_field
from wagtail.api.v3.schemas import read_generator
from wagtail.models import Page, get_page_models
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from cms.content.api.choice_labels import labelled
from cms.content.api.field_descriptions import describe, note_of
from cms.content.api.shapes import ImageFile, PagePath, Relation, named_type
from cms.content.field_notes import Note
from cms.content.models import ContentImage


def relation_fields(model: type[Model]) -> tuple[str, ...]:
    """The fields shown of a snippet beyond its name, its model's ``relation_fields``."""
    fields: tuple[str, ...] = getattr(model, "relation_fields", ())
    return fields


@cache
def translated_relation_fields(model: type[Model]) -> tuple[str, ...]:
    """Those of a snippet's ``relation_fields`` that every language has a text of its own for."""
    own = {
        field.field_name
        for field in get_translatable_fields(model)
        if isinstance(field, TranslatableField)
    }
    return tuple(name for name in relation_fields(model) if name in own)


@cache
def image_fields(model: type[Model]) -> tuple[str, ...]:
    """Those of a snippet's ``relation_fields`` that hold an image."""
    return tuple(
        name
        for name in relation_fields(model)
        if isinstance(field := get_model_field(model, name), ForeignKey)
        and field.related_model is ContentImage
    )


@cache
def relation_type(model: type[Model]) -> Any:
    """The type of a relation to a page or snippet of a type, or of one that derives from it."""
    if not issubclass(model, Page):
        return _snippet_relation(model)
    types = _page_types(model)
    relations = _told_apart([_page_relation(each) for each in types])
    if model in types:
        return relations
    return named_type(f"{model._meta.object_name}Relation", relations)


def relation_type_of(models: Sequence[type[Page]]) -> Any:
    """The type of a relation to a page of one of several types; of any where none is named."""
    types = {each for model in models or [Page] for each in _page_types(model)}
    if len(types) > 1 and types == set(_page_types(Page)):
        return relation_type(Page)
    return _told_apart([_page_relation(each) for each in _page_types(Page) if each in types])


def _page_types(model: Any) -> list[Any]:
    """The types of pages that are of a type, without Wagtail's own, which no page has."""
    return [each for each in get_page_models() if issubclass(each, model) and each is not Page]


def _told_apart(types: Iterable[Any]) -> Any:
    """One type, or the union of several that have a ``type`` each."""
    union = reduce(or_, types)
    return Annotated[union, Field(discriminator="type")] if get_args(union) else union


@cache
def _page_relation(model: Any) -> Any:
    """:class:`Relation`, to a page of one type, whose path is never missing."""
    label = model._meta.label
    members: dict[str, Any] = {"type": (Literal[label], ...), "path": (PagePath, ...)}
    relation = create_model(
        f"{model._meta.object_name}Relation",
        __base__=Relation,
        __doc__=Relation.__doc__,
        **members,
    )
    return describe(relation, {"type": Note("Label of the type of page.", label)})


def _snippet_relation(model: type[Model]) -> Any:
    """:class:`Relation`, with the snippet's own fields."""
    names = relation_fields(model)
    fields = {name: get_model_field(model, name) for name in names}
    members: dict[str, Any] = {name: _member(field) for name, field in fields.items()}
    label = model._meta.label
    members["type"] = (Literal[label], ...)
    relation = create_model(
        f"{model._meta.object_name}Relation",
        __base__=Relation,
        __doc__=f"{model.__doc__}",
        **members,
    )
    notes = {name: note_of(field) for name, field in fields.items()}
    if (title := getattr(model, "relation_title_field", "")) or names:
        notes["title"] = note_of(get_model_field(model, title or "name"))
    notes["type"] = Note("Label of the type of snippet.", label)
    notes["path"] = Note("Null: a snippet has no address of its own.", None)
    return describe(relation, notes)


def _member(field: Any) -> tuple[Any, Any]:
    if isinstance(field, ForeignObjectRel):
        child = read_generator.get_reverse_related_schema(field.related_model)
        return list[child], ...  # type: ignore[valid-type]
    if isinstance(field, ForeignKey) and field.related_model is ContentImage:
        return ImageFile | None, None
    if isinstance(field, CharField) and field.choices:
        values = tuple(value for value, _label in field.flatchoices)
        return Literal[values], Field(json_schema_extra=labelled(field.flatchoices))
    annotation, information = get_schema_field(field)
    return annotation, information
