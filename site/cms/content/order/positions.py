"""Keeps the rank of every key beside the tree in which editors put its page into its place."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.dispatch import Signal
from wagtail.models import Page

from cms.common.batches import batches
from cms.content.models import PagePosition
from cms.content.order.ranks import OF_OTHERS, OF_SOURCE, Bounds, rank_between, ranks
from cms.languages.registry import SOURCE_LANGUAGE_CODE

positions_changed: Final = Signal()
"""Sent when ranks are others than before, with ``keys``; of a key that is new nobody is told."""

_AT_A_TIME: Final = 1_000


class Ranked(NamedTuple):
    """A page by whose place its key has its rank.

    Attributes:
        path: its place in the tree.
        position: the rank that its key has; ``None`` for a new one.
    """

    key: UUID
    path: str
    position: int | None


def position_of() -> Any:
    """For a query of pages: the rank of each; null for one that has none yet."""
    return Subquery(PagePosition.objects.filter(key=OuterRef("translation_key")).values("position"))


def positions_of(pages: Iterable[Page]) -> dict[UUID, int]:
    """The ranks of some pages that have one, by their keys; one query."""
    keys = {page.translation_key for page in pages}
    rows = PagePosition.objects.filter(pk__in=keys)
    return dict(rows.values_list("key", "position"))


def keep_place(page: Page) -> None:
    """Gives the key of a page another rank where it stands elsewhere among its siblings.

    Three queries, however many siblings there are, unless the gap is used up.
    """
    if page.depth < 2:
        return
    is_source = page.locale.language_code == SOURCE_LANGUAGE_CODE
    bounds = OF_SOURCE if is_source else OF_OTHERS
    section = _section(page.path[: -Page.steplen], is_source=is_source)
    own = section.filter(pk=page.pk).first()
    if own is None:
        return  # Another page decides: that of the source, or the first of those without one.
    before = section.filter(path__lt=page.path).order_by("-path").first()
    after = section.filter(path__gt=page.path).order_by("path").first()
    low, high = (_rank(before, bounds), _rank(after, bounds))
    is_between = bounds.have(own.found_position) and (
        (before is None or (low is not None and low < own.found_position))
        and (after is None or (high is not None and own.found_position < high))
    )
    if is_between:
        return
    are_known = (before is None) == (low is None) and (after is None) == (high is None)
    rank = rank_between(low, high, bounds) if are_known else None
    if rank is None:
        _order(list(_rows(section.order_by("path"))), bounds, moved={page.translation_key})
    else:
        _store({page.translation_key: rank}, is_new=own.found_position is None)


def _rank(neighbour: Any, bounds: Bounds) -> int | None:
    position: int | None = getattr(neighbour, "found_position", None)
    return position if bounds.have(position) else None


def _section(above: str, *, is_source: bool) -> Any:
    """The pages below one by whose places their keys have ranks."""
    depth = len(above) // Page.steplen + 1
    return _deciding(Page.objects.filter(path__startswith=above, depth=depth), is_source=is_source)


def _deciding(pages: Any, *, is_source: bool) -> Any:
    """Those of some pages that are of the source, or decide because the source has none."""
    if is_source:
        pages = pages.filter(locale__language_code=SOURCE_LANGUAGE_CODE)
    else:
        same = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
        of_source = same.filter(locale__language_code=SOURCE_LANGUAGE_CODE)
        pages = pages.filter(~Exists(of_source), pk=Subquery(same.values("pk")[:1]))
    return pages.only("translation_key", "path").annotate(found_position=position_of())


def _rows(pages: Any) -> Iterable[Ranked]:
    return map(Ranked._make, pages.values_list("translation_key", "path", "found_position"))


def keep_all_places() -> None:
    """Gives every key a rank that says where its page stands, and forgets those of no page.

    A fixed number of queries; nothing is written where the ranks say so already.
    """
    with transaction.atomic():
        gone = PagePosition.objects.exclude(key__in=Page.objects.values("translation_key"))
        gone.delete()
        for rows, bounds in ranked_sections():
            _order(rows, bounds)


def ranked_sections() -> Iterator[tuple[list[Ranked], Bounds]]:
    """Siblings by whose places their keys have ranks, in their order; two queries for all."""
    pages = Page.objects.filter(depth__gt=1)
    for bounds in (OF_SOURCE, OF_OTHERS):
        deciding = _deciding(pages, is_source=bounds is OF_SOURCE).order_by("path")
        for _above, rows in groupby(_rows(deciding), lambda row: row.path[: -Page.steplen]):
            yield list(rows), bounds


def forget(key: UUID) -> None:
    """Follows that a page of the source is deleted: others of its key rank by their own tree."""
    rest = Page.objects.filter(translation_key=key).order_by("pk").select_related("locale").first()
    if rest is None:
        PagePosition.objects.filter(pk=key).delete()
    else:
        keep_place(rest)


def take_over(positions: dict[UUID, int]) -> None:
    """Takes ranks over from elsewhere; what does not fit the tree here is put right."""
    for some in batches(positions, _AT_A_TIME):
        here = dict(PagePosition.objects.filter(pk__in=some).values_list("pk", "position"))
        _store({key: positions[key] for key in some if key not in here}, is_new=True)
        others = {key: positions[key] for key in here if positions[key] != here[key]}
        _store(others, is_new=False)
    keep_all_places()


def _order(rows: Sequence[Ranked], bounds: Bounds, moved: Collection[UUID] = ()) -> None:
    given = ranks(
        [row.position for row in rows],
        bounds,
        [place for place, row in enumerate(rows) if row.key in moved],
    )
    changed = [(row, rank) for row, rank in zip(rows, given, strict=True) if rank != row.position]
    for is_new in (True, False):
        _store(
            {row.key: rank for row, rank in changed if (row.position is None) is is_new},
            is_new=is_new,
        )


def _store(positions: dict[UUID, int], *, is_new: bool) -> None:
    if not positions:
        return
    PagePosition.objects.bulk_create(
        [PagePosition(key=key, position=position) for key, position in positions.items()],
        batch_size=_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["position"],
    )
    if not is_new:
        positions_changed.send(sender=PagePosition, keys=set(positions))
