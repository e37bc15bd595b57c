"""The demo's content, and the site that shows it."""

from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from wagtail.models import Page, Site

from cms.common.site_address import move_default_site

BUNDLE: Final = Path(__file__).parent / "bundle"
"""The content, as ``export_content --readable`` writes it."""

HOME_KEY: Final = UUID("67966513-79e5-5c47-b61f-46abca609cff")
"""The translation key of the demo's start pages: by it one knows that the demo is loaded."""


def start_page(code: str) -> Page | None:
    """The demo's start page in a language; ``None`` where it is not loaded."""
    pages = Page.objects.filter(translation_key=HOME_KEY, locale__language_code=code)
    page: Page | None = pages.first()
    return page


def update_address(home: Page) -> str | None:
    """Gives the demo's site the address of ``BASE_URL``, or that at which ``make run`` listens.

    ``make run`` may listen on another port than last time. Sites with another root are left alone.

    Returns:
        The new address, where it is another.
    """
    if not Site.objects.filter(root_page=home, is_default_site=True).exists():
        return None
    return move_default_site(settings.BASE_URL or settings.LISTEN_URL)
