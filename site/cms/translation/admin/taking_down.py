"""The choice of what becomes of translations, in the forms of the admin that take pages down."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from cms.languages.names import display_name
from cms.translation.lifecycle.closed_pages import keys_closed_with
from cms.translation.lifecycle.taking_down import Choice, choose, choosing, live_translations

FIELD: Final = "translations"

_FORMS: Final = frozenset({"unpublish", "delete", "wagtail_bulk_action"})
"""Names of the views whose forms have the field."""

SHOWN: Final = 20
"""Translations that a form names; of more it says how many there are."""


class TakingDownChoice:
    """Middleware; has the choice of a form hold while the form is followed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on; without a choice all languages go."""
        if "/api/" in request.path:
            return self.get_response(request)  # It has made its own.
        with choosing(Choice.TAKE_DOWN):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Makes the choice that the form makes."""
        match = request.resolver_match
        if request.method != "POST" or match is None or match.url_name not in _FORMS:
            return
        if request.POST.get(FIELD) == Choice.LEAVE.value:
            choose(Choice.LEAVE)


def form_context(pages: Collection[int], *, is_deleted: bool) -> dict[str, Any]:
    """The live translations of some pages, as a form shows them."""
    found = live_translations(pages)
    shown = list(found[: SHOWN + 1])
    return {
        "field": FIELD,
        "translations": [
            {"page": page, "language": display_name(page.locale.language_code)}
            for page in shown[:SHOWN]
        ],
        "more": found.count() - SHOWN if len(shown) > SHOWN else 0,
        "take_down": Choice.TAKE_DOWN.value,
        "leave": Choice.LEAVE.value,
        "is_deleted": is_deleted,
    }


def closed_along(page: Page) -> list[tuple[str, int]]:
    """The languages in which live pages are closed with a page, and how many: named, counted."""
    keys = keys_closed_with([page.pk])
    pages = Page.objects.live().filter(
        translation_key__in=keys, id__is_closed=False, id__is_closed_by=[page.pk]
    )
    others = pages.exclude(locale=page.locale_id).order_by("locale__language_code")
    counts: dict[str, int] = defaultdict(int)
    for code in others.values_list("locale__language_code", flat=True):
        counts[code] += 1
    return [(display_name(code), count) for code, count in counts.items()]
