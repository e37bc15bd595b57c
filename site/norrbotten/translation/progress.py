"""How far each language is, as wagtail-localize has it stored.

A page is translated string by string. What is read here is which strings of the source have a
translation, so that nobody has to compare texts to know whether a page is whole.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from wagtail_localize.models import StringTranslation, Translation

Status = Literal["source", "complete", "partial", "outdated"]


@dataclass
class Progress:
    """One object's translation into one language.

    Attributes:
        source_language: code of the language that it is translated from.
        untranslated: the source's strings that have no translation, by content path as
            wagtail-localize writes it (``title``, ``body.<block id>.text``).
    """

    source_language: str
    untranslated: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def status(self) -> Status:
        """``complete`` when every string has a translation."""
        return "partial" if self.untranslated else "complete"

    def language_of(self, path: str, text: str) -> str | None:
        """The source language, if the text at a path is one that has no translation."""
        return self.source_language if text in self.untranslated.get(path, ()) else None


ProgressByObject = dict[tuple[UUID, str], Progress]
"""Progress by translation key and language code."""

TITLE_PATHS = ("title", "name")
"""Where pages and snippets have what they are called by."""


def translation_progress(
    keys: Collection[UUID], *, titles_of: Collection[UUID] = ()
) -> ProgressByObject:
    """The progress of several objects in all languages, in one query.

    Of the objects in ``titles_of`` only what they are called by is looked at. An object that is
    not translated through wagtail-localize in a language is left out: its text there is its own.
    """
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("source__stringsegment__string"),
        context=OuterRef("source__stringsegment__context"),
        locale=OuterRef("target_locale"),
    )
    rows = (
        Translation.objects.filter(enabled=True)
        .annotate(
            key=F("source__object_id"),
            source_language=F("source__locale__language_code"),
            language=F("target_locale__language_code"),
            path=F("source__stringsegment__context__path"),
            text=F("source__stringsegment__string__data"),
            is_translated=Exists(translated),
        )
        .filter(Q(key__in=keys) | Q(key__in=titles_of, path__in=TITLE_PATHS))
        .order_by("source__stringsegment__order")
        .values_list("key", "language", "source_language", "path", "text", "is_translated")
    )
    progress: ProgressByObject = {}
    for key, language, source_language, path, text, is_translated in rows:
        found = progress.setdefault((key, language), Progress(source_language))
        if path is not None and not is_translated:
            found.untranslated[path].append(text)
    return progress
