"""The window in which the admin shows a draft on the front end.

It is a page of the admin's own origin around the front end: it knows the token, tells the front
end when something was saved, and opens a field that was clicked there.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import View
from wagtail.models import Page

from cms.delivery.previews.front_end import FrontEnd, front_end_of
from cms.delivery.previews.tokens import OF_A_PREVIEW, make_token, may_preview
from cms.delivery.previews.views import UNSEEN


def admin_origin(request: HttpRequest) -> str:
    """Scheme and authority at which somebody works in the admin."""
    return f"{request.scheme}://{request.get_host()}"


def window_address(page: Any, user: Any) -> str:
    """The address of the window of a page; empty where its draft is not shown on a front end."""
    if not isinstance(page, Page) or front_end_of(page) is None or not may_preview(user, page):
        return ""
    return reverse("delivery_previews:window", args=[page.pk])


class OfDraft(View):
    """A view of who may see the draft of a page elsewhere."""

    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuses everybody else.

        Raises:
            PermissionDenied: the user may not.
        """
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_preview(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def front_end(self) -> FrontEnd:
        """The front end of the page's site.

        Raises:
            Http404: it has none.
        """
        found = front_end_of(self.page)
        if found is None:
            raise Http404
        return found


@method_decorator([never_cache, xframe_options_sameorigin], name="dispatch")
class WindowView(OfDraft):
    """``GET``: the front end in a frame."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Shows no other site than the front end in it."""
        if front_end_of(self.page) is None:
            # The setting was emptied while the window was open.
            return redirect("wagtailadmin_pages:view_draft", page_id)
        origin = self.front_end.origin
        response = TemplateResponse(
            request, "cms_previews/window.html", {"page": self.page, "origin": origin}
        )
        response["Content-Security-Policy"] = (
            f"default-src 'self'; frame-src {origin}; frame-ancestors 'self'; base-uri 'none'"
        )
        response["Referrer-Policy"] = UNSEEN["Referrer-Policy"]
        return response


@method_decorator(never_cache, name="dispatch")
class TokenView(OfDraft):
    """``POST``: a token for the window."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, page_id: int) -> JsonResponse:
        """Answers with the address of the draft, with a token of its own."""
        front_end = self.front_end
        token = make_token(self.page, request.user, OF_A_PREVIEW, admin=admin_origin(request))
        return JsonResponse({"address": front_end.address(token)})
