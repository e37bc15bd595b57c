"""Ranks: whole numbers with gaps between, of which a move changes as few as possible."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

STRIDE: Final = 2**32
"""Distance between neighbours that were put one after the other: room for 32 halvings."""

_ROOM: Final = 2**16
"""Distance that neighbours have at least once they were spaced anew, where there is as much."""


class Bounds(NamedTuple):
    """The numbers between which ranks lie."""

    bottom: int
    top: int

    def have(self, rank: int | None) -> bool:
        """Tells whether a rank lies between them."""
        return rank is not None and self.bottom < rank < self.top


OF_SOURCE: Final = Bounds(0, 2**52)
"""Of pages that the source has."""

OF_OTHERS: Final = Bounds(2**52, 2**53)
"""Of pages that no page of the source stands behind; they come after those that have one."""

LAST: Final = 2**53 - 1
"""Of a page that is not in the tree yet."""


def first_rank(bounds: Bounds) -> int:
    """The rank of the first row of a new list, the next of which each is a stride farther."""
    return (bounds.bottom + bounds.top) // 2


def rank_between(before: int | None, after: int | None, bounds: Bounds) -> int | None:
    """A rank between two neighbours, of which one or both may be missing; ``None`` without room."""
    if before is None and after is None:
        return first_rank(bounds)
    if before is None:
        before = max(bounds.bottom, (after or 0) - 2 * STRIDE)
    elif after is None:
        after = min(bounds.top, before + 2 * STRIDE)
    rank = (before + (after or 0)) // 2
    return rank if before < rank < (after or 0) else None


def ranks(present: Sequence[int | None], bounds: Bounds, moved: Collection[int] = ()) -> list[int]:
    """Ranks in ascending order for rows in theirs; those stay that can.

    Args:
        present: the rank that each row has, if it has one.
        moved: places of rows that were moved, which take another rank rather than their siblings.
    """
    found: list[int | None] = [
        rank if bounds.have(rank) and place not in moved else None
        for place, rank in enumerate(present)
    ]
    kept = _ascending(found)
    found = [rank if place in kept else None for place, rank in enumerate(found)]
    place = 0
    while place < len(found):
        if found[place] is not None:
            place += 1
            continue
        end = next((at for at in range(place, len(found)) if found[at] is not None), len(found))
        place = _fill(found, place, end, bounds)
    return [rank for rank in found if rank is not None]


def _ascending(found: Sequence[int | None]) -> set[int]:
    """Places of as many rows as possible whose ranks ascend already."""
    ends: list[int] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for place, rank in enumerate(found):
        if rank is None:
            continue
        length = bisect_left(ends, rank)
        before[place] = places[length - 1] if length else None
        ends[length : length + 1] = [rank]
        places[length : length + 1] = [place]
    kept: set[int] = set()
    last = places[-1] if places else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _fill(found: list[int | None], start: int, end: int, bounds: Bounds) -> int:
    """Gives ranks to the rows from ``start`` to before ``end``; returns where the rest begins.

    Where there is too little room, the rows around them are spaced anew, as few as it takes.
    """
    first, last = start, end
    while True:
        number = last - first
        low, high = _around(found, first, last, bounds)
        needed = 1 if (first, last) == (start, end) else _ROOM
        if first == 0 and last == len(found):
            needed = 1
        if (high - low) // (number + 1) >= needed:
            for at in range(number):
                found[first + at] = low + (high - low) * (at + 1) // (number + 1)
            return last
        if first == 0 and last == len(found):
            raise OverflowError(f"{number} pages side by side are more than there are ranks for.")
        wider = max(1, number // 2)
        first, last = max(0, first - wider), min(len(found), last + wider)
        while last < len(found) and found[last] is None:
            last += 1


def _around(found: Sequence[int | None], first: int, last: int, bounds: Bounds) -> tuple[int, int]:
    """The ranks between which some rows lie; at an end no farther away than it has to be."""
    width = (last - first + 1) * STRIDE
    low = found[first - 1] if first else None
    high = found[last] if last < len(found) else None
    if low is None and high is None:
        low = first_rank(bounds) - STRIDE
        return (low, low + width) if low + width <= bounds.top else bounds
    if low is None:
        return max(bounds.bottom, (high or 0) - width), high or 0
    if high is None:
        return low, min(bounds.top, low + width)
    return low, high
