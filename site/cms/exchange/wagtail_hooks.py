"""The exchange room's additions to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_localize.models import Translation

from cms.exchange.admin.editor_panel import PageFilesPanel
from cms.exchange.admin.urls import admin_urls
from cms.translation.admin.links import HOOK, TranslationLink
from cms.translation.editor.page import PANELS_HOOK
from cms.translation.roles.permissions import translator_locales


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """Jobs, and the files of single pages."""
    return admin_urls()


class TranslatorMenuItem(MenuItem):
    """An entry that only who translates sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether the user translates into a language."""
        return bool(translator_locales(request.user))


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Beside the report."""
    return TranslatorMenuItem(
        gettext_lazy("Files for translators"),
        reverse("cms_exchange:jobs"),
        name="translation-files",
        icon_name="download",
        order=110,
    )


@hooks.register(HOOK)
def link_to_files(request: HttpRequest) -> TranslationLink | None:
    """From the report and the list of pages, with the filters that are chosen there."""
    if not translator_locales(request.user):
        return None
    query = request.GET.urlencode()
    address = reverse("cms_exchange:jobs")
    return TranslationLink(_("Files for translators"), f"{address}?{query}" if query else address)


@hooks.register(PANELS_HOOK)
def add_page_files(request: HttpRequest, translation: Translation) -> PageFilesPanel:
    """At the end of the translators' editor."""
    return PageFilesPanel(translation)
