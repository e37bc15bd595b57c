"""Tests of the pieces of long lists, and of what comes one by one."""

import pytest

from cms.common.batches import batches


@pytest.mark.parametrize(
    ("number", "sizes"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (6, [3, 3])]
)
def test_each_item_comes_once_and_in_order(number: int, sizes: list[int]) -> None:
    for items in (range(number), list(range(number)), iter(range(number))):
        pieces = list(batches(items, 3))
        assert [item for piece in pieces for item in piece] == list(range(number))
        assert [len(piece) for piece in pieces] == sizes


def test_no_more_is_taken_than_is_wanted() -> None:
    remaining = iter(range(9))
    assert next(batches(remaining, 3)) == [0, 1, 2]
    assert next(remaining) == 3
