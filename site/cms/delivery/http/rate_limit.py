"""Rate limits for what is dear: searching, exporting and drafts, by address."""

import math
import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja.throttling import BaseThrottle
from wagtail.api.v3.errors import problem_response

_MINUTE = 60


class Limit(BaseThrottle):
    """A generous limit for each address that asks; the answer beyond it says when to come again.

    Ninja's own keeps what it counts on an object that all threads share.

    Args:
        name: of what is limited.
        per_minute: how many requests one address has in each minute.
        parameter: a query parameter without which nothing is counted; empty to count each request.
    """

    def __init__(self, name: str, per_minute: int, *, parameter: str = "") -> None:
        self.name = name
        self.per_minute = per_minute
        self.parameter = parameter

    def allow_request(self, request: HttpRequest) -> bool:
        """Counts a request; tells whether it is within the limit."""
        if self.parameter and self.parameter not in request.GET:
            return True
        minute = int(time.time() // _MINUTE)
        key = f"limit-{self.name}-{self.get_ident(request)}-{minute}".replace(" ", "")
        cache.add(key, 0, 2 * _MINUTE)
        try:
            counted: int = cache.incr(key)
        except ValueError:
            # Cleared away between the two; the next request counts again.
            return True
        return counted <= self.per_minute

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return _MINUTE - time.time() % _MINUTE


SEARCHES: Final = Limit("search", 120, parameter="search")
"""The limit of all searches together, wherever one searches."""

PREVIEWS: Final = Limit("preview", 300)
"""The limit of drafts, which are made for each request; an editor who types asks twice a second."""


def refuse_search(request: HttpRequest) -> HttpResponse | None:
    """Count a search at an address of Wagtail's own; return the refusal beyond the limit."""
    if SEARCHES.allow_request(request):
        return None
    refusal: HttpResponse = problem_response(
        status=429, detail=f"One address may search {SEARCHES.per_minute} times a minute."
    )
    refusal["Retry-After"] = str(math.ceil(SEARCHES.wait()))
    return refusal
