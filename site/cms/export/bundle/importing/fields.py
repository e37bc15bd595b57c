"""Turns records into rows: each value is one that its field takes, or the bundle is refused."""

from typing import Any

from django.core.exceptions import ValidationError
from pydantic import TypeAdapter
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from cms.content.api.streams.values import leaf_of
from cms.export.bundle.editable.reference_rewriter import ReferenceRewriter, swap_field
from cms.export.bundle.editable.references import Identities
from cms.export.bundle.editable.shapes import Shape, shape_of
from cms.export.bundle.importing.refusals import FilePosition
from cms.export.bundle.importing.rich_text_check import fault


class Collector(ReferenceRewriter):
    """Asks for the ids of everything that a record names, and refuses what is not safe."""

    def __init__(self, identities: Identities, place: FilePosition) -> None:
        super().__init__(identities.collect)
        self.place = place

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
        if raw in (None, "") or not isinstance(block, blocks.FieldBlock):
            return raw
        try:
            if isinstance(raw, list | dict):
                # A table: its shape is that in which the API takes one.
                leaf = leaf_of(block)
                TypeAdapter(leaf.write_type(block) if leaf else str).validate_python(raw)
            else:
                block.field.run_validators(block.value_for_form(block.to_python(raw)))
        except (ValidationError, ValueError, TypeError) as error:
            raise self.place.refuse(f"{_said(error)} ({raw!r:.80})") from error
        return raw


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
    taken = field.to_python(value)
    if taken in field.empty_values:
        return taken
    field.run_validators(taken)
    if field.choices and taken not in dict(field.flatchoices):
        raise ValidationError(f"none of {sorted(map(str, dict(field.flatchoices)))}")
    return taken


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
    messages = error.messages if isinstance(error, ValidationError) else [str(error)]
    return " ".join(messages)
