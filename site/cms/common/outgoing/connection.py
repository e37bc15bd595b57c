"""Connects to exactly the machine whose address was checked, and gives up at a deadline.

Between looking at a name's address and connecting to it, the name may have been given another
("DNS rebinding"). So the name is looked up once, here, and the connection goes to what was found;
TLS and ``Host`` still go by the name.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

from cms.common.deadline import TookTooLong
from cms.common.outgoing import addresses


class Deadline:
    """A time at which everything together must be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds that are left.

        Raises:
            TookTooLong: none are.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TookTooLong
        return seconds


class UnknownName(Exception):
    """A name has no address."""


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that are believed: httpx's, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


class _Stream(httpcore.NetworkStream):
    """A connection with one deadline for all of its reads and writes.

    The limits that httpcore hands on are for each read by itself: a server that sends a byte now
    and then would hold it for ever.
    """

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to ``max_bytes`` bytes."""
        try:
            self._connection.settimeout(self._deadline.remaining())
            return self._connection.recv(max_bytes)
        except TimeoutError as error:
            raise TookTooLong from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Everything in ``buffer``."""
        try:
            while buffer:
                self._connection.settimeout(self._deadline.remaining())
                buffer = buffer[self._connection.send(buffer) :]
        except TimeoutError as error:
            raise TookTooLong from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same, encrypted, with the machine that has the name's certificate."""
        try:
            self._connection.settimeout(self._deadline.remaining())
            encrypted = ssl_context.wrap_socket(self._connection, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise TookTooLong from error
        except ssl.SSLError:
            self.close()
            raise
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(str(error)) from error
        return _Stream(encrypted, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Returns nothing: this speaks HTTP/1.1 and is used once."""
        return None


class _Network(httpcore.NetworkBackend):
    """Connects to addresses that were checked."""

    def __init__(self, deadline: Deadline, *, is_private_allowed: bool) -> None:
        self._deadline = deadline
        self._is_private_allowed = is_private_allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of a name's machines that takes it.

        Raises:
            ForbiddenAddress: one of them is not out in the world.
            UnknownName: there is none.
            httpcore.ConnectError: none takes it.
        """
        try:
            found = addresses.resolve(
                host,
                port,
                self._deadline.remaining(),
                is_private_allowed=self._is_private_allowed,
            )
        except OSError as error:
            raise UnknownName(f"{host}: {error}") from error
        problem: OSError | None = None
        for tried, address in enumerate(found):
            # One that swallows everything leaves time for the next.
            share = self._deadline.remaining() / (len(found) - tried)
            try:
                connection = socket.create_connection((address, port), share)
            except OSError as error:
                problem = error
            else:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return _Stream(connection, self._deadline)
        if isinstance(problem, TimeoutError):
            raise TookTooLong from problem
        raise httpcore.ConnectError(f"{found}: {problem}") from problem


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Any) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        self._parts.close()


class CarefulTransport(httpx.BaseTransport):
    """The transport of httpx for one request, over a connection of its own.

    Args:
        is_private_allowed: whether it may lead to what only this server can reach.
    """

    def __init__(
        self, deadline: Deadline, context: ssl.SSLContext, *, is_private_allowed: bool
    ) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=context,
            max_connections=1,
            network_backend=_Network(deadline, is_private_allowed=is_private_allowed),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, of which the body is not read yet.

        Raises:
            ForbiddenAddress, UnknownName, TookTooLong, ssl.SSLError, httpcore exceptions.
        """
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(
            status_code=response.status, headers=response.headers, stream=_Body(response.stream)
        )

    def close(self) -> None:
        """Closes the connection."""
        self._pool.close()
