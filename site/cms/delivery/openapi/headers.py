"""Headers of the answers, described."""

from http import HTTPStatus
from typing import Any, Final

from cms.delivery.caching.tags import CACHE_TAG_HEADER
from cms.delivery.openapi.references import READING, Operation, operations

_TEXT: Final = {"type": "string"}

HEADERS: Final[dict[str, Any]] = {
    "ETag": {
        "description": "Version of the answer. Send it as `If-None-Match`: 304 says that nothing "
        "has changed. Missing where a token came with the request.",
        "schema": _TEXT,
        "example": '"9f86d081884c7d65"',
    },
    "Cache-Control": {
        "description": "How long whom may keep it. Missing where a token came with the request.",
        "schema": _TEXT,
        "example": "public, max-age=30, stale-while-revalidate=300",
    },
    "Content-Language": {
        "description": "BCP 47 codes of the languages that the texts are really in; `mul` where "
        "there are many. Missing where there is no text.",
        "schema": _TEXT,
        "example": "en",
    },
    CACHE_TAG_HEADER: {
        "description": "Tags by which a shared cache purges it. Missing where there is nothing "
        "to purge it for.",
        "schema": _TEXT,
        "example": "pages",
    },
    "Retry-After": {
        "description": "In how many seconds to ask again.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 12,
    },
    "Location": {
        "description": "Where it is.",
        "schema": _TEXT,
        "example": "https://cms.example.org/api/v3/pages/87/",
    },
}
"""Each under its name; an operation refers to it."""

_OF_AN_ANSWER: Final = ("ETag", "Cache-Control", "Content-Language", CACHE_TAG_HEADER)
_REDIRECTIONS: Final = {
    "pages_find": (HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY),
    "entries_find": (HTTPStatus.MOVED_PERMANENTLY,),
    "redirects_find": (HTTPStatus.FOUND,),
}
"""Operations, by their ids, that lead on to another address, and how."""


def describe_headers(description: Any) -> None:
    """Names the headers of each answer, and the answers that have nothing else."""
    description["components"]["headers"] = {
        name: {**header, "required": False} for name, header in HEADERS.items()
    }
    for _path, method, operation in operations(description):
        _add_answers_without_body(method, operation)
        for status, response in operation["responses"].items():
            names = _names(method, int(status), has_body="content" in response)
            if names:
                response.setdefault("headers", {}).update(
                    {name: {"$ref": f"#/components/headers/{name}"} for name in names}
                )


def _add_answers_without_body(method: str, operation: Operation) -> None:
    responses = operation["responses"]
    found = dict(responses)
    if method == READING and not operation.get("security"):
        found["304"] = {"description": "Nothing has changed since the answer with this ETag."}
    for status in _REDIRECTIONS.get(operation["operationId"], ()):
        found[str(int(status))] = {"description": "It is at the address in `Location`."}
    responses.clear()
    responses |= dict(sorted(found.items(), key=lambda each: int(each[0])))


def _names(method: str, status: int, *, has_body: bool) -> tuple[str, ...]:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ("Retry-After",)
    if status in (HTTPStatus.FOUND, HTTPStatus.MOVED_PERMANENTLY):
        return ("Location",)
    is_read = method == READING and status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
    return _OF_AN_ANSWER if is_read else ()
