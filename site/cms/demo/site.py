"""The demo's content, and the site that shows it."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from wagtail.models import Page, Site

BUNDLE: Final = Path(__file__).parent / "bundle"
"""The content, as ``export_content --readable`` writes it."""

HOME_KEY: Final = UUID("67966513-79e5-5c47-b61f-46abca609cff")
"""The translation key of the demo's start pages: by it one knows that the demo is loaded."""

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def start_page(code: str) -> Page | None:
    """The demo's start page in a language; ``None`` where it is not loaded."""
    pages = Page.objects.filter(translation_key=HOME_KEY, locale__language_code=code)
    page: Page | None = pages.first()
    return page


def update_address(home: Page) -> str | None:
    """Gives the demo's site the address of ``BASE_URL``, without which all links lie.

    ``make run`` may listen on another port than last time. Sites with another root are left alone.

    Returns:
        The new address, where it is another.
    """
    base_url = urlsplit(settings.BASE_URL)
    if not base_url.hostname:
        return None
    port = base_url.port or _DEFAULT_PORTS.get(base_url.scheme, 80)
    site: Site | None = Site.objects.filter(root_page=home, is_default_site=True).first()
    if site is None or (site.hostname, site.port) == (base_url.hostname, port):
        return None
    site.hostname, site.port = base_url.hostname, port
    site.save()
    return str(site.root_url)
