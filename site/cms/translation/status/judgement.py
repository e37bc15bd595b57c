"""Judges one page or fact in one language: its numbers, and its status by them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from cms.translation.models import LanguageStatus, Status
from cms.translation.status.outdated import is_outdated
from cms.translation.status.versions import Versions
from cms.translation.status.word_count import count_words
from cms.translation.strings import SourceString, StringRef, Strings, TranslatedString
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.judging import VersionTexts

UNCOUNTED_PATHS = ("slug",)
"""Content paths of what is no text: a page with a Swedish address is translated."""


@dataclass(slots=True)
class Source:
    """A translation source: its page or snippet."""

    id: int
    key: UUID
    content_type: int
    locale: int
    changed_at: datetime | None


@dataclass(slots=True)
class Facts:
    """The facts on a batch of sources.

    Attributes:
        replaced: former texts of strings that were entered before the translation went live, by
            the id of the locale: what is live may be one of them.
        judged_anew: keys of what is live and was judged again for counting it.
    """

    sources: dict[int, Source]
    strings: Strings
    versions: Versions
    begun: dict[tuple[UUID, int], int]
    codes: dict[int, str]
    source_locale: int
    replaced: dict[tuple[int, StringRef], list[str]] = field(default_factory=dict)
    judged_anew: set[UUID] = field(default_factory=set)


def count_one(source: Source, locale: int, facts: Facts) -> LanguageStatus | None:
    """One row; ``None`` where nobody translates this source into that language."""
    begun_from = facts.begun.get((source.key, locale))
    if begun_from not in (None, source.id):
        return None
    origin = facts.versions.get((source.key, source.locale))
    target = facts.versions.get((source.key, locale))
    if origin is None and target is None:
        return None
    if begun_from is None and source.locale != facts.source_locale:
        return None
    live_since = target.live_since if target else None
    texts = facts.strings.texts.of(source.key, facts.codes[locale])
    is_own = target is not None and begun_from is None
    row = LanguageStatus(
        source_id=source.id,
        locale_id=locale,
        source_live=origin is not None and origin.live_since is not None,
        **counts_of(source, locale, facts, live_since, texts, is_own=is_own),
    )
    if live_since is None:
        has_texts = target is not None or row.translated or row.outdated
        row.status = Status.DRAFT if has_texts else Status.MISSING
    else:
        row.status = live_status(row, source, live_since, texts, is_own=is_own)
    return row


def counts_of(
    source: Source,
    locale: int,
    facts: Facts,
    live_since: datetime | None,
    texts: VersionTexts,
    *,
    is_own: bool,
) -> dict[str, int]:
    """The numbers of a row.

    Args:
        texts: what the language says, live.
        is_own: whether the page is written in that language, or no longer kept in step: then what
            is not the source's is its own, whoever wrote it.
    """
    counts = dict.fromkeys(
        (
            "strings",
            "words",
            "translated",
            "translated_words",
            "outdated",
            "outdated_words",
            "published",
            "published_words",
            "unpublished",
            "to_review",
            "same",
        ),
        0,
    )
    for string in facts.strings.of_source[source.id]:
        waiting = facts.strings.awaiting(locale, string.ref)
        counts["to_review"] += waiting is not None
        if string.path in UNCOUNTED_PATHS:
            continue
        words = _words(string.text)
        counts["strings"] += 1
        counts["words"] += words
        shows_source = texts.shows(string.path, string.text)
        stored = facts.strings.translations[locale].get(string.ref)
        counts["same"] += stored is not None and stored.is_unsaid
        found = facts.strings.translation(locale, string.ref)
        was_live = _was_live(string, locale, facts, texts)
        if found is None:
            is_written = is_own and live_since is not None and texts.is_translation
            if is_written and not shows_source:
                _add(counts, "translated", words)
                _add(counts, "published", words)
                continue
            if facts.strings.former_translation(locale, string.ref) is not None:
                _add(counts, "outdated", words)
            if was_live:
                _add(counts, "published", words)
                counts["unpublished"] += 1
            continue
        _add(counts, "translated", words)
        counts["to_review"] += waiting is None and found.needs_review
        is_live, is_changed = _liveness(string, found, facts, live_since, texts)
        if was_live or (is_live and not found.is_unread_machines):
            _add(counts, "published", words)
        if not is_live or is_changed:
            counts["unpublished"] += 1
    return counts


def _add(counts: dict[str, int], name: str, words: int) -> None:
    counts[name] += 1
    counts[f"{name}_words"] += words


def _liveness(
    string: SourceString,
    found: TranslatedString,
    facts: Facts,
    live_since: datetime | None,
    texts: VersionTexts,
) -> tuple[bool, bool]:
    """Tells whether a translation of a string is live, and whether it was changed since."""
    if live_since is None:
        return False, False
    if found.equals_source and texts.shows(string.path, found.data):
        # Said since to be the same: what is live is what was said.
        return True, False
    # A string may have come back to its place after the translation went live.
    times = [former.changed_at for former in facts.strings.former.get(string.ref, ())]
    there_since = max([found.created_at, *times])
    # What is live may still be the source's text: it was published from elsewhere since.
    shows_source = texts.shows(string.path, string.text)
    shows_other = shows_source and not texts.shows(string.path, found.data)
    return there_since <= live_since and not shows_other, found.updated_at > live_since


def _was_live(string: SourceString, locale: int, facts: Facts, texts: VersionTexts) -> bool:
    """Tells whether what is live is a former text of a string, or the source's on purpose."""
    if string.ref in facts.strings.said_live[locale]:
        return True
    replaced = facts.replaced.get((locale, string.ref), ())
    source = digest_of_text(string.text)
    return any(digest_of_text(one) != source and texts.shows(string.path, one) for one in replaced)


@lru_cache(maxsize=4_096)
def _words(text: str) -> int:
    return count_words(text)


def live_status(
    row: LanguageStatus,
    source: Source,
    live_since: datetime,
    texts: VersionTexts,
    *,
    is_own: bool,
) -> Status:
    """The status of what is live, by its numbers."""
    if not texts.is_translation:
        # Readers see nothing that anybody has translated.
        return Status.DRAFT
    if not is_own and is_outdated(row.outdated, source.changed_at, live_since):
        return Status.OUTDATED
    if not texts.is_whole or (not is_own and row.published < row.strings):
        return Status.PARTIAL
    return Status.COMPLETE
