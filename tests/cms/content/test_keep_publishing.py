"""``manage.py keep_publishing`` looks again and again, and ends when it is told to."""

import os
import signal
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from cms.content.management.commands import keep_publishing


@pytest.fixture(autouse=True)
def _own_signals() -> Any:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_it_goes_on_after_a_busy_database_and_stops_when_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = []
    upkeep: list[str] = []

    def publish(name: str, **options: Any) -> None:
        assert name == "publish_scheduled"
        turns.append(name)
        if len(turns) == 1:
            raise OperationalError("database is locked")
        if len(turns) == 3:
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(keep_publishing, "call_command", publish)
    monkeypatch.setattr(keep_publishing, "unfollowed", list)
    monkeypatch.setattr(keep_publishing, "run_periodic_tasks", lambda: upkeep.append("done"))
    monkeypatch.setattr(keep_publishing, "close_old_connections", lambda: None)
    errors = StringIO()
    watchdog = threading.Timer(20, os.kill, [os.getpid(), signal.SIGTERM])
    watchdog.start()
    call_command("keep_publishing", every=0.01, stderr=errors)
    watchdog.cancel()
    assert len(turns) == 3
    # Not in the turn whose database was busy.
    assert upkeep == ["done", "done"]
    assert "database is locked" in errors.getvalue()
