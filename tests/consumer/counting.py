"""Passes requests on to a site, and counts them."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Counted:
    """An address that leads to a site.

    Attributes:
        paths: what was asked for, in order, without queries.
    """

    url: str
    paths: list[str] = field(default_factory=list)

    def taken(self) -> list[str]:
        """Return what was asked for since the last time, sorted."""
        paths, self.paths[:] = sorted(self.paths), []
        return paths


@contextmanager
def counting(site: str) -> Iterator[Counted]:
    """An address that leads to a site and counts what it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            counted.paths.append(self.path.partition("?")[0])
            # A browser asks from another origin, and the site must see that.
            origin = {"Origin": self.headers["Origin"]} if "Origin" in self.headers else {}
            request = urllib.request.Request(f"{site}{self.path}", headers=origin)
            try:
                answer = urllib.request.urlopen(request, timeout=60)
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                body = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in answer.headers.items():
                    if name.lower().startswith(("content-type", "access-control-")):
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        counted = Counted(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield counted
        finally:
            server.shutdown()
            thread.join()
