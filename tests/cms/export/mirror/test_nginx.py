"""nginx answers from a mirror what the site answers, at every address in it."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client

from cms.delivery.models import Entry, PublishedDocument
from cms.export.mirror.updating import update
from tests.cms.export.mirror.comparing import site_answers, without_time
from tests.cms.export.mirror.looking import addresses
from tests.cms.export.mirror.serving import BROTLI, NGINX, WHY_SKIPPED, Served, Server, nginx
from tests.factories.site import ExampleSite

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.django_db,
    pytest.mark.skipif(NGINX is None, reason=WHY_SKIPPED),
]

SAME = (
    "content-type",
    "content-language",
    "cache-control",
    "vary",
    "access-control-allow-origin",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "x-frame-options",
    "content-encoding",
    "etag",
)


@pytest.fixture(scope="module")
def mirror(module_site: ExampleSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cache.clear()
    root = tmp_path_factory.mktemp("served") / "mirror"
    update(root)
    return root


@pytest.fixture(scope="module")
def server(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with nginx(mirror, tmp_path_factory.mktemp("nginx"), brotli=BROTLI.exists()) as server:
        yield server


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_every_address_answers_as_the_site_does(
    mirror: Path, server: Server, visitor: Client, encoding: str
) -> None:
    if encoding == "br" and not BROTLI.exists():
        pytest.skip("nginx has no module for Brotli; .ci/run installs it")
    asked = [address for address in addresses(mirror) if address.startswith("/api/")]
    assert len(asked) > 100
    for address in asked:
        ours = server.ask(address, Accept_Encoding=encoding)
        theirs = site_answers(visitor, address, **{"accept-encoding": encoding})
        assert ours.status == theirs.status == 200, address
        assert without_time(address, ours) == without_time(address, theirs)
        for name in SAME:
            assert ours.headers.get(name) == theirs.headers.get(name), (address, name)
        assert "last-modified" not in ours.headers


def test_every_entry_and_page_of_the_site_is_there(mirror: Path, module_site: ExampleSite) -> None:
    there = set(addresses(mirror))
    for entry in Entry.objects.all():
        assert f"/api/v3/entries/{entry.locale}/{entry.key}/" in there
    for page in PublishedDocument.objects.filter(listed=True).exclude(page_id=None):
        assert f"/api/v3/pages/{page.page_id}/" in there
    assert {"/api/v3/languages/", "/api/v3/openapi.json", "/api/v3/export/all.ndjson"} <= there


def test_the_languages_differ(mirror: Path, server: Server) -> None:
    """Else the comparison would show nothing."""
    languages = {
        server.ask(address).headers.get("content-language") for address in addresses(mirror)
    }
    assert {"sv", "en", "fi", "mul", None} <= languages


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_a_validator_gets_a_304(
    mirror: Path, server: Server, visitor: Client, encoding: str
) -> None:
    for address in addresses(mirror):
        if not address.startswith("/api/"):
            continue
        served = server.ask(address, Accept_Encoding=encoding)
        etag = served.headers["etag"]
        of_the_site = site_answers(visitor, address).headers["etag"]
        assert (
            etag == site_answers(visitor, address, **{"accept-encoding": encoding}).headers["etag"]
        )
        for known in (etag, f"W/{etag}".replace("W/W/", "W/"), f'"x", {etag}', of_the_site):
            again = server.ask(address, Accept_Encoding=encoding, If_None_Match=known)
            assert (again.status, again.body) == (304, b""), (address, known)
            assert again.headers["etag"] == (of_the_site if known == of_the_site else etag)
            for name in ("cache-control", "content-language", "vary"):
                assert again.headers.get(name) == served.headers.get(name)
        whatever = server.ask(address, Accept_Encoding=encoding, If_None_Match="*")
        assert (whatever.status, whatever.headers["etag"]) == (304, of_the_site)
        for other in ('"x"', etag[:-2] + '"', etag.replace('"', '"0', 1), f'{etag[:-1]}-zip"'):
            assert server.ask(address, If_None_Match=other).status == 200, other


def test_validators_are_the_digests(mirror: Path, server: Server) -> None:
    for document in PublishedDocument.objects.filter(listed=True).exclude(page_id=None):
        etag = server.ask(f"/api/v3/pages/{document.page_id}/").headers["etag"]
        assert etag == f'"{document.digest}"'


def test_head_and_no_ranges(mirror: Path, server: Server) -> None:
    for address in addresses(mirror):
        whole = server.ask(address)
        head = server.ask(address, "HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.body))
        if address.startswith("/api/"):
            assert server.ask(address, Range="bytes=0-9").status == 200


def test_what_is_not_there(server: Server, module_site: ExampleSite) -> None:
    key = "00000000-0000-4000-8000-000000000000"
    for address in (
        "/api/v3/pages/999999/",
        "/api/v3/pages/0/",
        f"/api/v3/entries/se/{key}/",
        f"/api/v3/entries/xx/{key}/",
        "/api/v3/export/xx.ndjson",
        "/api/v3/pages/",
        "/media/",
        "/media/nothing.png",
        "/documents/9999/a.pdf",
        "/",
    ):
        answer = server.ask(address)
        assert answer.status == 404, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert json.loads(answer.body)["status"] == 404
        if address.startswith("/api/"):
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "etag" not in answer.headers


def test_a_query_is_not_answered_from_a_file(mirror: Path, server: Server) -> None:
    for address in addresses(mirror):
        if address.startswith("/api/"):
            answer = server.ask(f"{address}?fallback=false")
            assert answer.status == 404, address
            assert "static mirror" in json.loads(answer.body)["detail"]


def test_what_is_within_is_not_served(mirror: Path, server: Server) -> None:
    for path in (mirror / ".mirror").rglob("*"):
        if path.is_file():
            address = f"/{path.relative_to(mirror)}"
            assert server.ask(address).status == 404, address
    assert server.ask("/api/v3/pages/../../.mirror/state.json").status == 404


def test_images_and_files(mirror: Path, server: Server, visitor: Client) -> None:
    asked = [each for each in addresses(mirror) if not each.startswith("/api/")]
    assert any(each.startswith("/media/") for each in asked)
    assert any(each.startswith("/documents/") for each in asked)
    for address in asked:
        ours = server.ask(address)
        assert ours.status == 200, address
        theirs = site_answers(visitor, address)
        for name in ("content-type", *OF_FILES):
            assert ours.headers.get(name) == theirs.headers.get(name), (address, name)
        for name in ("content-language", "vary", "content-encoding"):
            assert name not in {*ours.headers, *theirs.headers}, (address, name)
        _assert_in_parts(server, address, ours)
        if address.startswith("/media/"):
            name = address.removeprefix("/media/")
            with default_storage.open(name) as file:
                assert ours.body == file.read()
        if address.startswith("/documents/"):
            assert ours.body == theirs.body
            assert ours.headers["content-disposition"] in theirs.headers["content-disposition"]


OF_FILES = (
    "access-control-allow-origin",
    "access-control-expose-headers",
    "content-security-policy",
    "x-content-type-options",
)


def _assert_in_parts(server: Server, address: str, whole: Served) -> None:
    part = server.ask(address, Range="bytes=2-5")
    assert (part.status, part.body) == (206, whole.body[2:6])
    assert part.headers["content-range"] == f"bytes 2-5/{len(whole.body)}"
    assert part.headers["access-control-allow-origin"] == "*"
    assert server.ask(address, Range=f"bytes={len(whole.body)}-").status == 416
    etag, changed = whole.headers["etag"], whole.headers["last-modified"]
    for same in (etag, changed):
        assert server.ask(address, Range="bytes=2-5", If_Range=same).status == 206
    assert server.ask(address, Range="bytes=2-5", If_Range='"other"').body == whole.body
    for known in ({"If_None_Match": etag}, {"If_Modified_Since": changed}):
        again = server.ask(address, **known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag


class _Site(http.server.BaseHTTPRequestHandler):
    """Says what it was asked."""

    def do_GET(self) -> None:
        said = f"{self.command} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        pass


def test_the_site_behind_gets_all_else(mirror: Path, tmp_path: Path) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Site) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        try:
            with nginx(mirror, tmp_path, behind=site.server_port) as server:
                for address in (
                    "/api/v3/entries/sv/?search=norr",
                    "/api/v3/changes/",
                    "/api/v3/languages/?x=1",
                    "/admin/",
                ):
                    assert server.ask(address).body.decode() == f"GET {address}"
                page = next(each for each in addresses(mirror) if "/pages/" in each)
                assert json.loads(server.ask(page).body)["id"]
                # What is not in the mirror may be an alias, or have come since: the site knows.
                assert server.ask("/api/v3/pages/999999/").body == b"GET /api/v3/pages/999999/"
        finally:
            site.shutdown()
            thread.join()
