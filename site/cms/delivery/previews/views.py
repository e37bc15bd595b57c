"""``GET /preview/?token=``: a draft as readers here will see it, for who was given the link."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.delivery.http.rate_limit import PREVIEWS
from cms.delivery.previews.drafts import draft_of, translation_of
from cms.delivery.previews.tokens import find

UNSEEN: Final = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
"""Headers by which no cache keeps a draft, no page learns its address and nobody finds it."""


@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """The page, made of nothing but its document; 410 for every token that opens nothing.

    After a 404 Django would try the same address, and with it the token, in each language.
    """
    if not PREVIEWS.allow_request(request):
        return _unseen(HttpResponse(status=429, content_type="text/plain"))
    found = find(request.GET.get("token", ""))
    if found is None:
        return _unseen(render(request, "cms_previews/over.html", status=410))
    shown = draft_of(found.page, translation_of(found.page))
    # Made without the request: it is the same for everybody, whoever is signed in.
    response: Any = shown.make_preview_request(extra_request_attrs={"is_shared_draft": True})
    return _unseen(response)


def _unseen(response: HttpResponse) -> HttpResponse:
    for name, value in UNSEEN.items():
        response[name] = value
    return response
