"""Order and headings of a page's strings: those of the page's own editor."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.panels import Panel, get_edit_handler
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.translation.comparison import readable
from cms.translation.fields import SEPARATOR

HEADING_BLOCK = "heading"
"""Type of the block whose text heads the blocks that follow."""


class PlacedRow(Protocol):
    """A row that stands at a content path, under a label."""

    path: str
    field_path: str
    source: str
    label: str


Row = TypeVar("Row", bound=PlacedRow)


@dataclass(slots=True)
class Group(Generic[Row]):
    """Rows that stand in one field, or in one block of it.

    Attributes:
        heading: the field, or the block with its number among those of its kind.
        section: what heads that part of the field; empty before the first heading.
    """

    heading: str
    section: str = ""
    rows: list[Row] = field(default_factory=list)


def grouped(rows: Sequence[Row], content_type: int) -> list[Group[Row]]:
    """Puts rows into the order of the editor, and under headings; their labels lose these.

    Args:
        rows: in the order of the source.
        content_type: id of that of the page or fact.
    """
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    order = _field_order(model)
    ordered = sorted(rows, key=lambda row: order.get(_field_of(row.path), len(order)))
    groups: list[Group[Row]] = []
    numbers: Counter[str] = Counter()
    place: tuple[str, ...] | None = None
    section = ""
    for row in ordered:
        kind, *rest = row.label.split(SEPARATOR)
        current = _place(model, row.path)
        if len(current) > 1 and rest:
            kind, *rest = rest
        if current != place:
            if place is not None and current[0] != place[0]:
                section = ""
            place = current
            if len(current) > 1:
                numbers[kind] += 1
            number = f" {numbers[kind]}" if len(current) > 1 else ""
            groups.append(Group(f"{kind}{number}", section))
        row.label = SEPARATOR.join(rest) or kind
        groups[-1].rows.append(row)
        if _is_heading(row):
            section = readable(row.source)
            groups[-1].section = ""
    return groups


def _field_of(path: str) -> str:
    return path.split(".", 1)[0]


def _place(model: type[Any], path: str) -> tuple[str, ...]:
    """The field, with the id of the block or row in it."""
    parts = path.split(".")
    column = model._meta.get_field(parts[0])
    if len(parts) > 1 and (isinstance(column, StreamField) or column.one_to_many):
        return parts[0], parts[1]
    return (parts[0],)


def _is_heading(row: PlacedRow) -> bool:
    return row.field_path.split(".")[1:2] == [HEADING_BLOCK]


@cache
def _field_order(model: type[Any]) -> dict[str, int]:
    """The number of each field of a page or fact in its editor."""
    handler = model.get_edit_handler() if issubclass(model, Page) else get_edit_handler(model)
    names = dict.fromkeys(_fields_in([handler]))
    return {name: number for number, name in enumerate(names)}


def _fields_in(panels: Iterable[Panel]) -> Iterator[str]:
    for panel in panels:
        if hasattr(panel, "children"):
            yield from _fields_in(panel.children)
        elif name := getattr(panel, "field_name", None) or getattr(panel, "relation_name", None):
            yield str(name)
