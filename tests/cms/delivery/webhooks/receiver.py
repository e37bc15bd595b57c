"""A server that receives messages, and behaves as well or as badly as a test asks."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["_Handler"], None]


@dataclass(frozen=True)
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Receiver:
    """The server.

    Attributes:
        behaviours: what to do with the first request, the second, …; the last goes on.
    """

    port: int
    behaviours: list[Behaviour]
    received: list[Received] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address at which it listens, by a name."""
        return f"http://localhost:{self.port}/hook"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    receiver: Receiver

    def do_POST(self) -> None:
        """Notes the request and does what the test asks."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        number = len(self.receiver.received)
        self.receiver.received.append(Received(self.path, headers, body))
        behaviours = self.receiver.behaviours
        self.close_connection = True
        try:
            behaviours[min(number, len(behaviours) - 1)](self)
        except OSError:
            # Who asked has gone.
            return

    def do_GET(self) -> None:
        """Nobody should ask."""
        self.receiver.received.append(Received(self.path, {}, "GET"))

    def log_message(self, *args: Any) -> None:
        """Silence."""


def answer(status: int, body: str = "", **headers: str) -> Behaviour:
    """Answers as most servers do."""

    def behave(handler: _Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        handler.wfile.write(body.encode())

    return behave


def slow(seconds: float) -> Behaviour:
    """Answers after a while."""

    def behave(handler: _Handler) -> None:
        time.sleep(seconds)
        answer(200)(handler)

    return behave


def trickling_headers(handler: _Handler) -> None:
    """A byte now and then, and never an end."""
    for letter in "HTTP/1.1 200 OK\r\nX-Slow: " + "z" * 1_000:
        handler.wfile.write(letter.encode())
        time.sleep(0.05)


def trickling_body(handler: _Handler) -> None:
    """The status, then a byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _byte in range(1_000):
        handler.wfile.write(b"z")
        time.sleep(0.05)


def endless_body(handler: _Handler) -> None:
    """As much as anybody takes."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"1000\r\n" + b"z" * 0x1000 + b"\r\n")


def hanging_up(handler: _Handler) -> None:
    """Closes the connection without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def receiving(*behaviours: Behaviour, context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A server while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    # What is still trickling must not keep the test from ending.
    server.block_on_close = False
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    receiver = Receiver(server.server_address[1], list(behaviours) or [answer(204)])
    server.RequestHandlerClass = type("Handler", (_Handler,), {"receiver": receiver})
    # A client that refuses the certificate is no error of the server's.
    server.handle_error = lambda *args: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
