"""Counts the status of each page and snippet in each language: the one place that does.

``LanguageStatus`` holds what was counted. Whoever changes something that is counted here says so
with ``recount``; ``signals.py`` does it for everything that Wagtail and wagtail-localize do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.models import LanguageStatus, SourceChange, Status
from cms.translation.status.outdated import former_translation, is_outdated
from cms.translation.status.versions import Versions, versions_of
from cms.translation.status.word_count import count_words

statuses_counted = Signal()
"""Sent in the transaction that counts, with the translation keys of what was counted anew: those of
``pages`` and those of ``snippets``."""

UNCOUNTED_PATHS = ("slug",)
"""What is handed to a translator and is no text: a page with a Swedish address is translated."""

_COUNTED = [
    column.name
    for column in LanguageStatus._meta.concrete_fields
    if column.name not in ("id", "source", "locale")
]
"""The columns of a status that are counted."""

BATCH = 500
"""Sources counted at a time, so that memory does not grow with the site."""


class StringRef(NamedTuple):
    """A string in a context, by their ids: the key of a translation."""

    context: int
    string: int


@dataclass(frozen=True, slots=True)
class Translated:
    """Times of a string's translation and last change, and whether somebody should read it."""

    created_at: datetime
    updated_at: datetime
    needs_review: bool


@dataclass(slots=True)
class Facts:
    """The facts on a batch of sources."""

    sources: dict[int, "Source"]
    words: dict[int, int]
    translations: dict[int, dict[StringRef, Translated]]
    changes: dict[StringRef, list[tuple[int, datetime]]]
    versions: Versions
    begun: dict[tuple[UUID, int], int]
    source_locale: int


@dataclass(slots=True)
class Source:
    """A translation source: its page or snippet, and its strings."""

    id: int
    key: UUID
    content_type: int
    locale: int
    changed_at: datetime | None
    places: list[StringRef] = field(default_factory=list)


_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


def recount(sources: Iterable[int], locales: Collection[int] | None = None) -> None:
    """Counts some sources anew, in some languages or in all.

    A fixed number of queries for each 500 sources. Within :func:`recounting_once` it is done at
    the end.

    Args:
        sources: ids of translation sources.
        locales: ids of locales; all without them.
    """
    postponed = _postponed.get()
    if postponed is not None:
        postponed.update(sources)
        return
    for wanted in batches(sorted(set(sources)), BATCH):
        _recount_batch(wanted, locales)


def recount_objects(keys: Iterable[UUID], locales: Collection[int] | None = None) -> None:
    """Counts the sources of some translation keys."""
    found = TranslationSource.objects.filter(object__in=list(keys))
    recount(found.values_list("pk", flat=True), locales)


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
def _recount_batch(sources: Collection[int], locales: Collection[int] | None) -> None:
    registered = _registered_locales()
    target_locales = [pk for pk in registered.values() if locales is None or pk in locales]
    facts = _facts(sources, set(target_locales), registered[SOURCE_LANGUAGE_CODE])
    rows = [
        row
        for source in facts.sources.values()
        for locale in target_locales
        if locale != source.locale and (row := _count(source, locale, facts))
    ]
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
            or found[1] != [getattr(row, name) for name in _COUNTED]
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "locale"],
        update_fields=_COUNTED,
    )
    pages = {source.key for source in facts.sources.values() if _is_page(source.content_type)}
    snippets = {source.key for source in facts.sources.values()} - pages
    statuses_counted.send(sender=LanguageStatus, pages=pages, snippets=snippets)


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
_FIND_SEGMENTS: Final = PreparedQuery(
    lambda sources: (
        StringSegment.objects.filter(source__in=sources)
        .exclude(context__path__in=UNCOUNTED_PATHS)
        .values_list("source", "context", "string", "string__data")
    )
)
_FIND_BEGUN: Final = PreparedQuery(
    lambda keys: Translation.objects.filter(source__object__in=keys, enabled=True).values_list(
        "source__object", "target_locale", "source"
    )
)
_FIND_TRANSLATIONS: Final = PreparedQuery(
    lambda keys, locales: StringTranslation.objects.filter(
        context__object__in=keys, locale__in=locales, has_error=False
    ).values_list(
        "locale",
        "context",
        "translation_of",
        "created_at",
        "updated_at",
        "translation_type",
        F("review__state"),
    )
)
_FIND_CHANGES: Final = PreparedQuery(
    lambda keys: SourceChange.objects.filter(
        context__object__in=keys, current__isnull=False
    ).values_list("context", "current", "previous", "changed_at")
)
_FIND_COUNTED: Final = PreparedQuery(
    lambda sources: LanguageStatus.objects.filter(source__in=sources).values_list(
        "pk", "source", "locale", *_COUNTED
    )
)


def _is_page(content_type: int) -> bool:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return model is not None and issubclass(model, Page)


def _registered_locales() -> dict[str, int]:
    """The ids of the registered languages by their codes, in the order of the ids."""
    return dict(_FIND_LOCALES(LANGUAGES))


def _facts(sources: Collection[int], locales: set[int], source_locale: int) -> Facts:
    found: dict[int, Source] = {
        pk: Source(pk, key, content_type, locale, changed_at)
        for pk, key, content_type, locale, changed_at in _FIND_SOURCES(sources)
    }
    words: dict[int, int] = {}
    for source, context, string, text in _FIND_SEGMENTS(sources):
        found[source].places.append(StringRef(context, string))
        if string not in words:
            words[string] = count_words(text)
    keys_by_type: dict[int, set[UUID]] = defaultdict(set)
    for one in found.values():
        keys_by_type[one.content_type].add(one.key)
    keys = {one.key for one in found.values()}
    translations = _translations(keys, locales)
    return Facts(
        sources=found,
        words=words,
        translations=translations,
        # What stood before matters where it was translated.
        changes=_changes(keys) if translations else {},
        versions=versions_of(keys_by_type),
        begun={(key, locale): source for key, locale, source in _FIND_BEGUN(keys)},
        source_locale=source_locale,
    )


def _translations(keys: set[UUID], locales: set[int]) -> dict[int, dict[StringRef, Translated]]:
    rows = _FIND_TRANSLATIONS(keys, locales)
    found: dict[int, dict[StringRef, Translated]] = defaultdict(dict)
    for locale, context, string, created, updated, kind, review in rows:
        machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
        needs_review = review == "needs-review" if review else machine
        found[locale][StringRef(context, string)] = Translated(created, updated, needs_review)
    return found


def _changes(keys: set[UUID]) -> dict[StringRef, list[tuple[int, datetime]]]:
    """The earlier strings of each context."""
    found: dict[StringRef, list[tuple[int, datetime]]] = defaultdict(list)
    for context, current, previous, changed_at in _FIND_CHANGES(keys):
        found[StringRef(context, current)].append((previous, changed_at))
    return found


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
    row = LanguageStatus(
        source_id=source.id,
        locale_id=locale,
        source_live=origin is not None and origin.live_since is not None,
        **_counts(source, locale, facts, target.live_since if target else None),
    )
    if target is not None and begun_from is None:
        # Written in that language, or no longer kept in step: its texts are its own.
        row.status = Status.COMPLETE if target.live_since else Status.DRAFT
    else:
        row.status = _status(row, source, target.live_since if target else None, target is not None)
    return row


def _counts(
    source: Source, locale: int, facts: Facts, live_since: datetime | None
) -> dict[str, int]:
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
    translations = facts.translations.get(locale, {})
    for place in source.places:
        words = facts.words[place.string]
        counts["strings"] += 1
        counts["words"] += words
        before = facts.changes.get(place, ())
        found = translations.get(place)
        if found is None:
            if former_translation(place.context, before, translations) is not None:
                counts["outdated"] += 1
                counts["outdated_words"] += words
            continue
        counts["translated"] += 1
        counts["translated_words"] += words
        counts["to_review"] += found.needs_review
        # A string may have come back to its place after the translation went live.
        there_since = max([found.created_at, *(at for _previous, at in before)])
        if live_since is not None and there_since <= live_since:
            counts["published"] += 1
            counts["published_words"] += words
        if live_since is None or max(there_since, found.updated_at) > live_since:
            counts["unpublished"] += 1
    return counts


def _status(
    row: LanguageStatus, source: Source, live_since: datetime | None, is_there: bool
) -> Status:
    if live_since is None:
        return Status.DRAFT if is_there or row.translated or row.outdated else Status.MISSING
    if is_outdated(row.outdated, source.changed_at, live_since):
        return Status.OUTDATED
    return Status.PARTIAL if row.published < row.strings else Status.COMPLETE
