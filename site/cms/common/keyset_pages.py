"""Goes through the rows of a query some at a time, from the last of each piece on."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def keyset_batches(rows: QuerySet[Row], *order: str, size: int) -> Iterator[list[Row]]:
    """All rows in an order, in pieces.

    Both databases keep nothing open meanwhile, memory does not grow, and no piece takes longer for
    those that came before it, as it would where they were counted.

    Args:
        order: fields that together are another for each row, none of them null. Those of related
            rows should be at hand.
        size: rows in a piece, at most.
    """
    ordered = rows.order_by(*order)
    piece = list(ordered[:size])
    while piece:
        yield piece
        piece = list(ordered.filter(_after(piece[-1], order))[:size])


def keyset_rows(
    rows: QuerySet[Any], key: str, *others: str, size: int, after: Any = None
) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in the order of a key, as tuples that begin with it, in pieces.

    Args:
        key: a field that is another for each row, and never null.
        others: further fields that the tuples have.
        size: rows in a piece, at most.
        after: the key after which to begin; at the first without it.
    """
    ordered = rows.order_by(key).values_list(key, *others)
    last = after
    while piece := list(
        (ordered if last is None else ordered.filter(**{f"{key}__gt": last}))[:size]
    ):
        yield piece
        last = piece[-1][0]


def _after(last: Model, order: tuple[str, ...]) -> Q:
    """The condition for rows after one; the first field by itself, which an index can begin at."""
    first, *others = order
    value = attrgetter(first.replace("__", "."))(last)
    if not others:
        return Q((f"{first}__gt", value))
    return Q((f"{first}__gte", value)) & (Q((f"{first}__gt", value)) | _after(last, (*others,)))
