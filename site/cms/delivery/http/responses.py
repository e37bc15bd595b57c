"""An answer with its headers, before it is one of Django's: views and the fast path give the same.

Nothing here depends on who asks but the encoding and the digest that the client already has.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from django.http import HttpResponse

from cms.content.api.json_text import MEDIA_TYPE
from cms.delivery.caching.tags import CACHE_TAG_HEADER, header_value
from cms.delivery.http.compression import Encoding
from cms.delivery.http.etag import matching_etag, strong_etag

CONTENT_TYPE: Final = f"{MEDIA_TYPE}; charset=utf-8"
CACHE_CONTROL: Final = "public, max-age=30, stale-while-revalidate=300"
"""Half a minute in a browser or a shared cache, five more while it asks again. A cache that is
purged by tag may keep it longer; see docs/caching.md."""

Headers = Mapping[str, str]


class Answer(NamedTuple):
    """Status, headers and body."""

    status: int
    headers: Headers
    body: bytes = b""

    def response(self) -> HttpResponse:
        """The same as one of Django's responses."""
        response = HttpResponse(self.body, status=self.status)
        del response["Content-Type"]
        for name, value in self.headers.items():
            response[name] = value
        return response


class Asked:
    """The headers of a request on which the answer depends."""

    __slots__ = ("accept_encoding", "head_only", "if_none_match")

    def __init__(self, accept_encoding: str, if_none_match: str, *, head_only: bool) -> None:
        self.accept_encoding = accept_encoding
        self.if_none_match = if_none_match
        self.head_only = head_only


def validators(digest: str, tags: Iterable[str], languages: str) -> Headers:
    """Headers that a full answer and a 304 have alike, but for the encoding in their ETag.

    Args:
        languages: the value of ``Content-Language``.
    """
    return {
        "ETag": strong_etag(digest),
        "Cache-Control": CACHE_CONTROL,
        "Content-Language": languages,
        "Vary": "Accept-Encoding",
        CACHE_TAG_HEADER: header_value(tags),
    }


def unchanged(
    headers: Headers, digest: str, encoding: Encoding, if_none_match: str
) -> Answer | None:
    """The 304 for a client that has it already, with the ETag that matched; else ``None``.

    Args:
        headers: those of :func:`validators`.
        encoding: in which it would be sent.
    """
    matched = matching_etag(if_none_match, digest, encoding)
    return None if matched is None else Answer(304, {**headers, "ETag": matched})


def full(
    headers: Headers, body: bytes, digest: str, encoding: Encoding, *, head_only: bool = False
) -> Answer:
    """A 200 with all that is asked for; without the body for ``HEAD``."""
    headers = headers_with_body(headers, len(body), digest, encoding)
    return Answer(200, headers, b"" if head_only else body)


def headers_with_body(headers: Headers, size: int, digest: str, encoding: Encoding) -> Headers:
    """The headers of a 200, with those that describe its body.

    Args:
        size: bytes of the body as it is sent.
    """
    described = {"Content-Type": CONTENT_TYPE, "Content-Length": str(size)}
    if encoding != "identity":
        described["Content-Encoding"] = encoding
    return {**described, **headers, "ETag": strong_etag(digest, encoding)}
