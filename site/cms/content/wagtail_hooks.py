"""The content room's additions to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.content.admin.own_language import language_being_edited


@hooks.register("construct_page_chooser_queryset")
def offer_own_language(pages: Any, request: HttpRequest) -> Any:
    """A page links to pages of its own language; the API finds the other languages."""
    locale = language_being_edited(request)
    return pages if locale is None else pages.filter(locale=locale)
