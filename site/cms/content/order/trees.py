"""Has the trees of translations follow the order of the source."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from cms.common.batches import batches
from cms.content.order.paths import exchange_paths
from cms.content.order.positions import position_of
from cms.content.order.ranks import LAST
from cms.languages.registry import SOURCE_LANGUAGE_CODE

_AT_A_TIME: Final = 50


def order_beside(keys: Collection[UUID]) -> None:
    """Orders the pages beside some in every language but the source's, as their ranks have it.

    Two queries, and one more for each depth where something is out of order.
    """
    for some in batches(keys, _AT_A_TIME):
        pages = Page.objects.filter(translation_key__in=some, depth__gt=2)
        _order_below(_parents(pages.exclude(locale__language_code=SOURCE_LANGUAGE_CODE)))


def order_all() -> None:
    """Orders every tree but the source's."""
    # The deepest first: what is put elsewhere takes the paths of all below it along.
    for some in batches(sorted(_all_parents(), key=len, reverse=True), _AT_A_TIME):
        _order_below(some)


def _all_parents() -> set[str]:
    pages = Page.objects.filter(depth__gt=2)
    return _parents(pages.exclude(locale__language_code=SOURCE_LANGUAGE_CODE))


def _parents(pages: Any) -> set[str]:
    paths = pages.order_by().values_list("path", flat=True)
    return {path[: -Page.steplen] for path in paths}


def misplaced_sections() -> Iterator[str]:
    """The path of the first page below each whose children are not as their ranks have it."""
    for some in batches(sorted(_all_parents()), _AT_A_TIME):
        for wanted, here in _children(some):
            if wanted != here:
                yield here[0]


def _order_below(parents: Collection[str]) -> None:
    """Orders the children of some pages, by the paths of these."""
    exchanged: dict[int, dict[str, str]] = defaultdict(dict)
    for wanted, here in _children(parents):
        for had, gets in zip(wanted, here, strict=True):
            if had != gets:
                exchanged[len(had)][had] = gets
    # The deepest first: what lies above them has the path then with which theirs were read.
    for _length, paths in sorted(exchanged.items(), reverse=True):
        exchange_paths(Page, paths)


def _children(parents: Collection[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The paths of the children of each of some pages, in the order of their ranks and as they are.

    One query for all.
    """
    if not parents:
        return
    children = Q(pk__in=[])
    for path in parents:
        depth = len(path) // Page.steplen + 1
        children |= Q(path__startswith=path, depth=depth)
    rows = (
        Page.objects.filter(children)
        .annotate(found_position=position_of())
        .order_by("path")
        .values_list("path", "translation_key", "found_position")
    )
    for _parent, siblings in groupby(rows, lambda row: row[0][: -Page.steplen]):
        found = list(siblings)
        wanted = sorted(found, key=lambda row: (LAST if row[2] is None else row[2], row[1]))
        yield [path for path, *_rest in wanted], [path for path, *_rest in found]
