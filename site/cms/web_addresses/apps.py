"""Addresses in the world outside."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebAddressesConfig(AppConfig):
    """Addresses in the world outside.

    Read ``models`` first, then ``gathering/following.py`` (which stand where), ``turns.py``
    (when they are asked), ``checking/asking.py`` (how) and ``checking/verdicts.py`` (what comes of
    it).
    """

    name = "cms.web_addresses"
    label = "cms_web_addresses"
    verbose_name = _("Web addresses")

    def ready(self) -> None:
        """Has the worker look at them, and start page and rules speak of them."""
        from cms.common.periodic import register_periodic_task
        from cms.content.start_page.sections import register_section
        from cms.web_addresses import rules  # noqa: F401 - registers itself
        from cms.web_addresses.admin.section import dead_links
        from cms.web_addresses.turns import wake

        register_periodic_task("Looking at web addresses", wake)
        register_section(dead_links)
