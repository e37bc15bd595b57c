"""The draft of a page: what would be published of it now."""

from typing import Any

from wagtail.models import Page
from wagtail_localize.models import Translation


def translation_of(page: Page) -> Translation | None:
    """The translation that a page is kept in step by; ``None`` for what is written by hand."""
    if page.alias_of_id is not None:
        return None
    found: Translation | None = (
        Translation.objects.select_related("source__locale", "target_locale")
        .filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .first()
    )
    return found


def draft_of(page: Page, translation: Translation | None) -> Any:
    """The latest revision of a page; of a translation what its texts make of the source.

    What has no translation yet stands there in the source's words; its document says so.
    """
    if translation is None:
        return page.get_latest_revision_as_object()
    source: Any = translation.source
    return source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
