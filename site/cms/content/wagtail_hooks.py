"""The content room's additions to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.content.admin import placing
from cms.content.admin.api import register_endpoints
from cms.content.admin.own_language import language_being_edited
from cms.content.admin.visible import visible
from cms.content.order.sources import stands_as_source
from cms.content.rich_text import pasting
from cms.content.rich_text.conversion import register_lists
from cms.content.rich_text.language_feature import register_language_parts
from cms.content.rules.admin.bulk_publishing import PublishWithinRules
from cms.content.start_page import urls as start_page
from cms.content.start_page.lists import REVIEWED
from cms.content.start_page.panel import EditorPanel, is_editor
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.lifecycle.closed_pages import is_closed


@hooks.register("construct_page_chooser_queryset")
def offer_own_language(pages: Any, request: HttpRequest) -> Any:
    """A page links to pages of its own language; the API finds the other languages.

    Nobody is offered another's draft, or what is closed.
    """
    pages = visible(request.user, pages)
    locale = language_being_edited(request)
    return pages if locale is None else pages.filter(locale=locale)


@hooks.register("construct_explorer_page_queryset")
def tell_closed_pages(parent_page: Any, pages: Any, request: HttpRequest) -> Any:
    """Finds for all pages of a list at once whether they are closed; see their padlocks.

    Of translations also whether they stand where their source stands, and cannot be dragged.
    """
    pages = pages.annotate(is_closed=is_closed())
    is_translation = parent_page.depth > 1 and (
        parent_page.locale.language_code != SOURCE_LANGUAGE_CODE
    )
    return pages.annotate(stands_as_source=stands_as_source()) if is_translation else pages


@hooks.register("construct_homepage_panels")
def show_what_to_look_at(request: HttpRequest, panels: list[Any]) -> None:
    """For who changes pages other than translations."""
    if is_editor(request.user):
        panels.append(EditorPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Registers what the history of a page says of a review."""
    actions.register_action(REVIEWED, _("Review"), _("Reviewed, and left as it is"))


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """Lists that can be read on a telephone."""
    return format_html('<link rel="stylesheet" href="{}">', static("content/admin/narrow.css"))


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """Side panels that do not cover a form on a telephone.

    Not a module: it is read before Wagtail opens the panel that was open last.
    """
    return format_html('<script src="{}"></script>', static("content/admin/side_panels.js"))


hooks.register("register_admin_urls", pasting.admin_urls)
hooks.register("register_admin_urls", start_page.admin_urls)
hooks.register("register_admin_urls", placing.admin_urls)

# After Wagtail's own.
hooks.register("register_rich_text_features", register_lists, order=100)
hooks.register("register_rich_text_features", register_language_parts)
hooks.register("construct_admin_api", register_endpoints, order=100)
hooks.register("register_bulk_action", PublishWithinRules, order=100)
