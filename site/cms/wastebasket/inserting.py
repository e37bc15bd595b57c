"""Writes the rows of a deleted page again, but for what they would need and is gone."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.common.batches import batches
from cms.content.models import PagePosition
from cms.wastebasket.models import DeletedPage, DeletedRows
from cms.wastebasket.stored_rows import AT_A_TIME, insert_rows, present, unpack

Kind = DeletedRows.Kind
Row = dict[str, Any]
"""The values of a row by column."""


@dataclass(slots=True)
class Inserted:
    """The rows that were written.

    Attributes:
        keys: of them, by model.
        left_out: numbers of rows that could not be written, by model.
        owners: keys of pages that stayed and have such rows, by model.
    """

    keys: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))
    left_out: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    owners: dict[type[Model], set[Any]] = field(default_factory=lambda: defaultdict(set))


class Inserter:
    """Writes packs of rows, in the order in which they were kept."""

    def __init__(self, deleted: DeletedPage, adapt: Callable[[type[Model], Row], None]) -> None:
        self._deleted = deleted
        self._adapt = adapt
        self._missing: dict[type[Model], set[Any]] = defaultdict(set)
        self._kept = _kept_keys(deleted)
        self.done = Inserted()

    def insert(self) -> Inserted:
        """Writes all rows that are gone."""
        for pack in self._deleted.rows.filter(kind=Kind.GONE).iterator(chunk_size=1):
            model = model_of(pack.model)
            if model is not None:
                content = unpack(pack.packed)
                self._insert(model, content["columns"], content["rows"])
        return self.done

    def _insert(self, model: type[Model], columns: list[str], rows: list[list[Any]]) -> None:
        pk: Any = model._meta.pk
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        for row in found:
            self._adapt(model, row)
        left_out = self._unfit(model, found)
        written = [row for row in found if row[pk.column] not in left_out]
        values = [[row[column] for column in columns] for row in written]
        # Another page may have given the key a rank.
        insert_rows(model, columns, values, ignore=model is PagePosition)
        self._missing[model] |= left_out
        if left_out:
            self.done.left_out[model] += len(left_out)
        self.done.keys[model].update(row[pk.column] for row in written)

    def _unfit(self, model: type[Model], rows: list[Row]) -> set[Any]:
        """Keys of rows that need a row that is gone; a column that may be empty is emptied."""
        pk: Any = model._meta.pk
        unfit: set[Any] = set()
        if model is Redirect:
            unfit |= _taken_paths(rows)
        for foreign in model._meta.local_concrete_fields:
            other: Any = foreign.remote_field and foreign.remote_field.model
            if other is None or not getattr(foreign, "db_constraint", False):
                continue
            named = {row[foreign.column] for row in rows if row.get(foreign.column) is not None}
            gone = self._gone(other._meta.concrete_model, named)
            changed = (
                self._changed_owners(foreign, named - gone)
                if isinstance(foreign, ParentalKey)
                else set()
            )
            for row in rows:
                value = row.get(foreign.column)
                if value in gone and foreign.null:
                    row[foreign.column] = None
                elif value in gone or value in changed:
                    unfit.add(row[pk.column])
        return unfit

    def _gone(self, model: type[Model], named: set[Any]) -> set[Any]:
        """Those of some keys that are neither there nor come back."""
        outside = named - (self._kept.get(model, set()) - self._missing[model])
        return outside - present(model, outside) if outside else set()

    def _changed_owners(self, foreign: Any, named: set[Any]) -> set[Any]:
        """Pages that stayed and were published since: an editor has seen them as they are now."""
        owner: Any = foreign.remote_field.model
        outside = named - self._kept.get(owner._meta.concrete_model, set())
        changed = changed_since(owner, outside, self._deleted.deleted_at)
        self.done.owners[owner].update(outside - changed)
        return changed


def _kept_keys(deleted: DeletedPage) -> dict[type[Model], set[Any]]:
    found: dict[type[Model], set[Any]] = defaultdict(set)
    packs = deleted.rows.filter(kind=Kind.GONE).values_list("model", "keys")
    for label, keys in packs.iterator():
        if (model := model_of(label)) is not None:
            found[model].update(unpack(keys))
    return found


def model_of(label: str) -> type[Model] | None:
    """The model of a label; none for one that this program no longer knows."""
    try:
        model: type[Model] = apps.get_model(label)
    except LookupError:
        return None
    return model


def changed_since(model: Any, keys: set[Any], moment: Any) -> set[Any]:
    """Those of some pages or facts that were published since a moment."""
    if not keys or not any(one.name == _PUBLISHED for one in model._meta.concrete_fields):
        return set()
    found: set[Any] = set()
    for some in batches(sorted(keys), AT_A_TIME):
        rows = model._base_manager.filter(pk__in=some, **{f"{_PUBLISHED}__gt": moment})
        found.update(rows.values_list("pk", flat=True))
    return found


_PUBLISHED: Final = "last_published_at"


def _taken_paths(rows: list[Row]) -> set[Any]:
    """Keys of redirects from paths from which another leads by now."""
    taken = set()
    for some in batches(rows, AT_A_TIME):
        there = set(
            Redirect.objects.filter(old_path__in=[row["old_path"] for row in some]).values_list(
                "old_path", "site"
            )
        )
        taken |= {row["id"] for row in some if (row["old_path"], row["site_id"]) in there}
    return taken


def taken_keys(deleted: DeletedPage) -> dict[int, Any]:
    """Pages to come back whose translation key another page has by now in their language."""
    taken: dict[int, Any] = {}
    for pack in deleted.rows.filter(kind=Kind.GONE, model=Page._meta.label):
        content = unpack(pack.packed)
        rows = [dict(zip(content["columns"], row, strict=True)) for row in content["rows"]]
        there = set(
            Page.objects.filter(
                translation_key__in=[str(row["translation_key"]) for row in rows]
            ).values_list("translation_key", "locale")
        )
        by_text = {(key.hex, locale) for key, locale in there}
        for row in rows:
            key = str(row["translation_key"]).replace("-", "")
            if (key, row["locale_id"]) in by_text:
                taken[row["id"]] = key
    return taken
