"""What is done at every turn beside publishing."""

import logging
from collections.abc import Callable

import pytest
from django.db import DatabaseError

from norrbotten.content import upkeep


@pytest.fixture(autouse=True)
def _own_chores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "_chores", {})


def failing(error: Exception) -> Callable[[], None]:
    def chore() -> None:
        raise error

    return chore


def test_one_that_fails_keeps_no_other_from_it(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    upkeep.register_upkeep("Breaking", failing(ValueError("broken")))
    upkeep.register_upkeep("Sweeping", lambda: done.append("swept"))
    with caplog.at_level(logging.ERROR):
        upkeep.do_upkeep()
    assert done == ["swept"]
    assert "Breaking failed" in caplog.text


def test_a_busy_database_waits_for_the_next_turn() -> None:
    upkeep.register_upkeep("Asking", failing(DatabaseError("busy")))
    with pytest.raises(DatabaseError):
        upkeep.do_upkeep()
