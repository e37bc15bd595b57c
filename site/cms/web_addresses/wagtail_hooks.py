"""The additions of web addresses to Wagtail's admin."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms.content.start_page.panel import is_editor
from cms.web_addresses.admin.urls import admin_urls

hooks.register("register_admin_urls", admin_urls)


class WebAddressesMenuItem(MenuItem):
    """An entry for who changes pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tells whether the user does."""
        return is_editor(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> MenuItem:
    """Below the reports."""
    return WebAddressesMenuItem(
        _("Dead links"),
        reverse("cms_web_addresses:list"),
        name="web-addresses",
        icon_name="link",
        order=1250,
    )
