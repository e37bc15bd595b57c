"""Pages of translations that stand where the page of the source stands."""

from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from cms.languages.registry import SOURCE_LANGUAGE_CODE


def page_that_decides(page: Page) -> Page | None:
    """The page of the source of which a page is a translation; ``None`` where it has none."""
    if page.locale.language_code == SOURCE_LANGUAGE_CODE or page.depth <= 2:
        return None
    found: Page | None = Page.objects.filter(
        translation_key=page.translation_key, locale__language_code=SOURCE_LANGUAGE_CODE
    ).first()
    return found


def stands_as_source() -> Any:
    """For a query of pages of a translation: whether the source has each."""
    return Exists(
        Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=SOURCE_LANGUAGE_CODE
        )
    )


def number_that_follow(parent: Page) -> int:
    """The number of pages below one that stand where the source has them, before all others."""
    if parent.depth < 2 or parent.locale.language_code == SOURCE_LANGUAGE_CODE:
        return 0
    number: int = parent.get_children().filter(stands_as_source()).count()
    return number
