"""The parameters that an address of API v3 takes in its query, as its own description has them.

Wagtail's views skip what they do not know: who misspells a filter would get everything.
"""

from functools import cache
from typing import Any, Final

from django.http import HttpRequest
from django.urls import ResolverMatch
from wagtail.api import APIField
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.coreutils import resolve_model_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.common.api_addresses import is_api


def unknown_parameter(request: HttpRequest, match: ResolverMatch) -> str | None:
    """The first parameter that the address does not take; ``None`` where it takes all.

    Who may not ask at all is told so by the view.
    """
    operation = _operations().get((str(request.method), match.url_name or ""))
    if operation is None or not request.GET:
        return None
    unknown = sorted(set(request.GET) - _names(operation) - _fields(match))
    return unknown[0] if unknown and _may_ask(operation, request) else None


def repeated_parameter(request: HttpRequest, match: ResolverMatch) -> str | None:
    """The first parameter that takes one value and is given twice; ``None`` where none is.

    Django and Ninja take the last one, so that ``?limit=5&limit=50`` gave fifty without a word.
    """
    twice = [name for name, values in request.GET.lists() if len(values) > 1]
    if not twice or not is_api(request.path):
        return None
    operation = _operations().get((str(request.method), match.url_name or ""))
    lists = _lists(operation) if operation else set()
    if match.url_name in _TAGGED:
        lists.add("tags")
    return next((name for name in twice if name not in lists), None)


_TAGGED: Final = frozenset({"list_documents", "list_images"})
"""Of these Wagtail reads ``tags`` itself: what has all that are asked for."""


def _lists(operation: Any) -> set[str]:
    """The parameters of an operation that take several values."""
    return {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in getattr(model, "__ninja_collection_fields__", ())
    }


@cache
def _operations() -> dict[tuple[str, str], Any]:
    """Ninja's operations by method and name of the address."""
    # It is made of all models, and the middleware is imported before there are any.
    from wagtail.api.v3.urls import api

    return {
        (method, getattr(operation, "url_name", None) or view.url_name or ""): operation
        for router in api._get_bound_routers()  # noqa: SLF001 - nothing public names them
        for view in router.path_operations.values()
        for operation in view.operations
        for method in operation.methods
    }


def _names(operation: Any) -> set[str]:
    return {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }


def _fields(match: ResolverMatch) -> set[str]:
    """The fields by which Wagtail's own lists can be filtered; not part of its description."""
    from wagtail.contrib.redirects.api.v3.router import BASE_REDIRECT_READ_FIELDS
    from wagtail.contrib.redirects.models import Redirect
    from wagtail.documents.api.v3.router import BASE_DOCUMENT_READ_FIELDS
    from wagtail.images.api.v3.router import BASE_IMAGE_READ_FIELDS

    listed: dict[str, tuple[Any, list[str]]] = {
        "list_documents": (get_document_model(), BASE_DOCUMENT_READ_FIELDS),
        "list_images": (get_image_model(), BASE_IMAGE_READ_FIELDS),
        "list_redirects": (Redirect, BASE_REDIRECT_READ_FIELDS),
        "list_snippets": (_snippet(match), ["id"]),
    }
    if match.url_name not in listed:
        return set()
    model, base = listed[match.url_name]
    if model is None:
        return set()
    fields = APIField.get_fields_for_model(model, db_fields_only=True)
    return {*base, *(field.name for field in fields)}


def _snippet(match: ResolverMatch) -> Any:
    try:
        return resolve_model_string(str(match.kwargs.get("type", "")))
    except (LookupError, ValueError):
        return None  # The view says that there is no such type.


def _may_ask(operation: Any, request: HttpRequest) -> bool:
    asked_for = list(operation.auth_callbacks)
    if not asked_for or any(isinstance(one, AllowAnonymous) for one in asked_for):
        return True
    authenticate: Any = BearerTokenAuth()
    return authenticate(request) is not None
