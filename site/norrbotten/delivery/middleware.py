"""What holds for every address of the API: honest errors, and the language of the answer."""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import ForeignObjectRel, JSONField
from django.http import HttpRequest, HttpResponseBase
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.api.v3.errors import PROBLEM_JSON, problem_response
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField

from norrbotten.languages.registry import LANGUAGES

API_PREFIX = "/api/"
TYPED_API_PREFIX = "/api/v3/"
LARGEST_NUMBER = 2**63 - 1
"""What both databases can hold."""

ONE_DOCUMENT = frozenset({"wagtailapi_v3:detail_page", "wagtailapi:pages:detail"})
"""Answers that are one document, in one language."""

_NUMBER = re.compile(r"^[+-]?\d+$")


class ApiMiddleware:
    """Answers what no view should see, and turns what views leave open into a problem.

    Wagtail's own views skip query parameters that they do not know, and pass numbers that no
    database can hold and null bytes on to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes everything outside the API on untouched."""
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        response = _refusal(request) or self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name in ONE_DOCUMENT:
            language = getattr(request, "document_language", None)
            if language:
                response["Content-Language"] = language
        if request.path.startswith(TYPED_API_PREFIX):
            return _as_problem(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuses unknown parameters of Wagtail's list of pages."""
        match = request.resolver_match
        if match is None or match.view_name != "wagtailapi_v3:list_pages":
            return None
        if request.method not in ("GET", "HEAD"):
            return None
        unknown = sorted(set(request.GET) - _list_parameters(request.GET.getlist("type")))
        if not unknown:
            return None
        name = unknown[0]
        return _problem(name, f"Unknown parameter or field {name!r} for the pages asked for.")


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    if "\x00" in request.path:
        return _problem("path", "The path holds a null byte.", location="path")
    for name, values in request.GET.lists():
        if "\x00" in name:
            return _problem("?", "The name of a parameter holds a null byte.")
        for value in values:
            if "\x00" in value:
                return _problem(name, f"{name} holds a null byte.")
            if _NUMBER.match(value) and abs(int(value[:40])) > LARGEST_NUMBER:
                return _problem(name, f"{name} is a number that is out of range.")
    locale = request.GET.get("locale")
    if locale is not None and locale not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        return _problem("locale", f"Unknown language {locale!r} in locale. Known: {known}.")
    return None


def _list_parameters(types: list[str]) -> set[str]:
    """What the list of pages takes: Wagtail's own, and the plain fields of the type asked for."""
    from wagtail.api.v3.routers.pages import PageFilterSchema
    from wagtail.api.v3.schemas.pages import BASE_PAGE_READ_FIELDS
    from wagtail.api.v3.schemas.params import OrderingSchema, SearchSchema

    known = {
        *PageFilterSchema.model_fields,
        *OrderingSchema.model_fields,
        *SearchSchema.model_fields,
        *BASE_PAGE_READ_FIELDS,
        "id",
        "limit",
        "offset",
    }
    if len(types) != 1:
        return known
    try:
        model = resolve_model_string(types[0])
    except (LookupError, ValueError):
        # The view itself says that there is no such type.
        return known
    return known | {
        field.name
        for field in APIField.get_fields_for_model(model, db_fields_only=True)
        if not isinstance(
            get_model_field(model, field.name), StreamField | JSONField | ForeignObjectRel
        )
    }


def _problem(name: str, message: str, *, location: str = "query") -> HttpResponseBase:
    response: HttpResponseBase = problem_response(
        status=422,
        detail=message,
        errors=[{"type": "value_error", "loc": [location, name], "msg": message}],
    )
    return response


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error page of Django's as ``problem+json``; everything else as it is."""
    content_type = response.get("Content-Type", "")
    if response.status_code < 400 or content_type.startswith(PROBLEM_JSON):
        return response
    details = {404: "There is nothing at this address.", 405: "This method is not allowed here."}
    problem: HttpResponseBase = problem_response(
        status=response.status_code, detail=details.get(response.status_code, "")
    )
    for name in ("Allow", "Vary", "WWW-Authenticate"):
        if name in response:
            problem[name] = response[name]
    return problem
