"""Asks one address whether it works: once, briefly, and without reading what stands there.

Redirects are followed by hand, so that each address on the way is judged like the first: it leads
out into the world, to a port of web servers. Of the first server ``robots.txt`` is read; where it
leads on to is asked as a reader's browser would. Nothing is sent that says more than who asks.
"""

import logging
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpcore
import httpx
from django.conf import settings
from django.utils import timezone

from cms.common.deadline import TookTooLong
from cms.common.outgoing.addresses import ForbiddenAddress, InvalidAddress, parse_web_address
from cms.common.outgoing.connection import CarefulTransport, Deadline, UnknownName, trusted
from cms.common.site_address import site_address
from cms.web_addresses.checking import robots
from cms.web_addresses.models import WebAddress, WebHost

logger = logging.getLogger(__name__)

Status = WebAddress.Status
Problem = WebAddress.Problem

TIME_LIMIT: Final = 8.0
"""Seconds for everything together: looking up names, connecting, redirects, answers."""

BETWEEN: Final = 1.0
"""Seconds between two requests to the same server, where one is not enough."""

MOST_REDIRECTS: Final = 10

PORTS: Final = frozenset({80, 443, 8000, 8080, 8443})
"""Ports on which web servers listen that readers are sent to."""

_EXAMPLES: Final = ("example", "invalid", "localhost", "test", "example.com", "example.net",
                    "example.org")  # fmt: skip
"""Names that lead nowhere, and may stand in any text: RFC 2606."""

_FOR_GOOD: Final = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_REDIRECTS: Final = _FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER,
                                 HTTPStatus.TEMPORARY_REDIRECT}  # fmt: skip
_MISSING: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_NOT_THERE: Final = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
"""The answer to a part of what is empty: there is nothing wrong with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one try.

    Attributes:
        problem: empty where it works.
        http_status: of the last answer; ``None`` where there was none.
        detail: the problem in technical terms.
        moved_to: where it leads for good.
        is_answered: whether a server out there has said anything at all.
        again_at: when the server wants to be asked again.
    """

    status: str
    problem: str = ""
    http_status: int | None = None
    detail: str = ""
    moved_to: str = ""
    is_answered: bool = False
    again_at: datetime | None = None


class _Silence(Exception):
    """Raised where no answer comes."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem


class _NotAsked(Exception):
    """Raised where nothing may be asked."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(detail)
        self.problem = problem


def judge_unasked(url: str) -> Answer | None:
    """Judges an address without asking anybody; ``None`` where it has to be asked."""
    try:
        _parsed(url)
    except InvalidAddress as error:
        return Answer(Status.GONE, Problem.INVALID, detail=str(error))
    except _NotAsked as error:
        return Answer(Status.NOT_ASKED, error.problem, detail=str(error))
    return None


def ask(url: str, host: WebHost) -> Answer:
    """Asks an address; whatever goes wrong is in the answer.

    Args:
        host: its server, which nobody else asks meanwhile.
    """
    asking = _Asking(url)
    try:
        asking.heed_robots(host)
        return asking.follow()
    except _NotAsked as error:
        return Answer(
            Status.NOT_ASKED, error.problem, None, str(error), is_answered=asking.is_answered
        )
    except InvalidAddress as error:
        # Where a redirect leads.
        return Answer(Status.SILENT, Problem.LOOP, None, f"{error}", is_answered=asking.is_answered)
    except _Silence as error:
        return Answer(
            Status.SILENT, error.problem, None, str(error), is_answered=asking.is_answered
        )
    except Exception as error:
        # One address must not stop the others. Of this one nothing is known.
        logger.exception("Asking %s failed", url)
        return Answer(Status.REFUSED, Problem.REFUSED, None, f"{type(error).__name__}: {error}")


def _parsed(url: str) -> httpx.URL:
    """An address that may be asked.

    Raises:
        InvalidAddress, _NotAsked: it may not.
    """
    parsed = parse_web_address(url)
    if parsed.userinfo:
        raise _NotAsked(Problem.PASSWORD)
    if settings.WEB_ADDRESSES_ALLOW_PRIVATE_ADDRESSES:
        return parsed
    host = parsed.raw_host.decode("ascii").lower().rstrip(".")
    if any(host == name or host.endswith(f".{name}") for name in _EXAMPLES):
        raise _NotAsked(Problem.EXAMPLE)
    if parsed.port is not None and parsed.port not in PORTS:
        raise _NotAsked(Problem.PORT)
    return parsed


class _Asking:
    """One address that is being asked, with one deadline for all of it."""

    def __init__(self, url: str) -> None:
        self.url = _parsed(url)
        self.deadline = Deadline(TIME_LIMIT)
        self.is_answered = False

    def heed_robots(self, host: WebHost) -> None:
        """Reads what the server asks of programs, once a day.

        Raises:
            _NotAsked: it asks this one not to look.
            _Silence: it says nothing.
        """
        if not robots.is_known(host):
            robots.note(host, self._robots())
            self._pause()
        if not robots.is_allowed(host, str(self.url)):
            raise _NotAsked(Problem.ROBOTS)

    def _robots(self) -> str:
        url = self.url.copy_with(raw_path=b"/robots.txt")
        for _hop in range(3):
            with self._request("GET", url) as response:
                if (target := _target(url, response)) is not None:
                    url = _parsed(str(target))
                    continue
                if not response.is_success:
                    # None, or none that it can tell. Few addresses are asked for, and seldom; the
                    # answer to that says whether the server works.
                    return ""
                read = b""
                for part in response.iter_raw():
                    read += part
                    if len(read) >= robots.LARGEST:
                        break
                return read[: robots.LARGEST].decode("utf-8", "replace")
        return ""

    def follow(self) -> Answer:
        """Asks it, and where it leads, to the end."""
        url, seen, is_for_good = self.url, {str(self.url)}, True
        for _hop in range(MOST_REDIRECTS):
            status, target, again_at = self._look(url)
            if target is None:
                return self._judge(status, url, is_for_good=is_for_good, again_at=again_at)
            is_for_good = is_for_good and status in _FOR_GOOD
            if str(target) in seen:
                break
            seen.add(str(target))
            url = _parsed(str(target))
        raise _Silence(Problem.LOOP, f"{url}")

    def _judge(
        self, status: int, url: httpx.URL, *, is_for_good: bool, again_at: datetime | None
    ) -> Answer:
        answer = Answer(Status.WORKS, http_status=status, is_answered=True, again_at=again_at)
        if 200 <= status < 300 or status == _NOT_THERE:
            has_moved = is_for_good and url != self.url
            return replace(answer, status=Status.MOVED, moved_to=str(url)) if has_moved else answer
        answer = replace(answer, detail=f"HTTP {status}")
        if status in _MISSING:
            return replace(answer, status=Status.GONE, problem=Problem.MISSING)
        if 500 <= status < 600 and status not in _BUSY:
            return replace(answer, status=Status.SILENT, problem=Problem.SERVER)
        return replace(answer, status=Status.REFUSED, problem=Problem.REFUSED)

    def _look(self, url: httpx.URL) -> tuple[int, httpx.URL | None, datetime | None]:
        """The status of an address, where it leads to, and when to ask again."""
        try:
            found = self._ask_once("HEAD", url)
        except _Silence as error:
            if error.problem != Problem.CONNECTION or not self.is_answered:
                raise
            # A server that hangs up on a question it does not know.
            found = None
        # Many servers know no HEAD, and say something else of it.
        if found is not None and (found[0] < HTTPStatus.BAD_REQUEST or found[0] in _BUSY):
            return found
        self._pause()
        return self._ask_once("GET", url)

    def _ask_once(
        self, method: str, url: httpx.URL
    ) -> tuple[int, httpx.URL | None, datetime | None]:
        with self._request(method, url) as response:
            return response.status_code, _target(url, response), _again_at(response)

    @contextmanager
    def _request(self, method: str, url: httpx.URL) -> Iterator[httpx.Response]:
        """An answer, of which nothing is read unless somebody does.

        Raises:
            _Silence: there is none.
            _NotAsked: the name leads to what only this server can reach.
        """
        headers = {
            "user-agent": f"{robots.NAME} (+{site_address()}/)",
            "accept": "*/*",
            "accept-encoding": "identity",
            "connection": "close",
        }
        if method == "GET" and url.raw_path != b"/robots.txt":
            headers["range"] = "bytes=0-0"
        transport = CarefulTransport(
            self.deadline,
            trusted(),
            is_private_allowed=settings.WEB_ADDRESSES_ALLOW_PRIVATE_ADDRESSES,
        )
        try:
            with (
                httpx.Client(
                    transport=transport, follow_redirects=False, trust_env=False
                ) as client,
                client.stream(method, url, headers=headers) as response,
            ):
                self.is_answered = True
                yield response
        except TookTooLong as error:
            raise _Silence(Problem.TIME, f"{url.host}: {TIME_LIMIT:g} s") from error
        except ForbiddenAddress as error:
            raise _NotAsked(Problem.CLOSED, str(error)) from error
        except UnknownName as error:
            raise _Silence(Problem.NAME, str(error)) from error
        except ssl.SSLError as error:
            raise _Silence(Problem.CERTIFICATE, str(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
            # Whoever takes the connection is there, whatever becomes of it.
            self.is_answered = self.is_answered or not isinstance(error, httpcore.ConnectError)
            raise _Silence(Problem.CONNECTION, f"{type(error).__name__}: {error}") from error

    def _pause(self) -> None:
        time.sleep(min(BETWEEN, self._remaining()))

    def _remaining(self) -> float:
        try:
            return self.deadline.remaining()
        except TookTooLong as error:
            raise _Silence(Problem.TIME, f"{self.url.host}: {TIME_LIMIT:g} s") from error


def _target(url: httpx.URL, response: httpx.Response) -> httpx.URL | None:
    """The address that an answer leads to; ``None`` where it leads to none.

    Raises:
        InvalidAddress: to nothing that can be asked.
    """
    location = response.headers.get("location")
    if response.status_code not in _REDIRECTS or not location:
        return None
    try:
        return url.join(location).copy_with(fragment=None)
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise InvalidAddress from error


def _again_at(response: httpx.Response) -> datetime | None:
    """The time for which a server asks in ``Retry-After``: seconds, or a date."""
    text = response.headers.get("retry-after", "").strip()
    if response.status_code not in _BUSY or not text:
        return None
    if text.isdecimal():
        return timezone.now() + timedelta(seconds=min(int(text), 10**7))
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
