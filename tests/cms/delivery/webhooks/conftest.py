"""Fixtures of the tests of webhooks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import translation
from pytest_django.fixtures import Settings

from cms.delivery.publishing.change import Change, documents_changed
from cms.delivery.webhooks import attempts, sending

Tell = Callable[[list[Change]], None]


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them."""
    with translation.override("en"):
        yield


@pytest.fixture
def _private_addresses(settings: Settings) -> None:
    """The receivers of the tests are on this machine."""
    settings.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES = True


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver has less than a second, and is tried again exactly when it is due."""
    monkeypatch.setattr(sending, "TIME_LIMIT", 0.6)
    monkeypatch.setattr(attempts, "JITTER", 0)


@pytest.fixture
def tell(django_capture_on_commit_callbacks: Any) -> Tell:
    """Documents have changed, and the transaction is over."""

    def send(changes: list[Change]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            documents_changed.send(sender=None, changes=changes)

    return send
