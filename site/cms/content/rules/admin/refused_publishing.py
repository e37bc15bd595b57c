"""Says in the admin why something was not published, and leads to what is to be mended."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str

from cms.content.rules.admin.anchors import address_of
from cms.content.rules.findings import Finding
from cms.content.rules.refusal import PublishingRefused
from cms.translation.editor.translation_page import edit_address


class RefusedPublishing:
    """Middleware: leads to the form with the message, whichever view was to publish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answers as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answers a request of the admin that ended in :class:`PublishingRefused`."""
        if not isinstance(exception, PublishingRefused):
            return None
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        tell_refusals(request, [(exception.instance, exception.findings)])
        address = edit_address(exception.instance)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            # As the dialogue of a workflow is answered.
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


def tell_refusals(request: HttpRequest, refused: list[tuple[Any, tuple[Finding, ...]]]) -> None:
    """Adds a message that names each page or fact and what is to be mended, with links."""
    told = [
        {
            "title": get_latest_str(instance),
            "address": edit_address(instance),
            "findings": [(one, address_of(instance, one)) for one in findings],
        }
        for instance, findings in refused
    ]
    messages.error(request, render_to_string("content/admin/refused.html", {"refused": told}))
