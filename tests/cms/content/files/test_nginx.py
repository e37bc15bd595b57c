"""nginx as docs/files.md has it sends what the site lets go, and nothing else."""

import http.server
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.test import Client
from pytest_django.fixtures import Settings
from wagtail.models import Collection, CollectionViewRestriction

from tests.cms.export.mirror.serving import NGINX, WHY_SKIPPED, Served, Server, free_port, wait_for
from tests.factories.media import DocumentFactory, ImageFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(NGINX is None, reason=WHY_SKIPPED),
]

DOCUMENTATION = Path(__file__).resolve().parents[4] / "docs" / "files.md"
CONTENT = bytes(range(200))


class _Site(http.server.BaseHTTPRequestHandler):
    """The site, in the thread and the transaction of the test."""

    def do_GET(self) -> None:
        names = ("Range", "If-None-Match", "Cookie")
        given = {name: self.headers[name] for name in names if name in self.headers}
        response: Any = Client().get(self.path, headers=given)
        body = b"".join(response) if response.streaming else response.content
        self.send_response(response.status_code)
        for name, value in response.headers.items():
            if name != "Content-Length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        pass


class InFront:
    """nginx with the site behind it."""

    def __init__(self, server: Server, site: http.server.HTTPServer) -> None:
        self.server, self.site = server, site

    def ask(self, path: str, *, reaches_site: bool = True, **headers: str) -> Served:
        """The answer to a visitor; the site answers here, meanwhile."""
        found: list[Served] = []
        asking = threading.Thread(
            target=lambda: found.append(self.server.ask(path, **headers)), daemon=True
        )
        asking.start()
        if reaches_site:
            self.site.handle_request()
        asking.join(timeout=10)
        return found[0]


@pytest.fixture
def in_front(tmp_path: Path, settings: Settings) -> Iterator[InFront]:
    settings.MEDIA_INTERNAL_URL = "/protected-media/"
    with http.server.HTTPServer(("127.0.0.1", 0), _Site) as site:
        site.timeout = 10
        with _nginx(tmp_path, site.server_port) as server:
            yield InFront(server, site)


@contextmanager
def _nginx(folder: Path, behind: int) -> Iterator[Server]:
    text = re.search(r"```nginx\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert text
    assert NGINX
    port = free_port()
    server = (
        text[1]
        .replace("/srv/cms/media/", f"{site_settings.MEDIA_ROOT}/")
        .replace("listen 80;", f"listen {port};")
        .replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    )
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors warn;\n"
        + ("user root;\n" if folder.owner() == "root" else "")
        + f"events {{ }} http {{ access_log off;\n{temporary}{server}}}",
        encoding="utf-8",
    )
    running = subprocess.Popen(
        [NGINX, "-e", str(folder / "errors"), "-c", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, running, folder / "errors")
        yield Server(port)
    finally:
        running.terminate()
        running.wait(timeout=20)


def test_it_sends_what_is_let_go_and_nothing_else(in_front: InFront) -> None:
    document = DocumentFactory(file__filename="plan åäö.pdf", file__data=CONTENT)
    image = ImageFactory(file__filename="sent.png")
    for address in (document.url, document.file.url):
        sent = in_front.ask(address)
        assert (sent.status, sent.body) == (200, CONTENT)
        assert sent.headers["content-type"] == "application/pdf"
        assert sent.headers["content-disposition"].startswith("inline;")
        assert sent.headers["cache-control"] == "public, max-age=60, s-maxage=0"
        assert sent.headers["content-security-policy"] == "default-src 'none'"
        assert sent.headers["x-content-type-options"] == "nosniff"
        assert "x-accel-redirect" not in sent.headers
        assert sent.headers["access-control-allow-origin"] == "*"
        assert "Content-Range" in sent.headers["access-control-expose-headers"]
        assert sent.headers["last-modified"]
        for name in ("content-language", "vary", "content-encoding"):
            assert name not in sent.headers
        part = in_front.ask(address, Range="bytes=10-19")
        assert (part.status, part.body) == (206, CONTENT[10:20])
        known = in_front.ask(address, If_None_Match=sent.headers["etag"])
        assert (known.status, known.body) == (304, b"")
    rendition = image.get_rendition("width-20")
    sent = in_front.ask(rendition.url)
    assert (sent.status, sent.body) == (200, Path(rendition.file.path).read_bytes())
    assert sent.headers["content-type"] == "image/png"
    root = Collection.get_first_root_node()
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    for address in (document.url, document.file.url, rendition.url, image.file.url):
        refused = in_front.ask(address)
        assert refused.status == 302
        assert "access-control-allow-origin" not in refused.headers
        assert CONTENT not in refused.body
    for name in (document.file.name, rendition.file.name, "../cms.sqlite3"):
        address = quote(f"/protected-media/{name}")
        # Where it is normalised to is the site's.
        is_inside = ".." not in name
        assert in_front.ask(address, reaches_site=not is_inside).status in {302, 404}
