"""The API's relation to a snippet, wherever a page or another snippet points to it."""

from functools import cache
from typing import Any, Literal

from django.db.models import CharField, ForeignKey, ForeignObjectRel, Model
from ninja.orm.fields import get_schema_field
from pydantic import create_model
from wagtail.api.conf import get_model_field
from wagtail.api.v3.schemas import read_generator
from wagtail_localize.fields import TranslatableField, get_translatable_fields

from cms.content.api.field_descriptions import describe, note_of
from cms.content.api.shapes import ImageFile, Relation
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
    """The type of a relation to ``model``: :class:`Relation`, with the snippet's own fields."""
    names = relation_fields(model)
    if not names:
        return Relation
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
    title = get_model_field(model, getattr(model, "relation_title_field", "name"))
    return describe(
        relation,
        {name: note_of(field) for name, field in fields.items()}
        | {
            "type": Note("Label of the type of snippet.", label),
            "title": note_of(title),
            "path": Note("Null: a snippet has no address of its own.", None),
        },
    )


def _member(field: Any) -> tuple[Any, Any]:
    if isinstance(field, ForeignObjectRel):
        child = read_generator.get_reverse_related_schema(field.related_model)
        return list[child], ...  # type: ignore[valid-type]
    if isinstance(field, ForeignKey) and field.related_model is ContentImage:
        return ImageFile | None, None
    if isinstance(field, CharField) and field.choices:
        return Literal[tuple(value for value, _label in field.flatchoices)], ...
    annotation, information = get_schema_field(field)
    return annotation, information
