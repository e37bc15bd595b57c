"""Rules for what is read and written with a token: drafts, translations, pictures."""

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from wagtail.api.v3.auth import BearerTokenAuth
from wagtail.api.v3.errors import problem_response
from wagtail.api.v3.querysets import get_pages_queryset
from wagtail.models import Page

from cms.common.api_addresses import TYPED_API
from cms.content.images.notices import POSITION_REMOVED, STANDS_STILL
from cms.content.order.sources import page_that_decides
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
_STANDS_STILL: Final = {
    "description": (
        "The picture moves, and its renditions show its first frame, which stands still. There is "
        "no such header for any other."
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
    if not view_name.startswith(_OF_PAGES):
        return ""
    authenticate: Any = BearerTokenAuth()
    if authenticate(request) is None:
        return ""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return ""
    if page.depth == 1 and view_name.endswith(("_copy", "_create_alias", "_move")):
        return f"Page {page_id} is the root of all sites; it cannot be copied, shown or moved."
    if view_name.endswith("_move") and (destination := _beside(request)) is not None:
        return (
            f"Page {destination} is the root of all sites; nothing stands beside it. Say "
            '"position": "first-child" or "last-child".'
        )
    if view_name.endswith("_move") and (source := _in_its_way(request, page)) is not None:
        return (
            f"Page {page_id} is a translation and stands where its source stands, in every "
            f"language. Move page {source.pk}."
        )
    is_publishing = view_name.endswith("_publish") or request.method in {"PATCH", "PUT"}
    if page.alias_of_id is not None and is_publishing:
        return (
            f"Page {page_id} shows page {page.alias_of_id}, and is published with it. Write to "
            "that one, or make this one a page of its own by convert_alias."
        )
    return ""


def _move_of(request: HttpRequest) -> tuple[int, bool] | None:
    """The page to which a page is to be moved, and whether below it; ``None`` if that is wrong."""
    try:
        sent = json.loads(request.body)
        # The view takes 1.0 and "1" for 1.
        destination, position = int(sent["destination_id"]), sent.get("position")
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None  # What is wrong there, the view says.
    return destination, position in ("first-child", "last-child")


def _beside(request: HttpRequest) -> int | None:
    """The root of all pages, where a page is to be moved beside it; else ``None``."""
    destination, is_below = _move_of(request) or (0, True)
    if is_below:
        return None
    is_root = Page.objects.filter(pk=destination, depth=1).exists()
    return destination if is_root else None


def _in_its_way(request: HttpRequest, page: Page) -> Page | None:
    """The source of a page that is to be moved among its siblings, where that decides its place.

    Who may not move the page is refused by the view, and learns of no other page.
    """
    if not page.permissions_for_user(request.user).can_move():
        return None
    destination, is_below = _move_of(request) or (0, True)
    target = Page.objects.filter(pk=destination).only("path").first()
    above = target and (target.path if is_below else target.path[: -Page.steplen])
    return page_that_decides(page) if above == page.path[: -Page.steplen] else None


def refuse_draft(request: HttpRequest, view_name: str, page_id: Any) -> HttpResponseBase | None:
    """Asks for a token where somebody asks for a draft without the right to edit the page.

    One answer for all of them: nobody learns which pages there are.
    """
    if view_name != _DETAIL or request.GET.get("version") != "draft":
        return None
    authenticate: Any = BearerTokenAuth()
    if authenticate(request) is not None and _may_read_draft(request, page_id):
        return None
    response: HttpResponseBase = problem_response(
        status=401, detail="A draft is read with an API token of somebody who may edit the page."
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


def refuse_token(request: HttpRequest) -> HttpResponseBase | None:
    """Refuses a token that is not known, whatever is asked for: nobody takes less for all.

    Another scheme than ours is for a server in front, such as one that asks for a password.
    """
    scheme = request.headers.get("Authorization", "").partition(" ")[0]
    if scheme.lower() != "bearer" or not request.path.startswith(TYPED_API):
        return None
    authenticate: Any = BearerTokenAuth()
    if authenticate(request) is not None:
        return None
    response: HttpResponseBase = problem_response(
        status=401, detail="The token is unknown, has been withdrawn, or its user may not sign in."
    )
    response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _may_read_draft(request: HttpRequest, page_id: Any) -> bool:
    # Asked for drafts, it finds what the user of the token may edit or publish.
    return bool(get_pages_queryset(request).filter(pk=page_id).exists())


def keep_draft_unseen(request: HttpRequest, response: HttpResponseBase) -> None:
    """Lets no cache keep the draft of a page, nor the refusal of one."""
    match = request.resolver_match
    if match is None or match.view_name != _DETAIL or request.GET.get("version") != "draft":
        return
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Authorization"])


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
    uploading["responses"][201]["headers"] = {
        POSITION_REMOVED.header: dict(_POSITION_REMOVED),
        STANDS_STILL.header: dict(_STANDS_STILL),
    }
    paths["/pages/{page_id}/"]["get"]["responses"][401] = {
        "description": "A draft was asked for without a token that may read it."
    }
