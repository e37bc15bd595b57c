"""Fixtures of the tests of files for translators."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them, not as a catalogue translates them."""
    with translation.override("en"):
        yield
