"""Tests of the addresses beside pages and the API."""

import pytest
from django.test import Client

from tests.factories.media import DocumentFactory

# Closing a response lets Django look after its connections.
pytestmark = pytest.mark.django_db


def test_media_are_served_on_ones_own_machine(client: Client) -> None:
    document = DocumentFactory(file__data=b"a plan")
    response = client.get(document.file.url)
    assert b"".join(response.streaming_content) == b"a plan"  # type: ignore[attr-defined]


def test_static_files_need_no_collecting(client: Client) -> None:
    response = client.get("/static/wagtailadmin/css/core.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    response.close()
