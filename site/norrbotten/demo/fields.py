"""Turns what a file says of a page or a snippet into what its model's fields hold."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import get_translatable_fields

from norrbotten.demo.errors import Place
from norrbotten.demo.references import References
from norrbotten.demo.rich_text import render_rich_text
from norrbotten.demo.streams import StreamBuilder


def set_fields(
    instance: models.Model,
    source: Mapping[str, Any],
    references: References,
    place: Place,
    *,
    texts: Mapping[str, Any] | None = None,
    owner: UUID,
) -> None:
    """Set every field of ``instance`` that ``source`` names; saves nothing.

    Args:
        texts: a translation's file: what is translated comes from there, and only that.
        owner: translation key of the page, from which the ids of its blocks follow.

    Raises:
        DemoContentError: a field is unknown, or refers to something that is not there.
    """
    model = type(instance)
    translated = _translated_names(model)
    if texts is not None:
        _refuse_foreign_texts(source, texts, place)
    builder = StreamBuilder(references, owner)
    for name, value in source.items():
        here = place.inside(name)
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            raise here.error(f"{model.__name__} has no field {name!r}.") from None
        text = value if texts is None else texts.get(name)
        match field:
            case StreamField():
                raw = builder.stream(field.stream_block, value, text, here)
                setattr(instance, name, field.stream_block.to_python(raw))
            case RichTextField():
                setattr(instance, name, render_rich_text(text or "", references, here))
            case models.ForeignKey():
                setattr(instance, name, references.resolve(_target(field), value, here))
            case models.ManyToOneRel():
                if texts is None:
                    children = _children(field, value, references, here)
                    getattr(instance, name).set(children)
            case _:
                setattr(instance, name, (text or "") if name in translated else value)


def _translated_names(model: type[models.Model]) -> set[str]:
    return {
        field.field_name for field in get_translatable_fields(model) if field.is_translated(None)
    }


def _refuse_foreign_texts(
    source: Mapping[str, Any], texts: Mapping[str, Any], place: Place
) -> None:
    for name in texts:
        if name not in source:
            raise place.inside(name).error("The Swedish file has no such field.")


def _children(
    field: models.ManyToOneRel, entries: list[Any], references: References, place: Place
) -> list[models.Model]:
    """Return the inline children: a mapping names their fields, a bare name their one relation."""
    child_model: type[models.Model] = field.related_model  # type: ignore[assignment]
    relations = {
        child.name: child
        for child in child_model._meta.get_fields()
        if isinstance(child, models.ForeignKey) and child.name != field.field.name
    }
    children = []
    for position, entry in enumerate(entries):
        here = place.at(position)
        values = entry if isinstance(entry, dict) else {next(iter(relations)): entry}
        child = child_model()
        if hasattr(child, "sort_order"):
            child.sort_order = position
        for name, value in values.items():
            relation = relations.get(name)
            resolved = (
                references.resolve(_target(relation), value, here.inside(name))
                if relation is not None
                else value
            )
            setattr(child, name, resolved)
        children.append(child)
    return children


def _target(field: models.ForeignKey[Any, Any]) -> type[models.Model]:
    return field.related_model  # type: ignore[return-value]
