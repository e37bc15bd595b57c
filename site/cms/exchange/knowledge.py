"""The stored facts on the pages that a file is about, read for many of them at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from cms.languages.registry import SOURCE_LANGUAGE_CODE
from cms.translation.fields import FieldFacts, field_facts
from cms.translation.models import Review
from cms.translation.status.counting import StringRef


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored translation.

    Attributes:
        review: the state that a person gave it, or ``None``.
        is_machine: whether a machine made it.
    """

    id: int
    data: str
    updated_at: datetime
    has_error: bool
    is_machine: bool
    review: str | None

    @property
    def state(self) -> str:
        """The state of it, as a translator's tool has it."""
        unread = self.is_machine or self.has_error
        return self.review or (Review.State.NEEDS_REVIEW if unread else Review.State.TRANSLATED)


@dataclass(slots=True)
class Known:
    """One page or snippet with its strings and their translations.

    Attributes:
        source_id: its translation source.
        places: where its present strings stand, by content path and text.
        contexts: every place that it has or has had, by content path.
        facts: of its fields, by content path.
        translations: what there is in the language.
    """

    key: UUID
    source_id: int
    content_type: int
    title: str
    source_language: str
    places: dict[tuple[str, str], StringRef] = field(default_factory=dict)
    contexts: dict[str, int] = field(default_factory=dict)
    facts: dict[str, FieldFacts] = field(default_factory=dict)
    translations: dict[StringRef, Stored] = field(default_factory=dict)


def known_objects(keys: Collection[UUID], locale: Locale) -> dict[UUID, Known]:
    """Reads those of the keys that this site has, in a fixed number of queries."""
    begun = dict(
        Translation.objects.filter(
            source__object__in=keys, target_locale=locale, enabled=True
        ).values_list("source__object", "source")
    )
    known: dict[UUID, Known] = {}
    for pk, key, content_type, title, language in TranslationSource.objects.filter(
        object__in=keys
    ).values_list("pk", "object", "specific_content_type", "object_repr", "locale__language_code"):
        # A page may be a source in two languages: the one that is translated from counts.
        if pk == begun.get(key) or (key not in begun and language == SOURCE_LANGUAGE_CODE):
            known[key] = Known(key, pk, content_type, title, language)
    _add_places(known)
    _add_translations(known, locale)
    return known


def _add_places(known: dict[UUID, Known]) -> None:
    by_source = {one.source_id: one for one in known.values()}
    for key, path, context, field_path in TranslationContext.objects.filter(
        object__in=list(known)
    ).values_list("object", "path", "pk", "field_path"):
        known[key].contexts[path] = context
        if field_path:
            known[key].facts[path] = field_facts(
                known[key].content_type, field_path, SOURCE_LANGUAGE_CODE
            )
    segments = StringSegment.objects.filter(source__in=list(by_source)).values_list(
        "source", "context", "context__path", "string", "string__data"
    )
    for source, context, path, string, text in segments.iterator():
        by_source[source].places[path, text] = StringRef(context, string)


def _add_translations(known: dict[UUID, Known], locale: Locale) -> None:
    rows: dict[UUID, dict[StringRef, Stored]] = defaultdict(dict)
    found = StringTranslation.objects.filter(
        context__object__in=list(known), locale=locale
    ).values_list(
        "context__object",
        "context",
        "translation_of",
        "pk",
        "data",
        "updated_at",
        "has_error",
        "translation_type",
        F("review__state"),
    )
    for key, context, string, pk, data, updated, has_error, kind, review in found.iterator():
        machine = kind == StringTranslation.TRANSLATION_TYPE_MACHINE
        rows[key][StringRef(context, string)] = Stored(
            pk, data, updated, has_error, machine, review
        )
    for key, translations in rows.items():
        known[key].translations = translations
