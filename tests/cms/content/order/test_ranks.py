"""Ranks ascend as their rows do, and as few change as can."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.content.order.ranks import (
    LAST,
    OF_OTHERS,
    OF_SOURCE,
    STRIDE,
    Bounds,
    first_rank,
    rank_between,
    ranks,
)
from tests.harness.sampling import examples

NARROW = Bounds(0, 40)


@settings(max_examples=examples(200, 5_000))
@given(present=st.lists(st.none() | st.integers(-5, 45), max_size=30), data=st.data())
def test_whatever_was_there_ranks_ascend_within_their_bounds(
    present: list[int | None], data: st.DataObject
) -> None:
    places = st.sets(st.integers(0, len(present) - 1)) if present else st.just(set[int]())
    moved = data.draw(places)
    found = ranks(present, NARROW, moved)
    assert len(found) == len(present)
    assert all(before < after for before, after in pairwise(found))
    assert all(map(NARROW.have, found))


@settings(max_examples=examples(200, 5_000))
@given(steps=st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=60))
def test_a_move_changes_one_rank_alone(steps: list[tuple[int, int]]) -> None:
    """Up to sixty moves of twenty rows, as many as gaps have room for at the least."""
    found = ranks([None] * 20, OF_SOURCE)
    rows = list(range(20))
    of_row = dict(zip(rows, found, strict=True))
    respaced = 0
    for start, to in steps:
        row = rows.pop(start)
        rows.insert(to, row)
        given_now = ranks([of_row[one] for one in rows], OF_SOURCE, [to])
        changed = [one for one, rank in zip(rows, given_now, strict=True) if of_row[one] != rank]
        respaced += len(changed) > 1
        assert row in changed or not changed
        of_row = dict(zip(rows, given_now, strict=True))
        assert sorted(rows, key=of_row.__getitem__) == rows
    assert respaced <= 1


def test_a_gap_that_is_used_up_is_made_anew_with_few_changes() -> None:
    rows = ranks([None] * 1_000, OF_SOURCE)
    changed = []
    for _time in range(200):
        # The last row goes between the first two, again and again.
        moved = [rows[0], rows[-1], *rows[1:-1]]
        given_now = ranks(moved, OF_SOURCE, [1])
        changed.append(sum(one != other for one, other in zip(moved, given_now, strict=True)))
        assert given_now == sorted(set(given_now))
        rows = given_now
    assert max(changed) < 20
    assert sum(number > 1 for number in changed) < 20


def test_a_new_list_has_the_ranks_that_it_would_have_had_one_by_one() -> None:
    one_by_one: list[int] = []
    for _row in range(5):
        rank = rank_between(one_by_one[-1] if one_by_one else None, None, OF_SOURCE)
        assert rank is not None
        one_by_one.append(rank)
    assert ranks([None] * 5, OF_SOURCE) == one_by_one
    assert one_by_one == [first_rank(OF_SOURCE) + number * STRIDE for number in range(5)]


@pytest.mark.parametrize("bounds", [OF_SOURCE, OF_OTHERS])
def test_the_ends_give_way_before_they_are_reached(bounds: Bounds) -> None:
    assert rank_between(bounds.top - 1, None, bounds) is None
    assert rank_between(None, bounds.bottom + 1, bounds) is None
    for present in ([bounds.top - 1, None], [None, bounds.bottom + 1]):
        found = ranks(present, bounds)
        assert found == sorted(set(found))
        assert all(map(bounds.have, found))


def test_what_has_a_source_comes_before_what_has_none() -> None:
    assert OF_SOURCE.top <= OF_OTHERS.bottom
    assert OF_OTHERS.top == 2**53
    assert LAST < 2**53


def test_more_rows_than_ranks_are_refused() -> None:
    with pytest.raises(OverflowError):
        ranks([None] * 40, NARROW)
    assert ranks([None] * 39, NARROW) == list(range(1, 40))
