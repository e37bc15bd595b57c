"""Headers that an answer of the API has by its status, whoever made it.

What is not there may be there soon, and a shared cache forgets it then. What went wrong for one
client is nothing to keep for another, and a cache keeps some of it unless it is told not to.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cms.delivery.caching.tags import CACHE_TAG_HEADER, PAGES_TAG

NOT_THERE: Final = "public, max-age=30"
"""Half a minute, and not a moment longer: what has appeared is seen."""
NOT_KEPT: Final = "no-store"
FOR_ONE: Final = "private, no-store"
"""The caching of what somebody with a token has got."""
_MAY_BE_KEPT: Final = frozenset({404, 410})
_WITHOUT_BODY: Final = frozenset({204, 304})
SENT_WITH_TOKEN: Final = ("authorization",)


def mark_by_status(request: HttpRequest, response: HttpResponseBase) -> None:
    """Sets what a cache may do with an answer, and the methods that its address allows."""
    status = response.status_code
    if "Authorization" in request.headers:
        response.headers.setdefault("Cache-Control", FOR_ONE)
    elif status in _MAY_BE_KEPT or 300 < status < 304 or status == 308:
        response.headers.setdefault("Cache-Control", NOT_THERE)
        # Whatever changes, it is forgotten, where nothing narrower is known.
        response.headers.setdefault(CACHE_TAG_HEADER, PAGES_TAG)
    elif status >= 400:
        response["Cache-Control"] = NOT_KEPT
    if "Allow" in response:
        response["Allow"] = _allowed(response["Allow"])


def _allowed(methods: str) -> str:
    named = {name.strip() for name in methods.split(",") if name.strip()}
    if "GET" in named:
        named.add("HEAD")
    return ", ".join(sorted({*named, "OPTIONS"}))


def leave_out_length(response: HttpResponseBase) -> None:
    """Leaves out a length that is not that of the whole: Django says 0 of what has no body."""
    if response.status_code in _WITHOUT_BODY:
        response.headers.pop("Content-Length", None)


def answer_to_options(response: HttpResponseBase, *, preflight: bool) -> HttpResponseBase:
    """The answer to ``OPTIONS``: what the address allows, and a browser from another origin may.

    A browser that asks first wants to hear that it may ask, not what it would get.
    """
    is_there = response.status_code == 405 or response.status_code < 300
    if not is_there and not preflight:
        return response
    answer = HttpResponse(status=204)
    del answer["Content-Type"]
    for name, value in response.headers.items():
        if name.lower() == "allow" or name.lower().startswith("access-control-"):
            answer[name] = value
    return answer
