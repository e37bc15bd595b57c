"""Leads *View draft* to the front end, where the page's site has one."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from cms.delivery.previews.admin.window import window_address

_VIEW_DRAFT: Final = "wagtailadmin_pages:view_draft"


class ViewDraft:
    """Middleware; stands behind those that know the user and refuse who may not see the page.

    Wagtail asks no hook there; its own view has one way of showing a page, for old revisions too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes the request on: the view is not known yet."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Leads to the window; a mode that is asked for by name is Wagtail's own."""
        match = request.resolver_match
        if match is None or match.view_name != _VIEW_DRAFT or "mode" in request.GET:
            return None
        page = Page.objects.filter(pk=kwargs["page_id"]).first()
        if page is None or not request.user.is_authenticated:
            return None
        address = window_address(page, request.user)
        return redirect(address) if address else None
