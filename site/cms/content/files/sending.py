"""Sends a file: by the web server where there is one that does, else by itself, whole or in part.

Both ways a file has an ETag and may be asked for in part, and no shared cache gives one out without
asking: what is closed is closed at once, whoever has it kept.
"""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import Storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from cms.content.files.kinds import kind_of

PUBLIC: Final = "public, max-age=60, s-maxage=0"
PRIVATE: Final = "private, no-cache"
HARMLESS: Final = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""No script in a file runs, and nobody guesses what it might be."""
FROM_ANYWHERE: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Disposition, Content-Range, ETag, Last-Modified"
    ),
}
"""Leave for programs of other sites to read what anybody may have."""
_ASKED_FIRST: Final = {
    "Access-Control-Allow-Headers": "if-match, if-modified-since, if-none-match, if-range, range",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Max-Age": "86400",
}
_METHODS: Final = "GET, HEAD, OPTIONS"
_PIECE: Final = 1 << 16
_View = Callable[..., HttpResponseBase]
_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)\Z")


def for_any_origin(view: _View) -> _View:
    """Has a view answer ``GET`` and ``HEAD`` alone, and tell a browser that other sites may read.

    ``OPTIONS`` is answered alike for what is there, closed or not there at all.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: Any
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if request.method == "OPTIONS":
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_ASKED_FIRST)
            del response["Content-Type"]
        else:
            response = HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
            response["Cache-Control"] = "no-store"
        for header, value in {"Allow": _METHODS, **FROM_ANYWHERE}.items():
            response[header] = value
        response.speaks_no_language = True
        return response  # type: ignore[no-any-return]

    return answer


def send(
    request: HttpRequest,
    storage: Storage,
    name: str,
    *,
    is_public: bool,
    disposition: str | None = None,
) -> HttpResponseBase:
    """The answer with a file of a storage.

    Args:
        is_public: whether anybody may have it.
        disposition: what a browser should do with it; nothing is said where it is ``None``.

    Raises:
        Http404: the storage has lost it.
    """
    response: Any
    if settings.MEDIA_INTERNAL_URL:
        response = HttpResponse(headers={"X-Accel-Redirect": _internal_address(name)})
        response["Content-Type"] = kind_of(name)
    else:
        response = _sent_by_us(request, storage, name)
    for header, value in HARMLESS.items():
        response[header] = value
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        response["Cache-Control"] = "no-store"
    for header, value in FROM_ANYWHERE.items() if is_public else ():
        response[header] = value
    if disposition is not None:
        response["Content-Disposition"] = disposition
    # A file says nothing of the language in which its visitor reads the site.
    response.speaks_no_language = True
    return response  # type: ignore[no-any-return]


def disposition_of(filename: str, *, is_shown: bool) -> str | None:
    """A header that has a browser show a file, or keep it under its name."""
    return content_disposition_header(not is_shown, filename)


def _internal_address(name: str) -> str:
    return f"{settings.MEDIA_INTERNAL_URL.rstrip('/')}/{quote(name)}"


def _sent_by_us(request: HttpRequest, storage: Storage, name: str) -> Any:
    try:
        size, changed = storage.size(name), storage.get_modified_time(name).timestamp()
    except OSError as error:
        raise Http404(name) from error
    etag = f'"{int(changed * 1_000_000):x}-{size:x}"'
    said = {"ETag": etag, "Last-Modified": http_date(changed), "Accept-Ranges": "bytes"}
    known = get_conditional_response(request, etag, int(changed))
    if known is not None:
        for header, value in said.items():
            known[header] = value
        return known
    start, end = _wanted(request, etag, said["Last-Modified"], size)
    if start >= end and size:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}", **said},
        )
    is_part = (start, end) != (0, size)
    if is_part:
        said["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    said["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Type": kind_of(name), **said})
    return StreamingHttpResponse(
        _pieces(storage, name, start, end),
        status=HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK,
        headers={"Content-Type": kind_of(name), **said},
    )


def _wanted(request: HttpRequest, etag: str, changed: str, size: int) -> tuple[int, int]:
    """The part that is asked for; the whole where none is, several are, or the file is another.

    ``HEAD`` has no parts (RFC 9110 §14.2).
    """
    found = _RANGE.match(request.headers.get("Range", "").replace(" ", ""))
    is_same = request.headers.get("If-Range", etag) in (etag, changed)
    if request.method != "GET" or found is None or not is_same or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1, size) if last else size


def _pieces(storage: Storage, name: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes, from a file that is opened when the first are wanted."""
    with storage.open(name) as file:
        file.seek(start)
        while start < end and (piece := file.read(min(_PIECE, end - start))):
            start += len(piece)
            yield piece
