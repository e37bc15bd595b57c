"""A file is sent whole, in part or not at all, for few queries."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.models import ContentDocument, ContentImage
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = pytest.mark.django_db

CONTENT = bytes(range(200))


@pytest.fixture
def document() -> Any:
    found: ContentDocument = DocumentFactory(file__filename="plan.pdf", file__data=CONTENT)
    return found


def body_of(response: Any) -> bytes:
    body = b"".join(response) if response.streaming else response.content
    return bytes(body)


@pytest.mark.parametrize("place", ["url", "file"])
def test_whole_and_known(document: Any, client: Client, place: str) -> None:
    address = document.url if place == "url" else document.file.url
    response = client.get(address)
    assert body_of(response) == CONTENT
    assert response["Content-Length"] == "200"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{document.filename}"'
    assert response["Cache-Control"] == "public, max-age=60, s-maxage=0"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Content-Language" not in response
    assert "Vary" not in response
    known = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (known.status_code, known["ETag"]) == (304, response["ETag"])
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], body_of(head)) == (200, "200", b"")
    path = Path(document.file.path)
    path.write_bytes(CONTENT[::-1])
    assert client.get(address)["ETag"] != response["ETag"]


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=190-", 206, 190, 200),
        ("bytes=-5", 206, 195, 200),
        ("bytes=-500", 200, 0, 200),
        ("bytes=150-900", 206, 150, 200),
        ("bytes=200-", 416, 0, 0),
        ("bytes=9-3", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, 200),
        ("bytes=-", 200, 0, 200),
        ("lines=1-2", 200, 0, 200),
    ],
)
def test_a_part(
    document: Any, client: Client, asked: str, status: int, start: int, end: int
) -> None:
    response = client.get(document.file.url, headers={"Range": asked})
    assert response.status_code == status
    assert body_of(response) == CONTENT[start:end]
    if status == 206:
        assert response["Content-Range"] == f"bytes {start}-{end - 1}/200"
        assert response["Content-Length"] == str(end - start)


def test_a_part_of_a_file_that_is_another_meanwhile_is_the_whole(
    document: Any, client: Client
) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    response = client.get(document.file.url, headers=headers)
    assert (response.status_code, len(body_of(response))) == (200, 200)


def test_a_lost_file_is_not_there(document: Any, client: Client) -> None:
    Path(document.file.path).unlink()
    assert client.get(document.url).status_code == 404
    assert client.get(document.file.url).status_code == 404


def test_nothing_is_written_there(document: Any, client: Client) -> None:
    assert client.post(document.file.url).status_code == 405


@pytest.mark.parametrize("closed_collections", [0, 30])
def test_a_public_file_is_one_query_away(
    client: Client, django_assert_num_queries: Any, closed_collections: int
) -> None:
    root = Collection.get_first_root_node()
    for number in range(closed_collections):
        made = root.add_child(name=f"closed {number}")
        CollectionViewRestriction.objects.create(collection=made, restriction_type="login")
        root = Collection.get_first_root_node()
    image: ContentImage = ImageFactory(file__filename="seen.png")
    document = DocumentFactory(file__filename="read.pdf")
    for address in (
        image.get_rendition("width-20").url,
        image.file.url,
        document.file.url,
        document.url,
    ):
        with django_assert_num_queries(1):
            assert client.get(address).status_code == 200


def test_the_web_server_is_told_where_it_is(
    document: Any, client: Client, settings: Settings
) -> None:
    settings.MEDIA_INTERNAL_URL = "/protected-media/"
    odd = DocumentFactory(file__filename="planåäö.pdf")
    for one in (document, odd):
        for address in (one.url, one.file.url):
            response = client.get(address)
            assert response["X-Accel-Redirect"].startswith("/protected-media/documents/plan")
            assert response["X-Accel-Redirect"].isascii()
            assert response.content == b""
