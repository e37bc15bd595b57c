"""The wastebasket's additions to Wagtail's admin."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.wastebasket.admin.urls import admin_urls
from cms.wastebasket.following import BROUGHT_BACK

hooks.register("register_admin_urls", admin_urls)


class WastebasketMenuItem(MenuItem):
    """An entry for who works on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether the user has a permission on any page."""
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Below the reports."""
    return WastebasketMenuItem(
        _("Wastebasket"),
        reverse("cms_wastebasket:list"),
        name="wastebasket",
        icon_name="bin",
        order=1300,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Registers what the history of a page says of it."""
    actions.register_action(BROUGHT_BACK, _("Bring back"), _("Brought back from the wastebasket"))


@hooks.register("after_delete_page")
def tell_where_it_is(request: HttpRequest, page: Page) -> None:
    """Says behind Wagtail's message that a page is deleted where it is."""
    _tell(request, 1)


@hooks.register("after_bulk_action")
def tell_where_they_are(request: HttpRequest, action_type: str, objects: Any, action: Any) -> None:
    """Says the same of many."""
    if action_type == "delete" and issubclass(action.models[0], Page) and objects:
        _tell(request, len(objects))


def _tell(request: HttpRequest, count: int) -> None:
    days = settings.WASTEBASKET_DAYS
    if count == 1:
        said = ngettext(
            "It can be brought back for %(days)d day.",
            "It can be brought back for %(days)d days.",
            days,
        )
    else:
        said = ngettext(
            "They can be brought back for %(days)d day.",
            "They can be brought back for %(days)d days.",
            days,
        )
    address = messages.button(reverse("cms_wastebasket:list"), _("Wastebasket"))
    messages.info(request, said % {"days": days}, buttons=[address])
