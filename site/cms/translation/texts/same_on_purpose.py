"""Says and withdraws that a text is the same in a language as in its source, on purpose."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail_localize.models import StringTranslation

from cms.translation.approval.rules import is_own, needs_approval
from cms.translation.comparison import readable
from cms.translation.models import LanguageTexts, SameOnPurpose
from cms.translation.status.counting import recount_objects, statuses_counted
from cms.translation.texts.digests import digest_of_text, fold, is_of_any_language
from cms.translation.texts.extraction import plain_string
from cms.translation.texts.packing import Texts, unpacked
from cms.translation.texts.recording import judge_anew

_FEW: Final = 20
"""Texts that the database looks for; of more, every row is read."""

_SAID_ELSEWHERE: Final = (SameOnPurpose.How.BUNDLE, SameOnPurpose.How.BEFORE)
"""Texts that were said at another site, or before approval was switched on."""

_WORD: Final = re.compile(r"(?:[a-rt-z]|(?<!s)s(?!s))+")
"""Small letters that fold to themselves; a double s may be another letter."""

_WITHIN_WORDS: Final = ("<", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH JOINER}")


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
    Where the language wants approval it holds as soon as another person has said so too.

    Args:
        locale: id of the language.
        fragments: the texts, as wagtail-localize stores strings.
        origin: name of the file that says so.

    Returns:
        The number of texts of which it holds now, and did not before.
    """
    texts = {
        digest: text for text in fragments if not is_of_any_language(digest := digest_of_text(text))
    }
    if not texts:
        return 0
    said = SameOnPurpose.objects.filter(locale=locale, digest__in=list(texts))
    known = {one.digest: one for one in said}
    new = {digest: text for digest, text in texts.items() if digest not in known}
    waits = how not in _SAID_ELSEWHERE and needs_approval(locale)
    SameOnPurpose.objects.bulk_create(
        [
            SameOnPurpose(
                locale_id=locale,
                digest=digest,
                text=readable(text),
                how=how,
                said_by=user,
                origin=origin[:255],
                is_approved=not waits,
            )
            for digest, text in sorted(new.items())
        ],
        batch_size=500,
        ignore_conflicts=True,
    )
    agreed = {
        digest
        for digest, one in known.items()
        if not one.is_approved and not (waits and is_own(one.said_by_id, user))
    }
    said.filter(digest__in=agreed).update(is_approved=True)
    holds = agreed if waits else agreed | new.keys()
    _follow(locale, agreed | new.keys(), texts.values())
    return len(holds)


@transaction.atomic
def approve_same(locale: int, fragments: Iterable[str], user: Any) -> None:
    """Approves that some texts are the same on purpose, which were stored as translations.

    Nothing is counted: who approves the texts does that.
    """
    texts = {digest_of_text(text): text for text in fragments}
    said = SameOnPurpose.objects.filter(locale=locale, digest__in=list(texts))
    known = set(said.values_list("digest", flat=True))
    said.filter(is_approved=False).update(is_approved=True)
    SameOnPurpose.objects.bulk_create(
        SameOnPurpose(
            locale_id=locale,
            digest=digest,
            text=readable(text),
            how=SameOnPurpose.How.TYPED,
            said_by=user,
        )
        for digest, text in texts.items()
        if digest not in known
    )
    _follow(locale, set(texts), texts.values())


def approve_all_same(locale: int) -> None:
    """Has everything hold that was said of a language, which wants no approval any more."""
    said = SameOnPurpose.objects.filter(locale=locale, is_approved=False)
    texts = {one.digest: plain_string(one.text) for one in said}
    said.update(is_approved=True)
    _follow(locale, set(texts), texts.values())


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
    for key, found in _texts(_that_may_have(LanguageTexts.objects.filter(locale=locale), digests)):
        if not digests.isdisjoint(found.everything()):
            keys.add(key)
    judge_anew(keys)
    recount_objects(keys, [locale])
    # What has no source of wagtail-localize's is counted nowhere, and shows it too.
    statuses_counted.send(sender=SameOnPurpose, pages=keys, snippets=keys)


def said_alone_in(locale: int, keys: Collection[UUID]) -> set[str]:
    """Digests of what is said to be the same, and stands in some pages and facts and no others."""
    if not keys:
        return set()
    said = set(SameOnPurpose.objects.filter(locale=locale).values_list("digest", flat=True))
    within = LanguageTexts.objects.filter(key__in=keys)
    said &= set().union(*(found.everything() for _key, found in _texts(within)))
    if said:
        others = _that_may_have(LanguageTexts.objects.exclude(key__in=keys), said)
        for _key, found in _texts(others):
            said -= found.everything()
    return said


def _that_may_have(rows: QuerySet[LanguageTexts], digests: set[str]) -> QuerySet[LanguageTexts]:
    if len(digests) > _FEW:
        return rows
    # Finds some too many: a digest may begin within one and end within the next.
    found = (Q(titles__contains=one) | Q(texts__contains=one) for one in sorted(digests))
    return rows.filter(reduce(or_, found))


def _texts(rows: QuerySet[LanguageTexts]) -> Iterator[tuple[UUID, Texts]]:
    for key, *parts in rows.values_list("key", "titles", "texts").iterator(chunk_size=1_000):
        yield key, unpacked(*parts)


def _translated_as(locale: int, digests: set[str], fragments: Iterable[str]) -> set[UUID]:
    """Keys of what has one of the texts as a translation, which may wait to be published."""
    found = StringTranslation.objects.filter(locale=locale, context__isnull=False)
    if len(digests) <= _FEW:
        words = {_longest_word(one) for one in fragments}
        # A tag or an invisible character may stand within the word.
        found = found.filter(
            reduce(or_, [Q(data__icontains=word) for word in sorted(words)])
            | reduce(or_, [Q(data__contains=sign) for sign in _WITHIN_WORDS])
        )
    texts = found.values_list("context__object", "data")
    return {
        key for key, data in texts.iterator(chunk_size=1_000) if digest_of_text(data) in digests
    }


def _longest_word(fragment: str) -> str:
    """The longest word in letters that every database finds whatever their case; or nothing."""
    return max(_WORD.findall(fold(fragment)), key=len, default="")
