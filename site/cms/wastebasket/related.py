"""Finds all rows that Django deletes along with some pages, and those that it empties of them.

By the foreign keys of all models, as Django itself finds them, but by keys alone: the deletion that
follows reads each row with its text, and here that would be done twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CASCADE, SET_NULL, Model
from wagtail.models import Page, TranslatableMixin

from cms.common.batches import batches
from cms.wastebasket.stored_rows import AT_A_TIME


@dataclass(slots=True)
class Related:
    """The rows that a deletion reaches.

    Attributes:
        deleted: keys of rows that go, by model, what they belong to before them.
        emptied: keys of rows of which a column is emptied, by model and column.
    """

    deleted: dict[type[Model], dict[Any, None]] = field(default_factory=dict)
    emptied: dict[tuple[type[Model], str], set[Any]] = field(
        default_factory=lambda: defaultdict(set)
    )


def related_to(pages: Iterable[int]) -> Related:
    """Finds all that goes with some pages: a query for each way to it and 400 keys."""
    found = Related()
    waiting: list[tuple[Any, list[Any]]] = [(Page, list(pages))]
    while waiting:
        model, keys = waiting.pop(0)
        known = found.deleted.setdefault(model, {})
        new = [key for key in keys if key not in known]
        known.update(dict.fromkeys(new))
        for some in batches(new, AT_A_TIME):
            waiting += _below(model, some, found)
    return found


def _below(model: Any, keys: list[Any], found: Related) -> list[tuple[Any, list[Any]]]:
    reached: list[tuple[Any, list[Any]]] = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        if relation.model._meta.concrete_model is not model:
            continue  # A parent's, which is gone through itself.
        other: Any = relation.related_model._meta.concrete_model
        if relation.related_model is not other or relation.on_delete not in (CASCADE, SET_NULL):
            continue
        there = other._base_manager.filter(**{f"{relation.field.name}__in": keys})
        if rows := list(there.order_by("pk").values_list("pk", flat=True)):
            if relation.on_delete is CASCADE:
                reached.append((other, rows))
            else:
                found.emptied[_owner_of(other, relation.field)].update(rows)
    for generic in model._meta.private_fields:
        if hasattr(generic, "bulk_related_objects"):
            rows = generic.bulk_related_objects([model(pk=key) for key in keys])
            if there := list(rows.order_by("pk").values_list("pk", flat=True)):
                reached.append((rows.model._meta.concrete_model, there))
    return reached


def _owner_of(model: Any, column: Any) -> tuple[Any, str]:
    return column.model._meta.concrete_model, column.column


def facts_among(rows: Mapping[type[Model], Any]) -> dict[Any, Any]:
    """The facts among some rows, by model: such as the settings of a site, with its start page."""
    return {
        model: keys
        for model, keys in rows.items()
        if issubclass(model, TranslatableMixin) and not issubclass(model, Page) and keys
    }
