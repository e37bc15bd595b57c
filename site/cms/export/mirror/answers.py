"""Answers that are made for each request, as the site itself gives them to anybody."""

from functools import cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import translation

from cms.common.site_address import site_address


class NoAnswer(Exception):
    """Raised where the site does not answer as it should; the message has its answer."""


class Answered(NamedTuple):
    """An answer.

    Attributes:
        etag: the digest of the body, SHA-256 in hexadecimal.
        compressed: as gzip; ``None`` where the site does not compress it.
    """

    etag: str
    body: bytes
    compressed: bytes | None


def answer_to_anybody(path: str) -> Answered:
    """The site's answer at an address.

    Raises:
        NoAnswer: something else than 200.
    """
    plain = _asked(path, "")
    packed = _asked(path, "gzip")
    is_packed = packed.get("Content-Encoding") == "gzip"
    return Answered(plain["ETag"].strip('"'), plain.content, packed.content if is_packed else None)


def _asked(path: str, encoding: str) -> Any:
    address = urlsplit(site_address())
    is_secure = address.scheme == "https"
    request: Any = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": address.hostname or "localhost",
            "SERVER_PORT": str(address.port or (443 if is_secure else 80)),
            "HTTP_HOST": address.netloc,
            "HTTP_ACCEPT_ENCODING": encoding,
            "HTTP_X_FORWARDED_PROTO": address.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": address.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    # Not closed: that would end the connection in the middle of what is read from it.
    with translation.override(translation.get_language()):
        response = _handler().get_response(request)
    if response.status_code != 200:
        raise NoAnswer(
            f"{path} answers {response.status_code} as {address.netloc}. The site must answer "
            "at its own address, and ALLOWED_HOSTS must list the host of it."
        )
    return response


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
