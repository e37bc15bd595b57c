"""Rules for what is read and written with a token: drafts, translations, pictures."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response
from wagtail.models import Page

from cms.content.images.cleaning.notice import HEADER
from cms.translation.lifecycle.taking_down import Choice

TRANSLATIONS: Final = "translations"
"""The parameter by which whoever unpublishes or deletes a page chooses for its translations."""

_TAKES_DOWN: Final = {
    ("POST", "wagtailapi_v3:pages_actions_unpublish"),
    ("DELETE", "wagtailapi_v3:pages_actions_delete"),
    ("DELETE", "wagtailapi_v3:detail_page"),
}
_DETAIL: Final = "wagtailapi_v3:detail_page"
_OF_PAGES: Final = ("wagtailapi_v3:pages_actions_", _DETAIL)

PARAMETER: Final = {
    "in": "query",
    "name": TRANSLATIONS,
    "required": False,
    "schema": {
        "enum": [choice.value for choice in Choice],
        "default": Choice.TAKE_DOWN.value,
        "title": "Translations",
        "type": "string",
    },
    "description": (
        "What becomes of the live translations of the page. `take_down` unpublishes them too; when "
        "the page is published again, so are they. `leave` leaves them live and tells their "
        "translators. No permission in their languages is needed."
    ),
}


_POSITION_REMOVED: Final = {
    "description": (
        "The picture said where it was taken, and no longer does. Without a position there is no "
        "such header. Names, camera, comments and previews are removed in any case."
    ),
    "schema": {"type": "string", "enum": ["true"]},
}


def choice_of(request: HttpRequest) -> Choice:
    """The choice that a request makes; without one all languages go."""
    chosen = request.GET.get(TRANSLATIONS)
    return Choice.LEAVE if chosen == Choice.LEAVE.value else Choice.TAKE_DOWN


def fault_in_choice(request: HttpRequest, view_name: str) -> str:
    """A sentence on a choice that there is not; empty where there is none."""
    if (request.method, view_name) not in _TAKES_DOWN or TRANSLATIONS not in request.GET:
        return ""
    if request.GET[TRANSLATIONS] in list(Choice):
        return ""
    return f"{TRANSLATIONS} is one of: {', '.join(Choice)}."


def fault_in_page(request: HttpRequest, view_name: str, page_id: Any) -> str:
    """A sentence on a page that cannot be written to as it is asked; empty where there is none.

    Wagtail ends in an error for these. Who has no token is told by the view that one is needed.
    """
    if request.method == "GET" or not view_name.startswith(_OF_PAGES):
        return ""
    authenticate: Any = BearerTokenAuth()
    if authenticate(request) is None:
        return ""
    page = Page.objects.filter(pk=page_id).only("depth", "alias_of_id").first()
    if page is None:
        return ""
    if page.depth == 1 and view_name.endswith(("_copy", "_create_alias", "_move")):
        return f"Page {page_id} is the root of all sites; it cannot be copied, shown or moved."
    is_publishing = view_name.endswith("_publish") or request.method in {"PATCH", "PUT"}
    if page.alias_of_id is not None and is_publishing:
        return (
            f"Page {page_id} shows page {page.alias_of_id}, and is published with it. Write to "
            "that one, or make this one a page of its own by convert_alias."
        )
    return ""


def refuse_draft(request: HttpRequest, view_name: str) -> HttpResponseBase | None:
    """Asks for a token where somebody asks for a draft without one that is known."""
    if view_name != _DETAIL or request.GET.get("version") != "draft":
        return None
    authenticate: Any = BearerTokenAuth()
    if authenticate(request) is not None:
        return None
    response: HttpResponseBase = problem_response(
        status=401, detail="A draft is read with an API token."
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def describe(description: Any) -> None:
    """Adds the rules to the description of the API."""
    paths: Any = {
        path[path.index("/pages/") :]: operations
        for path, operations in description["paths"].items()
        if "/pages/" in path
    }
    for method, path in (
        ("post", "/pages/{page_id}/actions/unpublish/"),
        ("delete", "/pages/{page_id}/actions/delete/"),
        ("delete", "/pages/{page_id}/"),
    ):
        paths[path][method]["parameters"].append(dict(PARAMETER))
    uploading = next(
        operations["post"]
        for path, operations in description["paths"].items()
        if path.endswith("/images/")
    )
    uploading["responses"][201]["headers"] = {HEADER: dict(_POSITION_REMOVED)}
    paths["/pages/{page_id}/"]["get"]["responses"][401] = {
        "description": "A draft was asked for without a token that is known."
    }
