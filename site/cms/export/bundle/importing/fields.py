"""Turns records into rows: each value is one that its field takes, or the bundle is refused."""

import json
from collections.abc import Iterable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import models
from pydantic import TypeAdapter
from pydantic import ValidationError as WrongShape
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from cms.content.api.streams.types import ID
from cms.content.api.streams.values import leaf_of
from cms.export.bundle.editable.reference_rewriter import ReferenceRewriter, swap_field
from cms.export.bundle.editable.references import Identities
from cms.export.bundle.editable.shapes import Shape, shape_of
from cms.export.bundle.importing.record_shapes import moment_of
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.rich_text_check import fault


class Collector(ReferenceRewriter):
    """Asks for the ids of everything that a record names, and refuses what is not safe."""

    def __init__(self, identities: Identities, place: FilePosition) -> None:
        super().__init__(self._collect)
        self.identities, self.place = identities, place

    def _collect(self, model: Any, name: Any) -> None:
        if not isinstance(name, str):
            raise self.place.refuse(f"a reference is expected here, and not {name!r:.80}.")
        self.identities.collect(model, name)

    def members(self, raw: dict[str, Any], known: Iterable[str]) -> None:
        """Refuses a member of which nothing would come."""
        if unknown := sorted(set(raw) - set(known)):
            raise self.place.refuse(f"a block has no member {unknown[0]!r:.80}.")

    def children(self, children: Any) -> None:
        """Refuses blocks that have one id, by which translations are found."""
        if not isinstance(children, list):
            raise self.place.refuse(f"a list of blocks is expected here, and not {children!r:.80}.")
        seen: set[str] = set()
        for child in children:
            identity = child.get("id") if isinstance(child, dict) else None
            if identity is None:
                continue
            if not isinstance(identity, str) or not ID.fullmatch(identity):
                raise self.place.refuse(f"{identity!r:.80} is no id of a block.")
            if identity in seen:
                raise self.place.refuse(
                    f"two blocks have the id {identity}. Leave it out in the new one."
                )
            seen.add(identity)

    def rich_text(self, html: Any) -> Any:
        """Refuses what no editor could have written."""
        if not isinstance(html, str):
            raise self.place.refuse(f"a text is expected here, and not {html!r:.80}.")
        if found := fault(html):
            raise self.place.refuse(f"{found}.")
        return super().rich_text(html)

    def unknown(self, block: Any, raw: Any) -> Any:
        """Refuses a type of block that this site does not have."""
        kind = raw.get("type") if isinstance(raw, dict) else raw
        raise self.place.refuse(f"there is no block {kind!r:.80} here.")

    def plain(self, block: Any, raw: Any) -> Any:
        """Refuses what the block does not take: another shape, another choice, no address."""
        if not isinstance(block, blocks.FieldBlock):
            raise self.place.refuse(f"the members of a block are expected here, not {raw!r:.80}.")
        if raw in (None, "") or (isinstance(raw, bool) and isinstance(block, blocks.BooleanBlock)):
            return raw
        try:
            # Its shape is that in which the API takes one; of a choice a person writes the number.
            is_number = isinstance(block, blocks.ChoiceBlock) and type(raw) is int
            _shape_of_block(block).validate_json(json.dumps(str(raw) if is_number else raw))
            if not isinstance(raw, list | dict):
                block.field.run_validators(block.value_for_form(block.to_python(raw)))
        except (ValidationError, ValueError, TypeError) as error:
            raise self.place.refuse(f"{_said(error)} ({raw!r:.80})") from error
        return raw


def _shape_of_block(block: Any) -> TypeAdapter[Any]:
    # Blocks cannot be keys themselves; those of a field are there as long as the program.
    if (shape := _shapes.get(id(block))) is None:
        leaf = leaf_of(block)
        shape = _shapes[id(block)] = TypeAdapter(leaf.write_type(block) if leaf else str)
    return shape


_shapes: Final[dict[int, TypeAdapter[Any]]] = {}


def check_fields(shape: Shape, record: Any, place: FilePosition, identities: Identities) -> None:
    """Refuses a record that does not fit, and asks for the ids of what it names.

    Raises:
        RefusedBundle: a field is unknown, or its value is none that it takes.
    """
    if not isinstance(record, dict):
        raise place.refuse("fields are expected here.")
    children = {child.name: child for child in shape.children}
    for name, value in record.items():
        at = place.inside(name)
        if name in children:
            if not isinstance(value, list):
                raise at.refuse("a list is expected here.")
            for row in value:
                check_fields(shape_of(children[name].model), row, at, identities)
            continue
        if name not in shape.fields:
            raise at.refuse(f"{shape.model._meta.label} has no such field.")
        field = shape.fields[name]
        try:
            swap_field(field, value, Collector(identities, at))
            if not isinstance(field, StreamField) and not field.is_relation:
                parsed(field, value)
        except (AttributeError, TypeError, ValueError, ValidationError) as error:
            raise at.refuse(f"{_said(error)} ({value!r:.80})") from error


def parsed(field: Any, value: Any) -> Any:
    """The value that a field without relations has for one of a record.

    Raises:
        ValidationError: it takes no such value.
    """
    _refuse_type(field, value)
    is_moment = isinstance(field, models.DateTimeField)
    taken = moment_of(value) if is_moment else field.to_python(value)
    if taken in field.empty_values:
        return taken
    field.run_validators(taken)
    if field.choices and taken not in dict(field.flatchoices):
        raise ValidationError(f"none of {sorted(map(str, dict(field.flatchoices)))}")
    return taken


def _refuse_type(field: Any, value: Any) -> None:
    """Refuses a value that Django would make one of: a number of a text, a text of a list.

    Raises:
        ValidationError: it is of another type than the field.
    """
    if value is None:
        if not field.null:
            raise ValidationError("something is expected here, at least an empty text")
        return
    if isinstance(field, models.JSONField):
        if (shape := getattr(field, "api_type", None)) is not None:
            TypeAdapter(shape).validate_python(value, strict=True)
        return
    for kind, types, name in _JSON_TYPES:
        if isinstance(field, kind):
            is_number = bool not in types and isinstance(value, bool)
            if not isinstance(value, types) or is_number:
                raise ValidationError(f"{name} is expected here")
            return


_JSON_TYPES: Final[tuple[tuple[Any, tuple[type, ...], str], ...]] = (
    (models.BooleanField, (bool,), "true or false"),
    (models.IntegerField, (int,), "a whole number"),
    (models.FloatField, (int, float), "a number"),
    (models.Field, (str,), "a text"),
)
"""Types of JSON by the field, the first that is one."""


def set_fields(instance: Any, record: dict[str, Any], identities: Identities) -> dict[str, Any]:
    """Puts the values of a record that was checked into an object.

    What the record does not name, or names in vain, stays empty.

    Returns:
        The rows that belong to it, by the name of the relation; they are not stored yet.
    """
    model: Any = type(instance)
    shape = shape_of(model)
    swap = ReferenceRewriter(identities.identity)
    for name, field in shape.fields.items():
        if name in record:
            value = swap_field(field, record[name], swap)
            if isinstance(field, StreamField):
                stored = StreamValue(field.stream_block, value or [], is_lazy=True)
                setattr(instance, name, stored)
            else:
                setattr(
                    instance, field.attname, value if field.is_relation else parsed(field, value)
                )
    rows: dict[str, Any] = {}
    for child in shape.children:
        rows[child.name] = [
            row
            for part in record.get(child.name, ())
            if (row := _row(child.model, part, identities)) is not None
        ]
    return rows


def _row(model: Any, record: dict[str, Any], identities: Identities) -> Any:
    """A row; ``None`` where it is about something that is not in the bundle."""
    row = model()
    set_fields(row, record, identities)
    for field in shape_of(model).fields.values():
        if field.is_relation and not field.null and getattr(row, field.attname) is None:
            return None
    return row


def _said(error: Exception) -> str:
    if isinstance(error, WrongShape):
        return str(error.errors(include_url=False)[0]["msg"])
    messages = error.messages if isinstance(error, ValidationError) else [str(error)]
    return " ".join(messages)
