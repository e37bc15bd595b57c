"""Tells what a deletion changes in rows that stay: before it they are read, and after it again.

Translations are taken down with their source, stop following it, and are no longer asked for;
pages that stay are closed by restrictions of their own. Others do that (see
``translation/lifecycle``), and may do it differently tomorrow; so nothing is assumed of it here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, PageViewRestriction, Revision
from wagtail_localize.models import Translation

from cms.common.batches import batches
from cms.content.models import PagePosition
from cms.translation.models import TakenDown, TranslationRequest
from cms.wastebasket.related import Related
from cms.wastebasket.stored_rows import AT_A_TIME, Values, columns_of, read_rows

Change = tuple[Any, dict[str, tuple[Any, Any]]]
"""The key of a row, and of each column that has changed what it held before and holds now."""


@dataclass(slots=True)
class Changes:
    """The changes of rows that stay.

    Attributes:
        changed: by model.
        added: keys of rows that were not there before, by model.
        gone: rows that are not there any more, with their keys, by model.
    """

    changed: dict[type[Model], list[Change]] = field(default_factory=dict)
    added: dict[type[Model], list[Any]] = field(default_factory=dict)
    gone: dict[type[Model], list[tuple[Any, Values]]] = field(default_factory=dict)


class Watch:
    """The rows that stay and may change, as they are before a deletion.

    Attributes:
        others: keys of the pages that stay and are translations or aliases of deleted ones.
    """

    def __init__(self, related: Related, keys: Collection[Any]) -> None:
        self._keys = list(keys)
        self.others = _others(list(related.deleted[Page]), self._keys)
        self._rows = {model: self._read(model) for model in _WATCHED}
        for (model, _column), emptied in related.emptied.items():
            gone = related.deleted.get(model, {})
            rows = self._rows.setdefault(model, {})
            rows.update(read_rows(model, (key for key in sorted(emptied) if key not in gone)))

    def changes(self) -> Changes:
        """Compares with what is there now."""
        found = Changes()
        for model, before in self._rows.items():
            now = dict(read_rows(model, before))
            columns = columns_of(model)
            if changed := list(_differences(before, now, columns)):
                found.changed[model] = changed
            if model not in _WATCHED:
                continue
            if added := self._read(model).keys() - before.keys():
                found.added[model] = sorted(added)
            if gone := [(key, row) for key, row in before.items() if key not in now]:
                found.gone[model] = gone
        return found

    def _read(self, model: type[Model]) -> dict[Any, Values]:
        return dict(read_rows(model, sorted(self._found(model))))

    def _found(self, model: type[Model]) -> set[Any]:
        condition, is_of_keys = _WATCHED[model]
        found: set[Any] = set()
        for some in batches(self._keys if is_of_keys else self.others, AT_A_TIME):
            rows: QuerySet[Any] = model._base_manager.filter(condition(some))
            found.update(rows.order_by().values_list("pk", flat=True))
        return found


def _of_revisions(pages: list[Any]) -> Q:
    return Q(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page) for page in pages],
        approved_go_live_at__isnull=False,
    )


_WATCHED: Final[dict[type[Model], tuple[Any, bool]]] = {
    Page: (lambda pages: Q(pk__in=pages), False),
    Revision: (_of_revisions, False),
    PageViewRestriction: (lambda pages: Q(page__in=pages), False),
    TakenDown: (lambda pages: Q(page__in=pages), False),
    Translation: (lambda keys: Q(source__object__in=keys), True),
    TranslationRequest: (lambda keys: Q(source__object__in=keys, outcome=""), True),
    PagePosition: (lambda keys: Q(pk__in=keys), True),
}
"""For each model the condition on its rows, and whether it is one on translation keys or pages."""


def _others(pages: list[int], keys: list[Any]) -> list[int]:
    gone = set(pages)
    found: dict[int, None] = {}
    wanted: list[Q] = [Q(translation_key__in=some) for some in batches(keys, AT_A_TIME)]
    aliased = pages
    while wanted or aliased:
        wanted += [Q(alias_of__in=some) for some in batches(aliased, AT_A_TIME)]
        aliased = []
        for condition in wanted:
            for pk in Page.objects.filter(condition).order_by("pk").values_list("pk", flat=True):
                if pk not in gone and pk not in found:
                    found[pk] = None
                    aliased.append(pk)
        wanted = []
    return list(found)


def _differences(
    before: dict[Any, Values], now: dict[Any, Values], columns: list[str]
) -> Iterator[Change]:
    for key, had in before.items():
        has = now.get(key)
        if has is None:
            continue
        changed = {
            column: (was, is_now)
            for column, was, is_now in zip(columns, had, has, strict=True)
            if was != is_now and column not in _PLACE
        }
        if changed:
            yield key, changed


_PLACE: Final = frozenset({"path", "depth", "numchild", "url_path"})
"""Columns of a page's place, which follows that of its source."""
