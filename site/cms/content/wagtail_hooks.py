"""The content room's additions to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.content.admin.api import register_endpoints
from cms.content.admin.own_language import language_being_edited
from cms.content.admin.visible import visible


@hooks.register("construct_page_chooser_queryset")
def offer_own_language(pages: Any, request: HttpRequest) -> Any:
    """A page links to pages of its own language; the API finds the other languages.

    Nobody is offered another's draft, or what is closed.
    """
    pages = visible(request.user, pages)
    locale = language_being_edited(request)
    return pages if locale is None else pages.filter(locale=locale)


# After Wagtail's own.
hooks.register("construct_admin_api", register_endpoints, order=100)
