"""Fixtures of the tests of the reader."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cms.content.reader import interface_strings
from tests.cms.content.reader.markup import Element, read

Reader = Callable[[str], Element]


@pytest.fixture(autouse=True)
def three_languages_have_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives three languages words, whatever has been compiled on this machine."""
    monkeypatch.setattr(interface_strings, "has_all_words", lambda code: code in {"sv", "en", "fi"})


@pytest.fixture
def reader(visitor: Client) -> Reader:
    """Opens an address and returns the page, which must be there and well formed."""

    def open_page(address: str) -> Element:
        response = visitor.get(address)
        assert response.status_code == 200, (address, response.content)
        return read(response.content.decode())

    return open_page


@pytest.fixture
def editor(db: None) -> Client:
    """A signed-in user who may do everything."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser(username="redaktor"))
    return client
