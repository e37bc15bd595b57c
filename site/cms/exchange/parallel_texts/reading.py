"""Reads strings in all languages at once, some pages at a time.

The queries are as many for a page as for a hundred, and memory does not grow with the content.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

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
from cms.translation.models import ApprovedText, Review
from cms.translation.status.judgement import UNCOUNTED_PATHS
from cms.translation.status.versions import Version, Versions, versions_of
from cms.translation.strings import Former, SourceString, TranslatedString, load_strings

BATCH: Final = 50
"""Pages and snippets read at a time, with their texts and documents in nine languages."""


def parallel_sources(query: ParallelQuery) -> Any:
    """A query for the translation sources among which the strings are looked for."""
    sources = TranslationSource.objects.filter(locale__language_code=SOURCE_LANGUAGE_CODE)
    if query.unreadable:
        sources = sources.exclude(object__in=query.unreadable)
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
    approved = ApprovedText.objects.aggregate(
        number=Count("pk"), last=Max("pk"), last_approved=Max("approved_at")
    )
    facts = [*translations.values(), *reviews.values(), *approved.values()]
    return f"-{sha256(repr(facts).encode()).hexdigest()[:12]}"


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
        self.strings = load_strings(
            [each.source for each in identities],
            self.keys,
            {pk: code for pk, code in locales.items() if code != SOURCE_LANGUAGE_CODE},
        )
        self.begun = self._begun()
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
        for segment in self.strings.of_source[identity.source]:
            if segment.path in UNCOUNTED_PATHS or (segment.path, segment.text) in seen:
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

    def _text(self, key: UUID, code: str, segment: SourceString) -> ParallelText:
        locale = self.locale_ids.get(code)
        version = self._version(key, code)
        if locale is None:
            return ParallelText(TextStatus.MISSING)
        if version is not None and (key, locale) not in self.begun:
            return ParallelText(TextStatus.SEPARATE)
        found = self.strings.translation(locale, segment.ref)
        former = None if found else self.strings.former_translation(locale, segment.ref)
        if code not in self.query.open_languages:
            return self._public_text(self.documents.get((key, code)), found, former)
        waiting = self.strings.awaiting(locale, segment.ref) if found is None else None
        if waiting is not None:
            return ParallelText(TextStatus.DRAFT, waiting.data, waiting.updated_at, waiting.state)
        if found is None:
            return _unfinished(former[1]) if former else ParallelText(TextStatus.MISSING)
        # A string may have come back to its place after the translation went live.
        times = [one.changed_at for one in self.strings.former.get(segment.ref, ())]
        since = max([found.created_at, found.updated_at, *times])
        live_since = version.live_since if version is not None else None
        texts = self.strings.texts.of(key, code)
        shows_other = texts.shows(segment.path, segment.text) and not texts.shows(
            segment.path, found.data
        )
        if live_since is not None and since <= live_since and not shows_other:
            return _finished(found)
        return ParallelText(TextStatus.DRAFT, found.data, found.updated_at, found.state)

    def _public_text(
        self,
        document: PublicTexts | None,
        found: TranslatedString | None,
        former: tuple[Former, TranslatedString] | None,
    ) -> ParallelText:
        """The text of a string as readers see it, and nothing else."""
        if document is not None and found is not None and document.says(found.data):
            return _finished(found)
        if document is not None and former is not None and document.says(former[1].data):
            return _unfinished(former[1])
        return ParallelText(TextStatus.UNPUBLISHED)

    def _version(self, key: UUID, code: str) -> Version | None:
        locale = self.locale_ids.get(code)
        return None if locale is None else self.versions.get((key, locale))

    def _begun(self) -> set[tuple[UUID, int]]:
        """Keys and ids of locales of what is translated from these sources."""
        rows = Translation.objects.filter(
            source__in=[each.source for each in self.identities],
            target_locale__in=list(self.locales),
            enabled=True,
        )
        return set(rows.values_list("source__object", "target_locale"))

    def _documents(self) -> dict[tuple[UUID, str], PublicTexts]:
        closed = [code for code in self.query.languages if code not in self.query.open_languages]
        if not closed and not self.query.is_public:
            return {}
        return public_documents(self.keys, [SOURCE_LANGUAGE_CODE, *closed])


def _finished(found: TranslatedString) -> ParallelText:
    status = TextStatus.TO_REVIEW if found.needs_review else TextStatus.PUBLISHED
    return ParallelText(status, found.data, found.updated_at, found.state)


def _unfinished(former: TranslatedString) -> ParallelText:
    return ParallelText(TextStatus.OUTDATED, former.data, former.updated_at)
