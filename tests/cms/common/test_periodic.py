"""Tests of the tasks of every turn beside publishing."""

import logging
from collections.abc import Callable

import pytest
from django.db import DatabaseError

from cms.common import periodic


@pytest.fixture(autouse=True)
def _own_chores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(periodic, "_chores", {})


def failing(error: Exception) -> Callable[[], None]:
    def chore() -> None:
        raise error

    return chore


def test_one_that_fails_keeps_no_other_from_it(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    periodic.register_periodic_task("Breaking", failing(ValueError("broken")))
    periodic.register_periodic_task("Sweeping", lambda: done.append("swept"))
    with caplog.at_level(logging.ERROR):
        periodic.run_periodic_tasks()
    assert done == ["swept"]
    assert "Breaking failed" in caplog.text


def test_a_busy_database_waits_for_the_next_turn() -> None:
    periodic.register_periodic_task("Asking", failing(DatabaseError("busy")))
    with pytest.raises(DatabaseError):
        periodic.run_periodic_tasks()
