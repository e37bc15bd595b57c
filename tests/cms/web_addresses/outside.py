"""A server out in the world, with addresses that work and that do not."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Outside:
    """The server.

    Attributes:
        robots: what it asks of programs.
        asked: methods and paths, without those for ``robots.txt``.
        robots_asked: how often that was asked for.
        changed: names that answer as another one by now.
        agents: the names of who asked.
    """

    port: int
    scheme: str = "http"
    robots: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    robots_asked: int = 0
    changed: dict[str, str] = field(default_factory=dict)
    agents: set[str] = field(default_factory=set)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """An address of it."""
        return f"{self.scheme}://{host}:{self.port}/{path}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    outside: Outside

    def handle_one_request(self) -> None:
        """Lets whoever asked be gone."""
        with suppress(OSError):
            super().handle_one_request()

    def do_HEAD(self) -> None:
        """Answers as the path says."""
        self._answer()

    def do_GET(self) -> None:
        """Answers as the path says."""
        self._answer()

    def log_message(self, *args: Any) -> None:
        """Silence."""

    def _answer(self) -> None:
        outside, name = self.outside, self.path.strip("/").partition("?")[0]
        name = outside.changed.get(name, name)
        self.close_connection = True
        outside.agents.add(self.headers["User-Agent"])
        if name == "robots.txt":
            outside.robots_asked += 1
            self._send(200 if outside.robots else 404, outside.robots.encode())
            return
        outside.asked.append((self.command, self.path))
        if name == "endless" and self.command == "GET":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            while True:
                self.wfile.write(b"10000\r\n" + b"z" * 0x10000 + b"\r\n")
        elif name == "hanging":
            time.sleep(3)
        elif name == "no-head-hangs-up" and self.command == "HEAD":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif name.startswith("no-head") or name == "endless":
            self._send(405 if self.command == "HEAD" else 206, b"z")
        elif name.startswith("to-"):
            status, _dash, target = name.removeprefix("to-").partition("-")
            target = target.replace("closed", "http://10.0.0.1/").replace("nowhere", "http://[")
            is_absolute = target.startswith("http")
            self._send(int(status), Location=target if is_absolute else f"/{target}")
        elif name == "loop":
            self._send(302, Location="/loop-2")
        elif name == "loop-2":
            self._send(302, Location="/loop")
        elif name == "busy":
            self._send(429, Retry_After="7200")
        else:
            self._send(int(name) if name.isdecimal() else 200)

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def outside(context: ssl.SSLContext | None = None, robots: str = "") -> Iterator[Outside]:
    """A server while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found = Outside(server.server_address[1], "https" if context else "http", robots)
    server.RequestHandlerClass = type("Handler", (_Handler,), {"outside": found})
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
