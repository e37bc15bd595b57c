"""Additions of drafts for front ends to Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.delivery.previews.admin.urls import urlpatterns
from cms.delivery.previews.admin.window import window_address
from cms.delivery.previews.tokens import SHARED, WITHDRAWN, may_preview
from cms.translation.editor.page import PREVIEW_HOOK


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """The window, and the links of a page."""
    return urlpatterns


@hooks.register("register_page_header_buttons")
def register_share_button(
    page: Any, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """A button in the menu of a page's editor."""
    if view_name == "edit" and may_preview(user, page):
        address = reverse("delivery_previews:share", args=[page.pk])
        yield Button(_("Share a draft"), address, icon_name="link", priority=66)


@hooks.register(PREVIEW_HOOK)
def show_translation_on_front_end(request: HttpRequest, page: Any) -> str:
    """The preview beside the translators' editor."""
    return window_address(page, request.user)


@hooks.register("insert_global_admin_js")
def add_script() -> SafeString:
    """Tells windows of what is saved, and opens the address of what was clicked in one."""
    return _module("cms_previews/editor.js")


@hooks.register("insert_editor_js")
def add_script_of_editor() -> SafeString:
    """Goes to the field that an address names."""
    return _module("cms_previews/open_field.js")


@hooks.register("insert_global_admin_css")
def add_style() -> SafeString:
    """The frame in the preview panel."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms_previews/panel.css"))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Registers the actions in the history of a page."""
    actions.register_action(SHARED, _("Share a draft"), _("A link to the draft was made"))
    actions.register_action(WITHDRAWN, _("Withdraw a link"), _("A link to the draft was withdrawn"))


def _module(path: str) -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static(path))
