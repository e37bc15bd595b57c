"""The site that shows the demo."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_WELCOME_SLUG: Final = "home"


def point_site_to(home: Page, report: Callable[[str], None]) -> None:
    """Make ``home`` the root of the default site and remove Wagtail's own welcome page."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page = home
    site.site_name = settings.WAGTAIL_SITE_NAME
    if not site.hostname:
        site.hostname = "localhost"
    site.save()
    for page in Page.objects.filter(depth=2, slug=_WELCOME_SLUG, numchild=0):
        # The welcome page is a bare Page without a revision: nobody has touched it.
        if page.specific_class is Page and page.latest_revision_id is None:
            page.delete()
            report("Wagtail's welcome page: removed.")


def update_address(home: Page, report: Callable[[str], None]) -> None:
    """Give the demo's site the address of the setting ``BASE_URL``, without which all links lie.

    ``make run`` may listen on another port than last time. Sites with another root are left alone.
    """
    base_url = urlsplit(getattr(settings, "BASE_URL", ""))
    if not base_url.hostname:
        return
    port = base_url.port or _DEFAULT_PORTS.get(base_url.scheme, 80)
    for site in Site.objects.filter(root_page=home, is_default_site=True):
        if (site.hostname, site.port) != (base_url.hostname, port):
            site.hostname, site.port = base_url.hostname, port
            site.save()
            report(f"Address of the site: {site.root_url}")
