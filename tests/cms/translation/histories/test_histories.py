"""Random histories of editors, translators, files and programs over nine languages.

After each step the touched pages are compared with an independent judgement, at the end all of
them. The same histories in every run of the tests, some of them on each database; others each time,
as many as take an hour, by

    HYPOTHESIS_EXAMPLES=16000 pytest -n 2 tests/cms/translation/histories/test_histories.py

and one again by ``HISTORY=<number>``. One that fails is told as short as it still fails.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.cms.translation.histories.checks import complaints, everything
from tests.cms.translation.histories.steps import Step, all_steps, taken
from tests.cms.translation.histories.translators import begin
from tests.cms.translation.histories.world import REFUSALS, World, build_world
from tests.harness.sampling import IS_HUNTING, examples

STEPS = 12 if IS_HUNTING or "HISTORY" in os.environ else 7
"""Steps of a history; a short one is the beginning of the long one of its number."""

PARTS = 10
"""Tests among which the histories are shared out, so that several processes take part."""

HISTORIES = examples(50, 10_000)
"""Both databases together; each has others."""

Move = tuple[Step, int, int, int]


@pytest.fixture(scope="module")
def begun_world(module_database: None, tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(tmp_path_factory.mktemp("files"))


@contextmanager
def undone(world: World) -> Iterator[World]:
    """The world as it was begun; what is done to it is undone."""
    cache.clear()
    with transaction.atomic():
        yield World(
            world.home,
            list(world.keys),
            world.fact,
            world.user,
            world.client,
            world.folder,
            world.other,
        )
        transaction.set_rollback(True)


def history(number: int) -> list[Move]:
    """The steps of a history, the same for a number."""
    chance = random.Random(number)
    steps = list(all_steps())

    def which() -> int:
        return chance.randrange(5_040)

    moves = [(chance.choice(steps), which(), which(), which()) for _step in range(STEPS)]
    if number % 3:
        # Most of what may happen needs a translation that was begun.
        moves[0] = (begin, *moves[0][1:])
    return moves


def first_complaint(world: World, moves: list[Move]) -> str:
    """The first thing that is not as it should be in a history; empty for none."""
    with undone(world) as here:
        here.note()
        for step, *numbers in moves:
            before = deepcopy(here.log), list(here.keys)
            try:
                with transaction.atomic():
                    touched = step(here, *numbers)
            except REFUSALS:
                here.log, here.keys = before
                continue
            except Exception as error:  # noqa: BLE001 - told as a complaint, with its history
                return f"{type(error).__name__}: {error} in {taken(step)}"
            here.note()
            for complaint in complaints(here, touched):
                return f"{complaint} after {taken(step)}"
        for complaint in everything(here):
            return f"{complaint} at the end"
    return ""


def shortest(world: World, moves: list[Move]) -> list[Move]:
    """The steps without which a history that fails would not."""
    for position in reversed(range(len(moves))):
        without = moves[:position] + moves[position + 1 :]
        if first_complaint(world, without):
            moves = without
    return moves


def told(world: World, number: int, moves: list[Move]) -> str:
    """A failing history as somebody reads it."""
    few = shortest(world, moves)
    steps = [f"{taken(step)}{tuple(numbers)}" for step, *numbers in few]
    return "\n".join([f"History {number}: {first_complaint(world, few)}", *steps])


def numbers(part: int) -> list[int]:
    """The numbers of the histories of a part; those of one database are not those of another."""
    if asked := os.environ.get("HISTORY"):
        return [int(asked)] if part == 0 else []
    first = random.SystemRandom().randrange(10**9) if IS_HUNTING else 0
    place = part + (PARTS if connection.vendor == "postgresql" else 0)
    # SQLite takes half as long for one.
    share = HISTORIES * (3 if connection.vendor == "postgresql" else 7) // 10
    return [first + place * 100_000 + each for each in range(share // PARTS)]


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_every_text_carries_its_language_whatever_happened(begun_world: World, part: int) -> None:
    failed = [
        told(begun_world, number, moves)
        for number in numbers(part)
        if first_complaint(begun_world, moves := history(number))
    ]
    assert not failed, "\n\n".join(failed)
