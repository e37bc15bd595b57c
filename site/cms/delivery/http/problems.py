"""Errors as ``application/problem+json``, with one status for one fault, whoever finds it."""

import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.api.v3.errors import PROBLEM_JSON, problem_response

from cms.common.api_addresses import STABLE_API

NOTHING_THERE: Final = "There is nothing at this address."
_DETAILS: Final = {404: NOTHING_THERE, 405: "This method is not allowed here."}
_KEPT: Final = ("Allow", "Vary", "WWW-Authenticate")
_WRONG_QUERY: Final = {True: 400, False: 422}
"""Of a query that is refused; by whether Wagtail's stable API is asked, which says 400."""
_READS: Final = frozenset({"GET", "HEAD"})


def as_problem(request: HttpRequest, response: Any) -> HttpResponseBase:
    """An answer with its error as ``problem+json``, and with the status of its fault.

    What Wagtail's stable API says as JSON of its own stays as it is: others read it.
    """
    if response.status_code < 400:
        return response  # type: ignore[no-any-return]
    is_stable = request.path.startswith(STABLE_API)
    content_type = response.get("Content-Type", "")
    if content_type.startswith(PROBLEM_JSON):
        status = _WRONG_QUERY[is_stable]
        if request.method in _READS and response.status_code == _WRONG_QUERY[not is_stable]:
            _restate(response, status)
        if response.status_code == 401:
            # RFC 9110 §15.5.2 asks for it; Wagtail's own answers lack it.
            response.headers.setdefault("WWW-Authenticate", "Bearer")
        return response  # type: ignore[no-any-return]
    if is_stable and "json" in content_type:
        return response  # type: ignore[no-any-return]
    problem: HttpResponseBase = problem_response(
        status=response.status_code, detail=_DETAILS.get(response.status_code, "")
    )
    for name in _KEPT:
        if name in response:
            problem[name] = response[name]
    return problem


def _restate(response: Any, status: int) -> None:
    said = json.loads(response.content)
    said |= {"status": status, "title": HTTPStatus(status).phrase}
    response.status_code = status
    response.content = json.dumps(said, ensure_ascii=False).encode()
    response.headers.pop("Content-Length", None)
