"""Rules for every address of the API: honest errors, and the language of the answer."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import DateField, ForeignObjectRel, JSONField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils import translation
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response
from wagtail.coreutils import resolve_model_string
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.common.api_addresses import TYPED_API, is_api
from cms.delivery.caching.tags import CACHE_TAG_HEADER
from cms.delivery.endpoints.lists import lists_pages, mark_list
from cms.delivery.endpoints.pages import from_document
from cms.delivery.http.body_rules import BadBody, check_body
from cms.delivery.http.problems import NOTHING_THERE, as_problem
from cms.delivery.http.query_parameters import repeated_parameter, unknown_parameter
from cms.delivery.http.rate_limit import refuse_search
from cms.delivery.http.unknown_members import unknown_member
from cms.delivery.http.write_rules import (
    TRANSLATIONS,
    choice_of,
    fault_in_choice,
    fault_in_page,
    keep_draft_unseen,
    refuse_draft,
    refuse_token,
)
from cms.delivery.openapi.deprecation import deprecation_headers, path_of_route
from cms.delivery.search.query import LONGEST_QUERY
from cms.languages.registry import LANGUAGES
from cms.translation.lifecycle.taking_down import choosing

LARGEST_NUMBER = 2**63 - 1
"""What both databases can hold."""
ONE_DOCUMENT = frozenset({"wagtailapi_v3:detail_page", "wagtailapi:pages:detail"})
"""Answers that are one document, in one language."""

NAMESPACE = "wagtailapi_v3"
"""Of the names of the addresses of version 3."""
TYPED_LIST = f"{NAMESPACE}:list_pages"
LISTS_OF_PAGES = frozenset({TYPED_LIST, "wagtailapi:pages:listing"})
SEARCHED_LISTS = frozenset(
    {
        *(f"{NAMESPACE}:list_{kind}" for kind in ("pages", "images", "documents", "snippets")),
        *(f"wagtailapi:{kind}:listing" for kind in ("pages", "images", "documents")),
    }
)
"""Wagtail's own lists in which one can search."""

IDS_IN_PATHS = frozenset({"page_id", "pk"})
IDS_TAKEN_ON_TRUST = {
    "id": {f"wagtailapi:{kind}:find" for kind in ("pages", "images", "documents")},
    "translation_of": {f"{NAMESPACE}:list_snippets"},
}
"""Parameters that Wagtail hands to the database without a look, by name, with their addresses."""

LANGUAGE_OF_MESSAGES = "en"
"""Errors and the description of the API are in one language, whoever asks."""

OPAQUE = {("/api/v3/preview/", "token")}
"""Addresses with a parameter that is never refused by its form: whatever is no token is like any
other that opens nothing."""

_NUMBER = re.compile(r"^[+-]?\d+$")
_PORT = re.compile(r"[0-9]{1,5}\Z")


class ValidationMiddleware:
    """Answers what no view should see, and turns what views leave open into a problem.

    Wagtail's own views skip query parameters that they do not know, and pass numbers that no
    database can hold and null bytes on to it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Passes everything outside the API on untouched."""
        if not is_api(request.path):
            return self.get_response(request)
        _forget_cookies(request)
        with translation.override(LANGUAGE_OF_MESSAGES), choosing(choice_of(request)):
            response = _refusal(request) or self.get_response(request)
        _mark(request, response)
        keep_draft_unseen(request, response)
        match = request.resolver_match
        if match is not None and request.path.startswith(TYPED_API):
            path = path_of_route(match.route)
            for name, value in deprecation_headers(str(request.method), path, request.GET).items():
                response[name] = value
        return as_problem(request, response)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuses what Wagtail's lists and addresses skip or stumble over, by name."""
        match = request.resolver_match
        if match is None:
            return None
        if twice := repeated_parameter(request, match):
            return _problem(twice, message=f"{twice!r:.80} takes one value and is given twice.")
        for name in IDS_IN_PATHS & kwargs.keys() if match.namespace == NAMESPACE else ():
            if not str(kwargs[name]).isdecimal():
                return _problem(name, message=f"{kwargs[name]!r} is not an id.", location="path")
        if (refusal := refuse_token(request)) is not None:
            return refusal
        if fault := fault_in_choice(request, match.view_name):
            return _problem(TRANSLATIONS, message=fault)
        if request.method != "GET":
            if (refusal := _member_refusal(request, match)) is not None:
                return refusal
            fault = fault_in_page(request, match.view_name, kwargs.get("page_id"))
            return _problem("page_id", message=fault, location="path") if fault else None
        if (refusal := refuse_draft(request, match.view_name, kwargs.get("page_id"))) is not None:
            return refusal
        if unknown := _unknown_parameter(request, match):
            return _problem(unknown, message=f"Unknown parameter {unknown!r}.")
        if (stored := from_document(request, match.view_name, kwargs.get("page_id"))) is not None:
            return stored
        if match.view_name in SEARCHED_LISTS and (refusal := refuse_search(request)) is not None:
            return refusal
        if match.view_name in LISTS_OF_PAGES:
            return _list_refusal(request, typed=match.view_name == TYPED_LIST)
        for name, views in IDS_TAKEN_ON_TRUST.items():
            value = request.GET.get(name)
            if match.view_name in views and value is not None and not value.isdecimal():
                return _problem(name, message=f"{value!r} is not an id.")
        return None


def _mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Sets the language and the cache tags of an answer of Wagtail's own views."""
    match = request.resolver_match
    if match is None or response.status_code != HTTPStatus.OK:
        return
    if match.view_name in ONE_DOCUMENT:
        if language := getattr(request, "document_language", None):
            response["Content-Language"] = language
        return
    is_unmarked = CACHE_TAG_HEADER not in response and "Authorization" not in request.headers
    if is_unmarked and _shows_pages(match.view_name, response):
        mark_list(cast("HttpResponse", response))


def _shows_pages(view_name: str, response: HttpResponseBase) -> bool:
    """Tells whether it is a list of pages: Wagtail's own, or one that a room of page types adds.

    What else is a list is for those who have a token, or brings its own marks.
    """
    if view_name in LISTS_OF_PAGES:
        return True
    return view_name.startswith(f"{NAMESPACE}:list_") and lists_pages(response)


def _forget_cookies(request: HttpRequest) -> None:
    """Forgets cookies: a token alone says who asks, so that everybody gets the same answer.

    Wagtail opens what is restricted to the session that has given the password, in v2 to that of
    any user too. Empty rather than a session without content: Django would delete the visitor's
    cookie, and say that the answer varies by it.
    """
    request.COOKIES = {}
    request.META.pop("HTTP_COOKIE", None)
    request.session = {}  # type: ignore[assignment]


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    if "//" in request.path:
        response: HttpResponseBase = problem_response(status=404, detail=NOTHING_THERE)
        return response
    if "\x00" in request.path:
        return _problem("path", message="The path holds a null byte.", location="path")
    for name, values in request.GET.lists():
        if "\x00" in name:
            return _problem("?", message="The name of a parameter holds a null byte.")
        if (request.path, name) in OPAQUE:
            continue
        for value in values:
            if "\x00" in value:
                return _problem(name, message=f"{name} holds a null byte.")
            if _NUMBER.match(value) and abs(int(value[:40])) > LARGEST_NUMBER:
                return _problem(name, message=f"{name} is a number that is out of range.")
    if len(request.GET.get("search", "")) > LONGEST_QUERY:
        return _problem("search", message=f"search is longer than {LONGEST_QUERY} characters.")
    _host, colon, port = request.GET.get("site", "").partition(":")
    if colon and not _PORT.match(port):
        return _problem("site", message=f"{port!r:.80} in site is not the number of a port.")
    if request.path.startswith(TYPED_API):
        try:
            check_body(request)
        except BadBody as bad:
            return _problem(*bad.place, message=str(bad), location="body", status=bad.status)
    locale = request.GET.get("locale")
    if locale is not None and locale not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        return _problem("locale", message=f"Unknown language {locale!r} in locale. Known: {known}.")
    return None


def _unknown_parameter(request: HttpRequest, match: ResolverMatch) -> str | None:
    """A parameter that the address does not take; lists of pages look at theirs themselves."""
    if match.namespace != NAMESPACE or match.view_name in LISTS_OF_PAGES:
        return None
    return unknown_parameter(request, match)


def _member_refusal(request: HttpRequest, match: ResolverMatch) -> HttpResponseBase | None:
    """A member of what is sent that the address does not know.

    Who has no token is told by the view that one is needed.
    """
    authenticate: Any = BearerTokenAuth()
    if match.namespace != NAMESPACE or authenticate(request) is None:
        return None
    found = unknown_member(request, match.url_name or "", match.kwargs.get("type"))
    return _problem(*found[0], message=found[1], location="body") if found else None


def _list_refusal(request: HttpRequest, *, typed: bool) -> HttpResponseBase | None:
    """The fault in a query for a list of pages."""
    fields = _plain_fields(request.GET.getlist("type"))
    if typed:
        unknown = sorted(set(request.GET) - _list_parameters() - set(fields))
        if unknown:
            name = unknown[0]
            return _problem(
                name, message=f"Unknown parameter or field {name!r} for the pages asked for."
            )
        orders = {"random", *_base_fields(), *fields}
        for order in request.GET.getlist("order"):
            if order.removeprefix("-") not in orders:
                return _problem("order", message=f"Pages cannot be put in order by {order!r}.")
    for name, field in fields.items():
        # Wagtail's own answer does not say which parameter it is; v2 fails.
        if isinstance(field, DateField) and name in request.GET:
            try:
                field.to_python(request.GET[name])
            except ValidationError as error:
                return _problem(name, message=f"{name}: {' '.join(error.messages)}")
    return None


def _base_fields() -> set[str]:
    from wagtail.api.v3.schemas.pages import BASE_PAGE_READ_FIELDS

    return {*BASE_PAGE_READ_FIELDS, "id"}


def _list_parameters() -> set[str]:
    """The parameters of the list of pages, whatever their type."""
    from wagtail.api.v3.routers.pages import PageFilterSchema
    from wagtail.api.v3.schemas.params import OrderingSchema, SearchSchema

    known = {
        *PageFilterSchema.model_fields,
        *OrderingSchema.model_fields,
        *SearchSchema.model_fields,
        *_base_fields(),
        "limit",
        "offset",
    }
    # Wagtail lists it among the fields and cannot filter by it.
    return known - {"pk"}


def _plain_fields(types: list[str]) -> dict[str, Any]:
    """The fields by which pages of the type asked for can be filtered and put in order."""
    model: Any = Page
    if len(types) == 1:
        try:
            model = resolve_model_string(types[0])
        except (LookupError, ValueError):
            # The view itself says that there is no such type.
            model = Page
    names = [field.name for field in APIField.get_fields_for_model(model, db_fields_only=True)]
    fields = {name: get_model_field(model, name) for name in [*names, "first_published_at"]}
    return {
        name: field
        for name, field in fields.items()
        if not isinstance(field, StreamField | JSONField | ForeignObjectRel)
    }


def _problem(
    *place: str | int, message: str, location: str = "query", status: int = 422
) -> HttpResponseBase:
    response: HttpResponseBase = problem_response(
        status=status,
        detail=message,
        errors=[{"type": "value_error", "loc": [location, *place], "msg": message}],
    )
    return response
