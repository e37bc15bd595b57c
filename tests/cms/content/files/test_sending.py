"""A file is sent whole, in part or not at all, for few queries."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.images.fields import get_allowed_image_extensions
from wagtail.models import Collection, CollectionViewRestriction

from cms.content.files.kinds import KINDS, kind_of
from cms.content.models import ContentDocument, ContentImage
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

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
    assert response["Access-Control-Allow-Origin"] == "*"
    for name in ("Content-Encoding", "Content-Language", "Vary"):
        assert name not in response
    known = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (known.status_code, known["ETag"]) == (304, response["ETag"])
    assert "Content-Length" not in known
    since = client.get(address, headers={"If-Modified-Since": response["Last-Modified"]})
    assert since.status_code == 304
    part = client.head(address, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part["Content-Length"]) == (200, "200")
    head = client.head(address)
    assert (head.status_code, head["Content-Length"], body_of(head)) == (200, "200", b"")
    assert dict(head.items()) == dict(response.items())
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
    assert response["Access-Control-Allow-Origin"] == "*"
    if status == 416:
        assert response["Content-Range"] == "bytes */200"
        assert response["Cache-Control"] == "no-store"
    if status == 206:
        assert response["Content-Range"] == f"bytes {start}-{end - 1}/200"
        assert response["Content-Length"] == str(end - start)


def test_a_part_of_a_file_that_is_another_meanwhile_is_the_whole(
    document: Any, client: Client
) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
    response = client.get(document.file.url, headers=headers)
    assert (response.status_code, len(body_of(response))) == (200, 200)


def test_a_part_of_the_same_file_is_a_part(document: Any, client: Client) -> None:
    whole = client.get(document.file.url)
    for same in (whole["ETag"], whole["Last-Modified"]):
        headers = {"Range": "bytes=0-9", "If-Range": same}
        assert client.get(document.file.url, headers=headers).status_code == 206


def test_a_browser_of_another_site_hears_that_it_may_ask(document: Any, client: Client) -> None:
    """Alike for what is closed or not there: the answer tells nothing of it."""
    asked = (document.url, document.file.url, "/media/nothing.png", "/documents/0/a.pdf")
    first = {"Access-Control-Request-Method": "GET"}
    answers = [client.options(address, headers=first) for address in asked]
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    answers.append(client.options(document.file.url))
    for answer in answers:
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "range" in answer["Access-Control-Allow-Headers"].split(", ")
    for address in (document.url, document.file.url):
        closed = client.get(address, headers={"Origin": "https://example.org"})
        assert closed.status_code == 302
        assert "Access-Control-Allow-Origin" not in closed


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.JPG", "image/jpeg"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.tar.gz", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_a_kind_is_the_same_on_every_machine(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_every_file_that_may_be_stored_has_a_kind(settings: Settings) -> None:
    assert set(settings.WAGTAILDOCS_EXTENSIONS) <= KINDS.keys()
    assert set(get_allowed_image_extensions()) <= KINDS.keys()


def test_a_lost_file_is_not_there(document: Any, client: Client) -> None:
    Path(document.file.path).unlink()
    assert client.get(document.url).status_code == 404
    assert client.get(document.file.url).status_code == 404


def test_nothing_is_written_there(document: Any, client: Client) -> None:
    answer = client.post(document.file.url)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


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
