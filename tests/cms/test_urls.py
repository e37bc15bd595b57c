"""Tests of the addresses beside pages and the API."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

# Closing a response lets Django look after its connections.
pytestmark = pytest.mark.django_db


def test_media_are_served_on_ones_own_machine(client: Client) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "picture.txt").write_text("a picture")
    response = client.get("/media/picture.txt")
    assert b"".join(response.streaming_content) == b"a picture"  # type: ignore[attr-defined]
    response.close()


def test_static_files_need_no_collecting(client: Client) -> None:
    response = client.get("/static/wagtailadmin/css/core.css")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/css")
    response.close()
