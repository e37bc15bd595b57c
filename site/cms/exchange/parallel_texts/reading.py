"""Reads strings in all languages at once, some pages at a time.

The queries are as many for a page as for a hundred, and memory does not grow with the content.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Max, Q
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from cms.common.batches import batches
from cms.exchange.exporting import SourceRef, in_order, pages_of
from cms.exchange.parallel_texts.public import PublicTexts, public_documents
from cms.exchange.parallel_texts.strings import (
    ParallelQuery,
    ParallelString,
    ParallelText,
    TextStatus,
)
from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import field_facts
from cms.translation.models import Review, SourceChange
from cms.translation.status.counting import UNCOUNTED_PATHS, StringRef
from cms.translation.status.outdated import former_translation
from cms.translation.status.versions import Version, Versions, versions_of

BATCH: Final = 50
"""Pages and snippets read at a time, with their texts and documents in nine languages."""


def parallel_sources(query: ParallelQuery) -> Any:
    """A query for the translation sources among which the strings are looked for."""
    sources = TranslationSource.objects.filter(locale__language_code=SOURCE_LANGUAGE_CODE)
    if query.types:
        models = [
            content_type.pk
            for content_type in ContentType.objects.all()
            if (model := content_type.model_class()) and model._meta.label in query.types
        ]
        sources = sources.filter(specific_content_type__in=models)
    return sources


def parallel_strings(query: ParallelQuery) -> Iterator[list[ParallelString]]:
    """The strings of each page and snippet in turn, in their order; some may have none.

    Pages come in the order of the tree, then snippets by type and name. A string that stands twice
    in one place comes once.
    """
    locales = dict(
        Locale.objects.filter(
            language_code__in=[SOURCE_LANGUAGE_CODE, *query.languages]
        ).values_list("pk", "language_code")
    )
    for identities in batches(in_order(parallel_sources(query)), BATCH):
        batch = _Batch(query, locales, identities)
        for identity in batch.identities:
            yield list(batch.strings_of(identity))


def state_of_translations() -> str:
    """A version of all translations: another whenever one, or its review, has changed."""
    translations = StringTranslation.objects.aggregate(last=Max("updated_at"), number=Count("pk"))
    reviews = Review.objects.aggregate(
        number=Count("pk"),
        unread=Count("pk", filter=Q(state=Review.State.NEEDS_REVIEW)),
        final=Count("pk", filter=Q(state=Review.State.FINAL)),
        last=Max("pk"),
    )
    facts = [*translations.values(), *reviews.values()]
    return f"-{sha256(repr(facts).encode()).hexdigest()[:12]}"


class _Segment(NamedTuple):
    place: StringRef
    text: str
    path: str
    field_path: str


@dataclass(frozen=True, slots=True)
class _Translated:
    data: str
    created_at: datetime
    updated_at: datetime
    needs_review: bool
    state: str


@dataclass(slots=True)
class _Known:
    """A batch's translations into one language."""

    translations: dict[StringRef, _Translated] = field(default_factory=dict)
    begun: set[UUID] = field(default_factory=set)


class _Batch:
    """Some pages and snippets, with all that is known of their strings."""

    def __init__(
        self, query: ParallelQuery, locales: dict[int, str], identities: Sequence[SourceRef]
    ) -> None:
        self.query = query
        self.locales = locales
        self.locale_ids = {code: pk for pk, code in locales.items()}
        self.identities = identities
        self.keys = [identity.key for identity in identities]
        types: dict[int, set[UUID]] = defaultdict(set)
        for identity in identities:
            types[identity.content_type].add(identity.key)
        self.versions: Versions = versions_of(types, list(locales))
        self.segments = self._segments()
        self.known = self._known()
        self.changes = self._changes()
        self.documents = self._documents()
        self.pages = {} if query.is_public else pages_of(identities)

    def strings_of(self, identity: SourceRef) -> Iterator[ParallelString]:
        """The strings of one page or snippet, if whoever asks may see it at all."""
        version = self.versions.get((identity.key, identity.locale))
        document = self.documents.get((identity.key, SOURCE_LANGUAGE_CODE))
        if version is None or version.live_since is None:
            return
        if self.query.is_public and document is None:
            return
        model: Any = ContentType.objects.get_for_id(identity.content_type).model_class()
        seen: set[tuple[str, str]] = set()
        for segment in self.segments[identity.source]:
            if (segment.path, segment.text) in seen:
                continue
            seen.add((segment.path, segment.text))
            if self.query.is_public and document and not document.says(segment.text):
                continue
            facts = field_facts(
                identity.content_type, segment.field_path or segment.path, SOURCE_LANGUAGE_CODE
            )
            yield ParallelString(
                key=identity.key,
                type=model._meta.label,
                title=document.title if document else identity.title,
                path=self._path(identity, document),
                place=segment.path,
                label=facts.label,
                source=segment.text,
                texts={
                    code: self._text(identity.key, code, segment) for code in self.query.languages
                },
            )

    def _path(self, identity: SourceRef, document: PublicTexts | None) -> str:
        if document is not None:
            return document.path or ""
        page = self.pages.get((identity.key, identity.locale))
        parts = page.get_url_parts() if page is not None else None
        return parts[2] if parts else ""

    def _text(self, key: UUID, code: str, segment: _Segment) -> ParallelText:
        known = self.known[code]
        version = self._version(key, code)
        if version is not None and key not in known.begun:
            return ParallelText(TextStatus.SEPARATE)
        found = known.translations.get(segment.place)
        before = self.changes.get(segment.place, [])
        if code not in self.query.open_languages:
            return self._public_text(self.documents.get((key, code)), known, segment, found)
        if found is None:
            former = self._former(known, segment.place)
            return _unfinished(former) if former else ParallelText(TextStatus.MISSING)
        # A string may have come back to its place after the translation went live.
        since = max([found.created_at, found.updated_at, *(at for _previous, at in before)])
        live_since = version.live_since if version is not None else None
        if live_since is not None and since <= live_since:
            return _finished(found)
        return ParallelText(TextStatus.DRAFT, found.data, found.updated_at, found.state)

    def _public_text(
        self,
        document: PublicTexts | None,
        known: _Known,
        segment: _Segment,
        found: _Translated | None,
    ) -> ParallelText:
        """The text of a string as readers see it, and nothing else."""
        if document is not None and found is not None and document.says(found.data):
            return _finished(found)
        former = self._former(known, segment.place)
        if document is not None and found is None and former and document.says(former.data):
            return _unfinished(former)
        return ParallelText(TextStatus.UNPUBLISHED)

    def _former(self, known: _Known, place: StringRef) -> _Translated | None:
        """The translation of the string that stood in a context before."""
        before = self.changes.get(place, [])
        former = former_translation(place.context, before, known.translations)
        return former[1] if former is not None else None

    def _version(self, key: UUID, code: str) -> Version | None:
        locale = self.locale_ids.get(code)
        return None if locale is None else self.versions.get((key, locale))

    def _segments(self) -> dict[int, list[_Segment]]:
        rows = (
            StringSegment.objects.filter(source__in=[each.source for each in self.identities])
            .exclude(context__path__in=UNCOUNTED_PATHS)
            .order_by("source", "order", "pk")
            .values_list(
                "source",
                "context",
                "string",
                "string__data",
                "context__path",
                "context__field_path",
            )
        )
        found: dict[int, list[_Segment]] = defaultdict(list)
        for source, context, string, text, path, field_path in rows:
            found[source].append(_Segment(StringRef(context, string), text, path, field_path))
        return found

    def _known(self) -> dict[str, _Known]:
        found = {code: _Known() for code in self.query.languages}
        targets = [pk for pk, code in self.locales.items() if code != SOURCE_LANGUAGE_CODE]
        for key, locale in Translation.objects.filter(
            source__in=[each.source for each in self.identities],
            target_locale__in=targets,
            enabled=True,
        ).values_list("source__object", "target_locale"):
            found[self.locales[locale]].begun.add(key)
        rows = StringTranslation.objects.filter(
            context__object__in=self.keys, locale__in=targets, has_error=False
        ).values_list(
            "locale",
            "context",
            "translation_of",
            "data",
            "created_at",
            "updated_at",
            "translation_type",
            F("review__state"),
        )
        for locale, context, string, data, created, updated, kind, review in rows:
            machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
            state = review or ("needs-review" if machine else "translated")
            found[self.locales[locale]].translations[StringRef(context, string)] = _Translated(
                data, created, updated, state == "needs-review", state
            )
        return found

    def _changes(self) -> dict[StringRef, list[tuple[int, datetime]]]:
        """The earlier strings of each context, the latest first."""
        found: dict[StringRef, list[tuple[int, datetime]]] = defaultdict(list)
        rows = SourceChange.objects.filter(context__object__in=self.keys, current__isnull=False)
        for context, current, previous, at in rows.order_by("-changed_at", "-pk").values_list(
            "context", "current", "previous", "changed_at"
        ):
            found[StringRef(context, current)].append((previous, at))
        return found

    def _documents(self) -> dict[tuple[UUID, str], PublicTexts]:
        closed = [code for code in self.query.languages if code not in self.query.open_languages]
        if not closed and not self.query.is_public:
            return {}
        return public_documents(self.keys, [SOURCE_LANGUAGE_CODE, *closed])


def _finished(found: _Translated) -> ParallelText:
    status = TextStatus.TO_REVIEW if found.needs_review else TextStatus.PUBLISHED
    return ParallelText(status, found.data, found.updated_at, found.state)


def _unfinished(former: _Translated) -> ParallelText:
    return ParallelText(TextStatus.OUTDATED, former.data, former.updated_at)
