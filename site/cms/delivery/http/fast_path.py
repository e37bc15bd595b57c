"""Answers what is asked for most before Django's middleware: a document, a plain list, a page.

The very same answers come from the views behind it; switched off (``FAST_PATH=false``), nothing
changes but the time it takes. Whatever is unusual (a token, another method, an unknown host, a
parameter that needs a look) is left to Django, and so is every error.
"""

import logging
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from django.conf import settings
from django.db import Error, connection

from cms.delivery.http.cursors import InvalidCursor, read_list_cursor
from cms.delivery.http.document_queries import ListQuery
from cms.delivery.http.document_responses import entry_answer, list_answer, page_answer
from cms.delivery.http.headers import headers_of_every_answer
from cms.delivery.http.responses import Answer, Asked
from cms.delivery.openapi.deprecation import is_deprecated
from cms.languages.registry import LANGUAGES

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
"""A request, as PEP 3333 hands it over."""
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Answers = Callable[[Environ], Answer | None]
"""Gives the whole answer to a request that it knows; ``None`` for one to be handed over."""

_PAGE: Final = re.compile(r"/api/v3/pages/([1-9][0-9]{0,17})/\Z", re.ASCII)
_ENTRIES: Final = re.compile(r"/api/v3/entries/([a-z]{2,8})/(?:([0-9A-Fa-f-]{36})/)?\Z", re.ASCII)
_LIMIT: Final = re.compile(r"[1-9][0-9]?\Z|100\Z", re.ASCII)
_STATUS: Final = {status.value: f"{status.value} {status.phrase}" for status in HTTPStatus}


class FastPath:
    """A WSGI application before Django's.

    Args:
        application: what answers all else.
        others: answer beside the API.
    """

    def __init__(self, application: Application, *others: Answers) -> None:
        self.application = application
        self.answers: tuple[Answers, ...] = (_ApiAnswers(), *others)
        # Read once: Django's settings take a look for each.
        self.hosts = frozenset(settings.ALLOWED_HOSTS)
        self.is_secure_only: bool = settings.SECURE_SSL_REDIRECT
        self.says_secure: tuple[str, str] = settings.SECURE_PROXY_SSL_HEADER or ("", "")

    def __call__(self, request: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers, or hands over."""
        answer = None
        if self._is_usual(request):
            try:
                for find in self.answers:
                    if (answer := find(request)) is not None:
                        break
            except Error:
                # A connection that broke is opened anew by Django, which also says what is wrong.
                logger.info("The fast path hands over.", exc_info=True)
                connection.close()
        if answer is None:
            return self.application(request, start_response)
        start_response(_STATUS[answer.status], [*answer.headers.items()])
        # Granian sends a list in one piece, and streams whatever else it is given, which takes
        # half as long again.
        return [answer.body]

    def _is_usual(self, request: Environ) -> bool:
        if request["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in request:
            return False
        if self.is_secure_only and request.get("wsgi.url_scheme") != "https":
            name, value = self.says_secure
            if request.get(name) != value:
                return False
        host = request.get("HTTP_HOST", "").partition(":")[0]
        return host in self.hosts or "*" in self.hosts


class _ApiAnswers:
    """Answers of the API."""

    def __init__(self) -> None:
        self.constant = headers_of_every_answer()

    def __call__(self, request: Environ) -> Answer | None:
        """Answers, or hands over."""
        if not request["PATH_INFO"].startswith("/api/v3/"):
            return None
        answer = _answer(request)
        return answer and answer._replace(headers={**answer.headers, **self.constant})


def asked_in(request: Environ) -> Asked:
    """The headers on which an answer depends."""
    return Asked(
        request.get("HTTP_ACCEPT_ENCODING", ""),
        request.get("HTTP_IF_NONE_MATCH", ""),
        head_only=request["REQUEST_METHOD"] == "HEAD",
    )


def _answer(request: Environ) -> Answer | None:
    path, query = request["PATH_INFO"], request.get("QUERY_STRING", "")
    asked = asked_in(request)
    if (page := _PAGE.match(path)) is not None:
        if query or is_deprecated("GET", "pages/{page_id}/", ()):
            return None
        return page_answer(int(page[1]), asked)
    entries = _ENTRIES.match(path)
    if entries is None or entries[1] not in LANGUAGES:
        return None
    if entries[2] is not None:
        key = _key(entries[2])
        if query or key is None or is_deprecated("GET", "entries/{locale}/{key}/", ()):
            return None
        return entry_answer(entries[1], key, fallback=True, asked=asked)
    wanted = _list_query(entries[1], query)
    return list_answer(wanted, asked) if wanted else None


def _key(text: str) -> UUID | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    return key if str(key) == text.lower() else None


def _list_query(locale: str, query: str) -> ListQuery | None:
    """A plain question for a list; ``None`` for one that the view should look at."""
    pairs = parse_qsl(query, keep_blank_values=True) if query else []
    parameters = dict(pairs)
    if is_deprecated("GET", "entries/{locale}/", parameters):
        return None
    if not pairs:
        return ListQuery(locale)
    if len(parameters) != len(pairs) or not parameters.keys() <= {"limit", "cursor", "fallback"}:
        return None
    limit, fallback = parameters.get("limit", "20"), parameters.get("fallback", "true")
    if not _LIMIT.match(limit) or fallback not in ("true", "false"):
        return None
    try:
        after = read_list_cursor(parameters["cursor"]) if "cursor" in parameters else None
    except InvalidCursor:
        return None
    return ListQuery(locale, fallback=fallback == "true", limit=int(limit), after=after)
