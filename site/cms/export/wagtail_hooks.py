"""The export room's additions to Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.exchange.parallel_texts.permissions import may_export
from cms.export.downloads.disk_quota import CLEARED
from cms.export.downloads.jobs import DELETED, FETCHED, MADE


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    """The screen and its files."""
    from cms.export.downloads.admin.urls import admin_urls

    return admin_urls()


class ExportMenuItem(MenuItem):
    """An entry that only who works in a language sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether the user may make files."""
        return may_export(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    """Before *Reports*."""
    return ExportMenuItem(
        _("Export"),
        reverse("cms_export:files"),
        name="export",
        icon_name="download",
        order=8900,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Registers the history of a file, for the report on the site's history."""
    actions.register_action(MADE, _("Make an export"), _("Made the export"))
    actions.register_action(FETCHED, _("Fetch an export"), _("Fetched the export"))
    actions.register_action(DELETED, _("Delete an export"), _("Deleted the export"))
    actions.register_action(
        CLEARED, _("Delete an export to make room"), _("Deleted the export to make room")
    )
