"""Omits default values from a record, and applies them again.

A page says that it is not live, and not that it is; a translated text says when it was written if
it was not when its source was. Both ways go through the same tables, so that what is left out is
what is put back.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeGuard

from django.db.models import NOT_PROVIDED

from cms.content.api.delivered_types import delivered_models
from cms.export.bundle.editable.records import Record, as_value
from cms.export.bundle.editable.shapes import Shape, shape_of

Defaults = dict[str, Any]
Treatment = Callable[[Record, Defaults], Record]
"""What is done with a record, given what is left out of it."""


def omit_defaults(record: Record, defaults: Defaults) -> Record:
    """Omits from a record the values that are the default."""
    return {
        name: value
        for name, value in record.items()
        if name not in defaults or defaults[name] != value
    }


def apply_defaults(record: Record, defaults: Defaults) -> Record:
    """Applies to a record the defaults that it omits."""
    return defaults | record


def content(record: Record, treat: Treatment) -> Record:
    """A page or snippet, with its fields and those of its draft."""
    published = record.get("last_published_at")
    moments = {
        "first_published_at": published,
        "modified_at": published if record.get("live", True) else None,
    }
    made = treat(record, {**_STANDING, **moments})
    model = _models().get(str(record.get("type")))
    if model is None:
        return made
    if isinstance(fields := record.get("fields"), dict):
        made["fields"] = _fields(shape_of(model), fields, treat)
    if isinstance(draft := record.get("draft"), dict):
        made["draft"] = treat(draft, _SCHEDULE)
        if isinstance(fields := draft.get("fields"), dict):
            made["draft"]["fields"] = _fields(shape_of(model), fields, treat)
    return made


_SCHEDULE: Defaults = {"go_live_at": None, "expire_at": None, "scheduled_at": None}
_STANDING: Defaults = {"live": True, "go_live_at": None, "expire_at": None, "expired": False}


def _fields(shape: Shape, record: Record, treat: Treatment, position: int = 0) -> Record:
    """The fields of a page or snippet, or of one of the rows that belong to it.

    Args:
        position: of the row among the others: their order is that in which they stand.
    """
    defaults = empty_fields(shape.model)
    made = treat(record, defaults | {_ORDER: position} if _ORDER in defaults else defaults)
    for child in shape.children:
        rows = record.get(child.name)
        if rows and _are_records(rows):
            made[child.name] = [
                _fields(shape_of(child.model), row, treat, position)
                for position, row in enumerate(rows)
            ]
    return made


_ORDER: Final = "sort_order"


@cache
def empty_fields(model: Any) -> Defaults:
    """The values of the fields of a new page, snippet or row."""
    shape = shape_of(model)
    new = model()
    said = {
        name: None if field.is_relation else as_value(field, new)
        for name, field in shape.fields.items()
        # What is another each time is no default that anybody could count on.
        if not callable(getattr(field, "default", NOT_PROVIDED)) or field.default is NOT_PROVIDED
    }
    return said | {child.name: [] for child in shape.children}


def image(record: Record, treat: Treatment) -> Record:
    """An image."""
    return treat(record, _IMAGE)


def document(record: Record, treat: Treatment) -> Record:
    """A file."""
    return treat(record, _FILE)


_FILE: Defaults = {"collection": [], "tags": []}
_IMAGE: Defaults = _FILE | {
    "description": "",
    "credit": "",
    "focal_point_x": None,
    "focal_point_y": None,
    "focal_point_width": None,
    "focal_point_height": None,
}


def translation(record: Record, treat: Treatment) -> Record:
    """The defaults of a page's or snippet's translations."""
    source = apply_defaults(record, _source(record))
    made = treat(record, _source(record))
    for name, defaults in _PARTS.items():
        if _are_records(parts := record.get(name)):
            made[name] = [_part(part, defaults(part, source), source, treat) for part in parts]
    return made


def _part(part: Record, defaults: Defaults, source: Record, treat: Treatment) -> Record:
    made = treat(part, defaults)
    if _are_records(texts := part.get("translations")):
        made["translations"] = [treat(text, _text(text, source)) for text in texts]
    return made


def _source(record: Record) -> Defaults:
    updated = record.get("last_updated_at", record.get("created_at"))
    return {"last_updated_at": record.get("created_at"), "changed_at": updated}


def _begun(part: Record, source: Record) -> Defaults:
    return {
        "enabled": True,
        "created_at": source.get("created_at"),
        "translations_last_updated_at": None,
        "destination_last_updated_at": None,
    }


def _string(part: Record, source: Record) -> Defaults:
    return {"field_path": part.get("path"), "source_locale": source.get("locale")}


def _text(part: Record, source: Record) -> Defaults:
    written = source.get("last_updated_at")
    return {
        "translation_type": "manual",
        "tool_name": "",
        "has_error": False,
        "field_error": "",
        "review": None,
        "created_at": written,
        "updated_at": part.get("created_at", written),
    }


def _override(part: Record, source: Record) -> Defaults:
    return {"field_path": part.get("path"), "has_error": False, "field_error": ""}


_PARTS: dict[str, Callable[[Record, Record], Defaults]] = {
    "translations": _begun,
    "strings": _string,
    "changes": _string,
    "overrides": _override,
    "suggestions": lambda part, source: {"field_path": part.get("path")},
    "versions": _string,
}


def _are_records(parts: Any) -> TypeGuard[list[Record]]:
    return isinstance(parts, list) and all(isinstance(part, dict) for part in parts)


@cache
def _models() -> dict[str, Any]:
    return {model._meta.label: model for model in delivered_models()}
