"""The last step of every answer of the API: headers, digest, compression, HEAD and OPTIONS.

Stored documents bring all of it along. Answers that are made for each request, such as Wagtail's
own lists, get it here.
"""

import gzip
import hashlib
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cms.common.api_addresses import TYPED_API, is_api
from cms.delivery.caching.tags import CACHE_TAG_HEADER
from cms.delivery.http.compression import chosen_encoding
from cms.delivery.http.etag import strong_etag
from cms.delivery.http.headers import headers_of_every_answer
from cms.delivery.http.responses import CACHE_CONTROL, unchanged
from cms.delivery.http.status_headers import (
    SENT_WITH_TOKEN,
    answer_to_options,
    leave_out_length,
    mark_by_status,
)

SMALLEST: Final = 1_000
"""Bytes from which it is worth compressing."""
_QUICK: Final = 5
_VARIES_BY: Final = "Accept-Encoding"
_NOT_BY: Final = frozenset({"accept-language", "cookie", "origin"})
"""The answer to anybody is the same, whoever asks from wherever."""


_OF_THE_UNCHANGED: Final = ("Cache-Control", CACHE_TAG_HEADER, "Content-Language", "ETag", "Vary")


class ConditionalGetMiddleware:
    """Middleware; stands before the ones that add headers for browsers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Finishes answers of the API; everything else passes."""
        if not is_api(request.path):
            response = self.get_response(request)
            leave_out_length(response)
            return response
        if request.method == "OPTIONS":
            return self._to_options(request)
        is_head = request.method == "HEAD"
        if is_head:
            # Ninja knows GET alone; the answer is the same without its body.
            request.method = "GET"
        response = _finished(request, self.get_response(request))
        return _without_body(response) if is_head else response

    def _to_options(self, request: HttpRequest) -> HttpResponseBase:
        # Asked on, so that the address itself says what it allows.
        is_preflight = request.META.pop("HTTP_ACCESS_CONTROL_REQUEST_METHOD", None) is not None
        response = answer_to_options(
            _finished(request, self.get_response(request)), preflight=is_preflight
        )
        named = "Access-Control-Allow-Headers"
        # Where tokens are read: one is sent by the program of a page, never by the browser itself.
        if named in response and request.path.startswith(TYPED_API):
            response[named] = ", ".join([response[named], *SENT_WITH_TOKEN])
        for name, value in headers_of_every_answer().items():
            response.headers.setdefault(name, value)
        return response


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if request.method == "GET" and "Authorization" not in request.headers:
        response = _conditional(request, response)
    _vary(response)
    mark_by_status(request, response)
    leave_out_length(response)
    for name, value in headers_of_every_answer().items():
        response.headers.setdefault(name, value)
    return response


def _conditional(request: HttpRequest, response: Any) -> HttpResponseBase:
    is_whole = response.status_code == 200 and not response.streaming
    if not is_whole or "json" not in response.get("Content-Type", "") or "ETag" in response:
        return response  # type: ignore[no-any-return]
    digest = hashlib.sha256(response.content).hexdigest()
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    encoding = chosen_encoding(request.headers.get("Accept-Encoding", ""), ("gzip",))
    if len(response.content) < SMALLEST:
        encoding = "identity"
    response["ETag"] = strong_etag(digest, encoding)
    kept = {name: response[name] for name in _OF_THE_UNCHANGED if name in response}
    known = unchanged(kept, digest, encoding, request.headers.get("If-None-Match", ""))
    if known is not None:
        return known.response()
    if encoding == "gzip":
        response.content = gzip.compress(response.content, _QUICK, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response  # type: ignore[no-any-return]


def _vary(response: HttpResponseBase) -> None:
    named = [name.strip() for name in response.get("Vary", "").split(",") if name.strip()]
    kept = [name for name in named if name.lower() not in {*_NOT_BY, _VARIES_BY.lower()}]
    response["Vary"] = ", ".join([_VARIES_BY, *kept])


def _without_body(response: Any) -> HttpResponseBase:
    if response.streaming:
        response.close()
        response.streaming_content = []
        return response  # type: ignore[no-any-return]
    response.headers.setdefault("Content-Length", str(len(response.content)))
    response.content = b""
    return response  # type: ignore[no-any-return]
