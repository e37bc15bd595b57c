"""Counts the status of each page and snippet in each language: the one place that does.

``LanguageStatus`` holds what was counted. Whoever changes something that is counted here says so
with ``recount``; ``signals.py`` does it for everything that Wagtail and wagtail-localize do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.models import LanguageStatus, Status
from cms.translation.status.outdated import is_outdated
from cms.translation.status.versions import Versions, versions_of
from cms.translation.status.word_count import count_words
from cms.translation.strings import Strings, load_strings
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.judging import KnownTexts, VersionTexts, known_texts
from cms.translation.texts.recording import judge_anew, record_versions

statuses_counted = Signal()
"""Sent in the transaction that counts, with the translation keys of what was counted anew: those of
``pages`` and those of ``snippets``."""

UNCOUNTED_PATHS = ("slug",)
"""What is handed to a translator and is no text: a page with a Swedish address is translated."""

COUNTED = [
    column.name
    for column in LanguageStatus._meta.concrete_fields
    if column.name not in ("id", "source", "locale")
]
"""The columns of a status that are counted."""

BATCH = 500
"""Sources counted at a time, so that memory does not grow with the site."""


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
    """The facts on a batch of sources."""

    sources: dict[int, Source]
    strings: Strings
    versions: Versions
    begun: dict[tuple[UUID, int], int]
    codes: dict[int, str]
    source_locale: int


_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


def recount(
    sources: Iterable[int],
    locales: Collection[int] | None = None,
    texts: KnownTexts | None = None,
) -> None:
    """Counts some sources anew, in some languages or in all.

    A fixed number of queries for each 500 sources. Within :func:`recounting_once` it is done at
    the end.

    Args:
        sources: ids of translation sources.
        locales: ids of locales; all without them.
        texts: what their languages say, where it is at hand.
    """
    postponed = _postponed.get()
    if postponed is not None:
        postponed.update(sources)
        return
    for wanted in batches(sorted(set(sources)), BATCH):
        _recount_batch(wanted, locales, texts)


def recount_objects(
    keys: Iterable[UUID],
    locales: Collection[int] | None = None,
    texts: KnownTexts | None = None,
) -> None:
    """Counts the sources of some translation keys."""
    found = TranslationSource.objects.filter(object__in=list(keys))
    recount(found.values_list("pk", flat=True), locales, texts)


@contextmanager
def recounting_once() -> Iterator[None]:
    """Postpones counting to its end: then everything that changed is counted, once."""
    if _postponed.get() is not None:
        yield
        return
    postponed: set[int] = set()
    token = _postponed.set(postponed)
    with transaction.atomic():
        try:
            yield
        finally:
            _postponed.reset(token)
        recount(postponed)


@transaction.atomic(savepoint=False)
def _recount_batch(
    sources: Collection[int], locales: Collection[int] | None, texts: KnownTexts | None
) -> None:
    rows, facts = _counted(sources, locales, texts)
    known = {
        (source, locale): (pk, counts)
        for pk, source, locale, *counts in _FIND_COUNTED(sources)
        if locales is None or locale in locales
    }
    kept = {(row.source_id, row.locale_id) for row in rows}
    gone = [pk for place, (pk, _counts) in known.items() if place not in kept]
    if gone:
        LanguageStatus.objects.filter(pk__in=gone).delete()
    LanguageStatus.objects.bulk_create(
        [
            row
            for row in rows
            if (found := known.get((row.source_id, row.locale_id))) is None
            or found[1] != [getattr(row, name) for name in COUNTED]
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "locale"],
        update_fields=COUNTED,
    )
    pages = {source.key for source in facts.sources.values() if _is_page(source.content_type)}
    snippets = {source.key for source in facts.sources.values()} - pages
    statuses_counted.send(sender=LanguageStatus, pages=pages, snippets=snippets)


def _counted(
    sources: Collection[int],
    locales: Collection[int] | None,
    texts: KnownTexts | None = None,
    *,
    records: bool = True,
) -> tuple[list[LanguageStatus], Facts]:
    registered = _registered_locales()
    target_locales = [pk for pk in registered.values() if locales is None or pk in locales]
    facts = _facts(sources, set(target_locales), registered, texts, records=records)
    rows = [
        row
        for source in facts.sources.values()
        for locale in target_locales
        if locale != source.locale and (row := _count(source, locale, facts))
    ]
    return rows, facts


def count_anew(sources: Collection[int]) -> list[LanguageStatus]:
    """Counts some sources in all languages, and stores nothing."""
    return _counted(sources, None, records=False)[0]


_FIND_LOCALES: Final = PreparedQuery(
    lambda codes: (
        Locale.objects.filter(language_code__in=codes)
        .order_by("pk")
        .values_list("language_code", "pk")
    )
)
_FIND_SOURCES: Final = PreparedQuery(
    lambda sources: TranslationSource.objects.filter(pk__in=sources).values_list(
        "pk", "object", "specific_content_type", "locale", "followed__changed_at"
    )
)
_FIND_BEGUN: Final = PreparedQuery(
    lambda keys: Translation.objects.filter(source__object__in=keys, enabled=True).values_list(
        "source__object", "target_locale", "source"
    )
)
_FIND_COUNTED: Final = PreparedQuery(
    lambda sources: LanguageStatus.objects.filter(source__in=sources).values_list(
        "pk", "source", "locale", *COUNTED
    )
)


def _is_page(content_type: int) -> bool:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return model is not None and issubclass(model, Page)


def _registered_locales() -> dict[str, int]:
    """The ids of the registered languages by their codes, in the order of the ids."""
    return dict(_FIND_LOCALES(LANGUAGES))


def _facts(
    sources: Collection[int],
    locales: set[int],
    registered: dict[str, int],
    texts: KnownTexts | None,
    *,
    records: bool,
) -> Facts:
    found: dict[int, Source] = {
        pk: Source(pk, key, content_type, locale, changed_at)
        for pk, key, content_type, locale, changed_at in _FIND_SOURCES(sources)
    }
    keys_by_type: dict[int, set[UUID]] = defaultdict(set)
    for one in found.values():
        keys_by_type[one.content_type].add(one.key)
    keys = {one.key for one in found.values()}
    codes = {pk: code for code, pk in registered.items()}
    versions = versions_of(keys_by_type)
    asked = {pk: codes[pk] for pk in locales}
    strings = load_strings(sources, keys, asked, texts)
    if records and (confirmed := _confirmed(strings, asked)):
        judge_anew(confirmed)
        strings = load_strings(sources, keys, asked)
    unrecorded = _unrecorded(versions, strings.texts, codes)
    if records and unrecorded:
        record_versions(keys_by_type, unrecorded)
        strings.texts = known_texts(keys)
    return Facts(
        sources=found,
        strings=strings,
        versions=versions,
        begun={(key, locale): source for key, locale, source in _FIND_BEGUN(keys)},
        codes=codes,
        source_locale=registered[SOURCE_LANGUAGE_CODE],
    )


def _confirmed(strings: Strings, locales: dict[int, str]) -> set[UUID]:
    """Finds what has a machine's text that somebody has entered or read since it was published."""
    found = set()
    for key, versions in strings.texts.versions.items():
        for locale, code in locales.items():
            machine = versions[code].texts.machine if code in versions else set()
            if machine and any(
                digest_of_text(one.data) in machine
                for one in strings.translations[locale].values()
                if not (one.is_unread_machines or one.has_error)
            ):
                found.add(key)
    return found


def _unrecorded(
    versions: Versions, texts: KnownTexts, codes: dict[int, str]
) -> set[tuple[UUID, int]]:
    """Finds what is live without a record of its texts, such as what a program stored."""
    return {
        (key, locale)
        for (key, locale), version in versions.items()
        if version.live_since is not None
        and locale in codes
        and not texts.of(key, codes[locale]).is_recorded
    }


def _count(source: Source, locale: int, facts: Facts) -> LanguageStatus | None:
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
        **_counts(source, locale, facts, live_since, texts, is_own=is_own),
    )
    if live_since is None:
        has_texts = target is not None or row.translated or row.outdated
        row.status = Status.DRAFT if has_texts else Status.MISSING
    else:
        row.status = _live_status(row, source, live_since, texts, is_own=is_own)
    return row


def _counts(
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
        ),
        0,
    )
    for string in facts.strings.of_source[source.id]:
        if string.path in UNCOUNTED_PATHS:
            continue
        words = _words(string.text)
        counts["strings"] += 1
        counts["words"] += words
        shows_source = texts.shows(string.path, string.text)
        found = facts.strings.translation(locale, string.ref)
        if found is None:
            is_written = is_own and live_since is not None and texts.is_translation
            if is_written and not shows_source:
                for name in ("translated", "published"):
                    counts[name] += 1
                    counts[f"{name}_words"] += words
            elif facts.strings.former_translation(locale, string.ref) is not None:
                counts["outdated"] += 1
                counts["outdated_words"] += words
            continue
        counts["translated"] += 1
        counts["translated_words"] += words
        counts["to_review"] += found.needs_review
        # A string may have come back to its place after the translation went live.
        times = [former.changed_at for former in facts.strings.former.get(string.ref, ())]
        there_since = max([found.created_at, *times])
        # What is live may still be the source's text: it was published from elsewhere since.
        shows_other = shows_source and not texts.shows(string.path, found.data)
        is_live = live_since is not None and there_since <= live_since and not shows_other
        is_changed = live_since is not None and found.updated_at > live_since
        if live_since is not None and found.equals_source and texts.shows(string.path, found.data):
            # Said since to be the same: what is live is what was said.
            is_live, is_changed = True, False
        if is_live and not found.is_unread_machines:
            counts["published"] += 1
            counts["published_words"] += words
        if not is_live or is_changed:
            counts["unpublished"] += 1
    return counts


@lru_cache(maxsize=4_096)
def _words(text: str) -> int:
    return count_words(text)


def _live_status(
    row: LanguageStatus,
    source: Source,
    live_since: datetime,
    texts: VersionTexts,
    *,
    is_own: bool,
) -> Status:
    if not texts.is_translation:
        # Readers see nothing that anybody has translated.
        return Status.DRAFT
    if not is_own and is_outdated(row.outdated, source.changed_at, live_since):
        return Status.OUTDATED
    if not texts.is_whole or (not is_own and row.published < row.strings):
        return Status.PARTIAL
    return Status.COMPLETE
