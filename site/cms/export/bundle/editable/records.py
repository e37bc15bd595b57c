"""Pages and snippets as records: what an editor could change, in JSON."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import BinaryField
from wagtail.fields import StreamField

from cms.export.bundle.editable.reference_rewriter import ReferenceRewriter, swap_field
from cms.export.bundle.editable.references import Names
from cms.export.bundle.editable.shapes import PUBLICATION_FIELDS, Shape, shape_of

Record = dict[str, Any]
Rows = dict[str, list[Any]]
"""The rows that belong to a page or snippet, by the name of the relation."""


def as_value(field: Any, instance: Any) -> Any:
    """The stored value of a field as JSON has it; the value of a relation is an id."""
    value = getattr(instance, field.attname)
    if isinstance(field, StreamField):
        return value.get_prep_value() if value is not None else []
    if isinstance(field, BinaryField):
        raise TypeError(f"{field} holds bytes, which no record can.")
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return field.value_to_string(instance)


class Recorder:
    """Makes records of pages or snippets of one type, some hundred at a time."""

    def __init__(self, model: Any, names: Names) -> None:
        self.shape, self.names = shape_of(model), names

    def records(self, instances: list[Any], rows: list[Rows]) -> Iterator[Record]:
        """A record for each, in their order.

        Args:
            rows: what belongs to each.
        """
        for swap in (self.names.collect, self.names.name):
            made = [
                self._fields(instance, belonging, ReferenceRewriter(swap))
                for instance, belonging in zip(instances, rows, strict=True)
            ]
            if swap == self.names.collect:
                self.names.find()
        yield from made

    def _fields(self, instance: Any, rows: Rows, swap: ReferenceRewriter) -> Record:
        fields = _fields(self.shape, instance, swap)
        for child in self.shape.children:
            shape = shape_of(child.model)
            fields[child.name] = [_fields(shape, row, swap) for row in rows.get(child.name, ())]
        return fields


def _fields(shape: Shape, instance: Any, swap: ReferenceRewriter) -> Record:
    return {
        name: swap_field(field, as_value(field, instance), swap)
        for name, field in shape.fields.items()
    }


def stored_rows(model: Any, instances: Iterable[Any]) -> list[Rows]:
    """The rows that belong to each page or snippet, with one query for each kind."""
    owners = [instance.pk for instance in instances]
    found: dict[int, Rows] = defaultdict(lambda: defaultdict(list))
    for child in shape_of(model).children:
        ordering = child.model._meta.ordering or ("pk",)
        rows = child.model._default_manager.filter(**{f"{child.owner}__in": owners})
        for row in rows.order_by(*ordering, "pk"):
            found[getattr(row, f"{child.owner}_id")][child.name].append(row)
    return [found[owner] for owner in owners]


def rows_at_hand(instance: Any) -> Rows:
    """The rows that belong to a page or snippet that is not stored as it is, such as a draft."""
    model: Any = type(instance)
    return {
        child.name: list(getattr(instance, child.name).all()) for child in shape_of(model).children
    }


def publication_record(instance: Any, locale: str, modified_at: datetime | None = None) -> Record:
    """The identity of a page or snippet, and its publication.

    Args:
        modified_at: when its document changed last, where it has one.
    """
    record = {
        "type": instance._meta.label,
        "key": str(instance.translation_key),
        "locale": locale,
    }
    for name in PUBLICATION_FIELDS:
        field = instance._meta.get_field(name)
        record[name] = as_value(field, instance)
    record["modified_at"] = moment(modified_at)
    return record


def moment(value: datetime | None) -> str | None:
    """A moment as records have it, to the microsecond."""
    return value.isoformat() if value else None
