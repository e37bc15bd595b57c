"""Finds texts that were written on a page itself, past the strings that are approved."""

from typing import Any

from wagtail_localize.models import Translation

from cms.translation.approval.rules import needs_approval
from cms.translation.models import ApprovedText
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.extraction import texts_of
from cms.translation.texts.judging import known_texts


def has_unapproved_text(page: Any) -> bool:
    """Tells whether a page that is kept in step has a text that nobody has approved.

    What its source says or has said, and what was live before, needs no approval.
    """
    key, locale = page.translation_key, page.locale
    kept = Translation.objects.filter(source__object=key, target_locale=locale, enabled=True)
    if not needs_approval(locale.pk) or not kept.exists():
        return False
    known = known_texts([key])
    own = known.of(key, locale.language_code)
    allowed: set[str] = set()
    for texts in (own.texts, known.of(key, own.source_language).texts):
        allowed |= texts.everything() | texts.former()
    approved = ApprovedText.objects.filter(context__object=key, locale=locale)
    allowed |= set(map(digest_of_text, approved.values_list("data", flat=True)))
    return any(
        not is_of_any_language(digest) and digest not in allowed
        for text in texts_of(page)
        for digest in map(digest_of_text, text.strings)
    )
