"""How far each language is, as wagtail-localize has it stored.

A page is translated string by string. What is read here is which strings of the source have a
translation, so that nobody has to compare texts to know whether a page is whole.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef
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


ProgressByObject = dict[tuple[UUID, str], Progress]
"""Progress by translation key and language code."""


def translation_progress(keys: Collection[UUID]) -> ProgressByObject:
    """The progress of several objects in all languages, in one query.

    An object that is not translated through wagtail-localize in a language is left out: its
    text there is its own.
    """
    translated = StringTranslation.objects.filter(
        translation_of=OuterRef("source__stringsegment__string"),
        context=OuterRef("source__stringsegment__context"),
        locale=OuterRef("target_locale"),
    )
    rows = (
        Translation.objects.filter(enabled=True, source__object_id__in=keys)
        .annotate(
            key=F("source__object_id"),
            source_language=F("source__locale__language_code"),
            language=F("target_locale__language_code"),
            path=F("source__stringsegment__context__path"),
            text=F("source__stringsegment__string__data"),
            is_translated=Exists(translated),
        )
        .order_by("source__stringsegment__order")
        .values_list("key", "language", "source_language", "path", "text", "is_translated")
    )
    progress: ProgressByObject = {}
    for key, language, source_language, path, text, is_translated in rows:
        found = progress.setdefault((key, language), Progress(source_language))
        if path is not None and not is_translated:
            found.untranslated[path].append(text)
    return progress
