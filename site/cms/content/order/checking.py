"""Finds where ranks do not say what the trees say."""

from collections.abc import Iterator
from itertools import pairwise

from wagtail.models import Page

from cms.content.order.positions import ranked_sections
from cms.content.order.trees import misplaced_sections


def order_faults() -> Iterator[str]:
    """A sentence on each section whose order is not the same everywhere."""
    for rows, bounds in ranked_sections():
        found = [row.position for row in rows]
        are_ascending = all(
            before is not None and after is not None and before < after
            for before, after in pairwise(found)
        )
        if not (are_ascending and all(map(bounds.have, found))):
            yield f"{_named(rows[0].path)}: the ranks below it are not in the order of the tree."
    for path in misplaced_sections():
        yield f"{_named(path)}: what is below it does not stand in the order of the source."


def _named(path: str) -> str:
    """The page above the one with a path, for whoever reads of it."""
    page = Page.objects.get(path=path[: -Page.steplen])
    return f"Page {page.pk} ({page.title!r})"
