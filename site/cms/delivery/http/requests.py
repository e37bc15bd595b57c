"""A request as a view sees it, and its refusal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.api.v3.errors import PROBLEM_JSON, build_problem_detail

from cms.content.api.json_text import as_json
from cms.delivery.http.responses import Asked


def asked_by(request: HttpRequest) -> Asked:
    """The headers that change an answer."""
    return Asked(
        request.headers.get("Accept-Encoding", ""),
        request.headers.get("If-None-Match", ""),
        head_only=False,  # ConditionalGetMiddleware takes the body away
    )


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error as ``application/problem+json``, with members of its own."""
    content = build_problem_detail(status=status, detail=detail).model_dump(exclude_none=True)
    return HttpResponse(as_json(content | more), status=status, content_type=PROBLEM_JSON)
