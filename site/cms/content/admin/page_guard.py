"""Checks for every view of the admin that the pages and facts that a request names may be seen.

Most of Wagtail's views ask what they need to; those that move, choose and compare, and what stands
in a query or a form, show the title of any page whose number one tries. Here every view is asked
before it runs, so that one that comes with a new version is closed too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from cms.content.admin.visible import sees_all, works_on_all

_PAGE_ARGUMENT: Final = re.compile(r"(?:^|_)page(?:_to_move)?_(?:id|pk)$|^destination_id$")
_PAGES_BY_KEY: Final = ("wagtailadmin_pages", "wagtailadmin_api:pages")
"""Namespaces in which ``pk`` names a page."""

_LIMITED: Final = "wagtailadmin_api:pages:detail"
"""The view of :mod:`cms.content.admin.api` that finds what may be seen, and nothing else. Editors
ask it behind their page: a refusal would be told on the next one."""

_READING: Final = ("wagtailadmin_choose_page", "wagtail_localize:")
"""Beginnings of the names of views that need no more than to see a page: to link to it, or to have
it translated."""

_OF_A_FACT: Final = "wagtail_localize:submit_snippet"
"""Beginning of the name of a view in which a model and ``pk`` name a fact."""

_NAMED_IN_FORMS: Final = ("chooser", "new_parent_page", "childOf", "child_of", "descendant_of")
_CHOOSERS: Final = "wagtailsnippetchoosers_"


class PageGuard:
    """Middleware; stands behind the one that knows the user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on: nothing is checked before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Lets a view run, or leads away from it, as Wagtail's own views do."""
        match = request.resolver_match
        # Asked first: what anybody may read asks for no session, and is the same for everybody.
        if match is None or not _is_admin(request):
            return None
        user: Any = request.user
        if not user.is_authenticated or (user.is_superuser and user.is_active):
            return None
        return None if _may_run(user, request, match) else permission_denied(request)


def _is_admin(request: HttpRequest) -> bool:
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False  # A program with addresses of its own has no admin.


def _may_run(user: Any, request: HttpRequest, match: Any) -> bool:
    seen, worked = set(), set(_pages_in_form(request))
    for name, value in match.kwargs.items():
        if match.view_name == _LIMITED:
            continue
        if _PAGE_ARGUMENT.search(name) or (name == "pk" and match.namespace in _PAGES_BY_KEY):
            (seen if match.view_name.startswith(_READING) else worked).add(value)
    ids = [number for number in request.GET.getlist("id") if number.isdigit()]
    if match.view_name == "wagtailadmin_choose_page_chosen_multiple":
        seen.update(ids)
    named = [str(match.kwargs["pk"])] if "pk" in match.kwargs else []
    if match.view_name == "wagtail_bulk_action" or match.view_name.startswith(_OF_A_FACT):
        model = _model(match.kwargs)
        if model is not None and not sees_all(user, model, [*ids, *filter(str.isdigit, named)]):
            return False
    if match.namespace.startswith(_CHOOSERS):
        facts = [*ids, *filter(str.isdigit, named)]
        if not sees_all(user, _fact_model(match.namespace), facts):
            return False
    return sees_all(user, Page, seen) and works_on_all(user, worked)


def _pages_in_form(request: HttpRequest) -> Iterator[str]:
    """The pages that a query or a form names."""
    for data in (request.GET, request.POST if request.method == "POST" else {}):
        for name in _NAMED_IN_FORMS:
            value = str(data.get(name, ""))
            if value.isdigit():
                yield value


def _model(kwargs: dict[str, Any]) -> type[Any] | None:
    try:
        return apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return None


def _fact_model(namespace: str) -> type[Any]:
    name = namespace.removeprefix(_CHOOSERS)
    found: type[Any] = next(
        model
        for model in get_snippet_models()
        if f"{model._meta.app_label}_{model._meta.model_name}" == name
    )
    return found
