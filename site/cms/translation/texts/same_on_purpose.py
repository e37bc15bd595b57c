"""Says and withdraws that a text is the same in a language as in its source, on purpose."""

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from wagtail_localize.models import String, StringTranslation

from cms.translation.comparison import readable
from cms.translation.models import LanguageTexts, SameOnPurpose
from cms.translation.status.counting import recount_objects, statuses_counted
from cms.translation.texts.digests import digest_of_text, is_of_any_language
from cms.translation.texts.extraction import plain_string
from cms.translation.texts.packing import unpacked
from cms.translation.texts.recording import judge_anew

_FEW: Final = 20
"""Texts that the database looks for; of more, every row is read."""


@transaction.atomic
def say_same(
    locale: int,
    fragments: Iterable[str],
    how: SameOnPurpose.How,
    *,
    user: Any = None,
    origin: str = "",
) -> int:
    """Stores that some texts are the same on purpose, and counts all pages that have them anew.

    What was said before stays as it was said, and by whom. A text without letters needs no saying.

    Args:
        locale: id of the language.
        fragments: the texts, as wagtail-localize stores strings.
        origin: name of the file that says so.

    Returns:
        The number of texts of which it had not been said.
    """
    texts = {
        digest: text for text in fragments if not is_of_any_language(digest := digest_of_text(text))
    }
    known = set(
        SameOnPurpose.objects.filter(locale=locale, digest__in=list(texts)).values_list(
            "digest", flat=True
        )
    )
    new = {digest: text for digest, text in texts.items() if digest not in known}
    SameOnPurpose.objects.bulk_create(
        [
            SameOnPurpose(
                locale_id=locale,
                digest=digest,
                text=readable(text),
                how=how,
                said_by=user,
                origin=origin[:255],
            )
            for digest, text in sorted(new.items())
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    _follow(locale, set(new), texts.values())
    return len(new)


@transaction.atomic
def withdraw_same(locale: int, digests: Collection[str]) -> int:
    """Takes back that some texts are the same on purpose; returns of how many it had been said."""
    said = SameOnPurpose.objects.filter(locale=locale, digest__in=digests)
    texts = [plain_string(text) for text in said.values_list("text", flat=True)]
    count, _each = said.delete()
    if count:
        _follow(locale, set(digests), texts)
    return count


def _follow(locale: int, digests: set[str], fragments: Iterable[str]) -> None:
    """Judges anew every page and fact that has one of the texts in a language, live or not."""
    if not digests:
        return
    keys = _translated_as(locale, digests, fragments)
    rows = LanguageTexts.objects.filter(locale=locale)
    if len(digests) <= _FEW:
        # Finds some too many: a digest may begin within one and end within the next.
        found = (Q(titles__contains=one) | Q(texts__contains=one) for one in sorted(digests))
        rows = rows.filter(reduce(or_, found))
    texts = rows.values_list("key", "titles", "texts")
    for key, *parts in texts.iterator(chunk_size=1_000):
        if not digests.isdisjoint(unpacked(*parts).everything()):
            keys.add(key)
    # A translation that waits to be published is said to be one as well.
    strings = StringTranslation.objects.filter(locale=locale, context__isnull=False)
    for key, data in strings.values_list("context__object", "data").iterator(chunk_size=1_000):
        if digest_of_text(data) in digests:
            keys.add(key)
    judge_anew(keys)
    recount_objects(keys, [locale])
    # What has no source of wagtail-localize's is counted nowhere, and shows it too.
    statuses_counted.send(sender=SameOnPurpose, pages=keys, snippets=keys)


def _translated_as(locale: int, digests: set[str], fragments: Iterable[str]) -> set[UUID]:
    """Keys of what has a string, live or not, whose translation is one of the texts."""
    hashes = [String._get_data_hash(one) for one in fragments]  # noqa: SLF001 - its key
    found = StringTranslation.objects.filter(
        locale=locale, translation_of__data_hash__in=hashes, context__isnull=False
    )
    return {
        key
        for key, data in found.values_list("context__object", "data")
        if digest_of_text(data) in digests
    }
