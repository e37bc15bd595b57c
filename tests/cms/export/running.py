"""Fixtures of the tests of what leaves as files for people."""

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them, not as a catalogue translates them."""
    with translation.override("en"):
        yield


@pytest.fixture
def run() -> Run:
    """Runs a command and gives what it prints."""

    def command(*arguments: Any) -> str:
        output = StringIO()
        call_command(*map(str, arguments), stdout=output, stderr=output)
        return output.getvalue()

    return command
