"""Fixtures of the tests of web addresses."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from cms.web_addresses.checking import asking


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them."""
    with translation.override("en"):
        yield


@pytest.fixture
def _asking(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses are asked, on this machine, and not for long."""
    settings.WEB_ADDRESSES_CHECK = True
    settings.WEB_ADDRESSES_ALLOW_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(asking, "TIME_LIMIT", 0.6)
    monkeypatch.setattr(asking, "BETWEEN", 0)
