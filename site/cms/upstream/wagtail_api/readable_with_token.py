"""Shows who has a token of API v3 all that anybody may see.

``get_pages_queryset`` of Wagtail 8.0.1 gives who has a token the pages that they may edit, drafts
among them, and nothing else: an editor of English pages finds no live Finnish one, which everybody
finds without a token. Here public pages are added, except where drafts are asked for. May go when
upstream's pages for a token hold the public ones.
"""

from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from cms.upstream.replacement import Replacement, apply_replacements

PAGES = "wagtail.api.v3.querysets:get_pages_queryset"


def apply() -> None:
    """Puts it in, before the routers import what is replaced."""
    apply_replacements(
        Replacement(
            PAGES,
            "2dc734406f997c155febf1f1e200589d6e2877efc8f053b679074800b2ecbe1b",
            with_public_pages,
        )
    )


def with_public_pages(find: Any) -> Any:
    """The pages that a request may read: those that its user may edit, and the public ones."""

    @wraps(find)
    def find_readable(request: HttpRequest, model: Any = Page) -> Any:
        found = find(request, model)
        user = request.user
        if not user.is_authenticated or request.GET.get("version") == "draft":
            return found
        request.user = AnonymousUser()
        try:
            public = find(request, model)
        finally:
            request.user = user
        readable = Q(pk__in=_ids(found)) | Q(pk__in=_ids(public))
        pages = model._default_manager.filter(readable)
        return pages.select_related("content_type", "locale").order_by("pk")

    return find_readable


def _ids(pages: Any) -> Any:
    return pages.order_by().select_related(None).values("pk")
