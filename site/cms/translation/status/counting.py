"""Counts the status of each page and snippet in each language: the one place that does.

``LanguageStatus`` holds what was counted. Whoever changes something that is counted here says so
with ``recount``; ``signals.py`` does it for everything that Wagtail and wagtail-localize do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import Signal
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.common.batches import batches
from cms.common.prepared_query import PreparedQuery
from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE
from cms.translation.models import LanguageStatus, Status, StringVersion
from cms.translation.status.judgement import Facts, Source, count_one
from cms.translation.status.requested import IS_REQUESTED, end_requests
from cms.translation.status.versions import Versions, versions_of
from cms.translation.strings import StringRef, Strings, load_strings
from cms.translation.texts.digests import digest_of_text
from cms.translation.texts.judging import KnownTexts, known_texts
from cms.translation.texts.recording import judge_anew, record_versions

statuses_counted = Signal()
"""Sent in the transaction that counts, with the translation keys of what was counted anew: those of
``pages`` and those of ``snippets``."""

COUNTED = [
    column.name
    for column in LanguageStatus._meta.concrete_fields
    if column.name not in ("id", "source", "locale")
]
"""The columns of a status that are counted."""

SHOWN: Final = ("source_live", "status", "strings", "words", "published", "published_words")
"""Those that documents and the list of languages show."""

BATCH = 500
"""Sources counted at a time, so that memory does not grow with the site."""


_postponed: ContextVar[set[int] | None] = ContextVar("postponed", default=None)


def recount(
    sources: Iterable[int],
    locales: Collection[int] | None = None,
    texts: KnownTexts | None = None,
    *,
    of_strings: bool = False,
) -> None:
    """Counts some sources anew, in some languages or in all.

    A fixed number of queries for each 500 sources. Within :func:`recounting_once` it is done at
    the end.

    Args:
        sources: ids of translation sources.
        locales: ids of locales; all without them.
        texts: what their languages say, where it is at hand.
        of_strings: whether nothing but strings was changed, which readers do not see yet: then
            only those are told of whose numbers are shown and have changed.
    """
    postponed = _postponed.get()
    if postponed is not None:
        postponed.update(sources)
        return
    for wanted in batches(sorted(set(sources)), BATCH):
        _recount_batch(wanted, locales, texts, of_strings=of_strings)


def recount_objects(
    keys: Iterable[UUID],
    locales: Collection[int] | None = None,
    texts: KnownTexts | None = None,
    *,
    of_strings: bool = False,
) -> None:
    """Counts the sources of some translation keys; see :func:`recount`."""
    found = TranslationSource.objects.filter(object__in=list(keys))
    recount(found.values_list("pk", flat=True), locales, texts, of_strings=of_strings)


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
    sources: Collection[int],
    locales: Collection[int] | None,
    texts: KnownTexts | None,
    *,
    of_strings: bool,
) -> None:
    rows, facts = _counted(sources, locales, texts)
    known, requested = {}, set()
    for pk, source, locale, is_requested, *counts in _FIND_COUNTED(sources):
        if locales is None or locale in locales:
            known[source, locale] = (pk, counts)
            if is_requested:
                requested.add((source, locale))
    kept = {(row.source_id, row.locale_id): row for row in rows}
    gone = [pk for place, (pk, _counts) in known.items() if place not in kept]
    if gone:
        LanguageStatus.objects.filter(pk__in=gone).delete()
    done = (row for place in requested if (row := kept.get(place)))
    end_requests([row for row in done if row.status == Status.COMPLETE], requested.difference(kept))
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
    told = [
        source
        for source in facts.sources.values()
        if not of_strings
        or source.key in facts.judged_anew
        or _is_shown_otherwise(source.id, rows, known)
    ]
    pages = {source.key for source in told if _is_page(source.content_type)}
    snippets = {source.key for source in told} - pages
    if told:
        statuses_counted.send(sender=LanguageStatus, pages=pages, snippets=snippets)


def _is_shown_otherwise(
    source: int,
    rows: Iterable[LanguageStatus],
    known: dict[tuple[int, int], tuple[int, list[Any]]],
) -> bool:
    """Tells whether something of a source's statuses that is shown is another than was stored."""
    before = {
        locale: _shown(dict(zip(COUNTED, counts, strict=True)))
        for (one, locale), (_pk, counts) in known.items()
        if one == source
    }
    after = {
        row.locale_id: _shown({name: getattr(row, name) for name in SHOWN})
        for row in rows
        if row.source_id == source
    }
    return before != after


def _shown(counts: dict[str, Any]) -> list[Any]:
    """Numbers as they are shown: what nobody has begun is no more there than a draft."""
    shown = [counts[name] for name in SHOWN]
    return [Status.MISSING if one == Status.DRAFT else one for one in shown]


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
        if locale != source.locale and (row := count_one(source, locale, facts))
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
_FIND_REPLACED: Final = PreparedQuery(
    lambda keys, locales: (
        StringVersion.objects.filter(context__object__in=keys, locale__in=locales, is_machine=False)
        .order_by("pk")
        .values_list("locale", "context", "string", "data", "made_at")
    )
)
_FIND_COUNTED: Final = PreparedQuery(
    lambda sources: LanguageStatus.objects.filter(source__in=sources).values_list(
        "pk", "source", "locale", IS_REQUESTED, *COUNTED
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
    judged_anew: set[UUID] = set()
    if records and (confirmed := _confirmed(strings, asked)):
        judge_anew(confirmed)
        judged_anew |= confirmed
        strings = load_strings(sources, keys, asked)
    unrecorded = _unrecorded(versions, strings.texts, codes)
    if records and unrecorded:
        record_versions(keys_by_type, unrecorded)
        judged_anew |= {key for key, _locale in unrecorded}
        strings.texts = known_texts(keys)
    return Facts(
        sources=found,
        strings=strings,
        versions=versions,
        begun={(key, locale): source for key, locale, source in _FIND_BEGUN(keys)},
        codes=codes,
        source_locale=registered[SOURCE_LANGUAGE_CODE],
        replaced=_replaced(found.values(), locales, strings, versions),
        judged_anew=judged_anew,
    )


def _replaced(
    sources: Iterable[Source], locales: set[int], strings: Strings, versions: Versions
) -> dict[tuple[int, StringRef], list[str]]:
    """Former texts of what is live and has not got its text any more: one query where some is."""
    wanted: dict[tuple[int, StringRef], datetime] = {}
    keys: set[UUID] = set()
    for source in sources:
        for locale in locales:
            version = versions.get((source.key, locale))
            if version is None or version.live_since is None:
                continue
            for string in strings.of_source[source.id]:
                found = strings.translation(locale, string.ref)
                if found is None or found.updated_at > version.live_since:
                    wanted[locale, string.ref] = version.live_since
                    keys.add(source.key)
    replaced: dict[tuple[int, StringRef], list[str]] = defaultdict(list)
    if wanted:
        for locale, context, string_id, data, made_at in _FIND_REPLACED(keys, locales):
            place = (locale, StringRef(context, string_id))
            if place in wanted and made_at <= wanted[place]:
                replaced[place].append(data)
    return replaced


def _confirmed(strings: Strings, locales: dict[int, str]) -> set[UUID]:
    """Finds what has a machine's text that somebody has entered or read since it was published."""
    found = set()
    for key, versions in strings.texts.versions.items():
        for locale, code in locales.items():
            machine = versions[code].texts.machine if code in versions else set()
            if machine and any(
                digest_of_text(one.data) in machine
                for one in strings.translations[locale].values()
                if one.is_approved and not (one.is_unread_machines or one.has_error)
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
