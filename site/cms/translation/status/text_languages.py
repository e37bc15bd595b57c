"""The texts of a page or snippet in a language, with what is known of each.

wagtail-localize publishes a translated page whole; where a string has no translation it puts the
source's. Nothing in the page tells. What is read here does: a text that is the source's string and
that nobody has given as its translation is in the source language, whatever page it stands in.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, Literal
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.common.prepared_query import PreparedQuery
from cms.translation.models import LanguageStatus, SourceChange, Status

PublicStatus = Literal["source", "complete", "partial", "outdated"]
"""What others are told of something that is live."""

_PUBLIC: Final[dict[str, PublicStatus]] = {
    Status.COMPLETE: "complete",
    Status.OUTDATED: "outdated",
}


@dataclass
class TranslationProgress:
    """One object's translation into one language.

    Attributes:
        source_language: code of the language that it is translated from.
        status: how far what is live is.
        source: the strings that stand or have stood in the source, by content path as
            wagtail-localize writes it (``title``, ``body.<block id>.text``).
        translations: the translations of those strings into this language, by content path.
    """

    source_language: str
    status: PublicStatus
    source: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    translations: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def is_source(self, path: str, string: str) -> bool:
        """Tells whether a string, as wagtail-localize stores it, is in the source language."""
        return string in self.source.get(path, ()) and string not in self.translations.get(path, ())

    def language_of(self, path: str, text: str) -> str | None:
        """The source language, if the plain text at a path is in it."""
        return self.source_language if self.is_source(path, plain_string(text)) else None


ProgressByVersion = dict[tuple[UUID, str], TranslationProgress]
"""Progress by translation key and language code."""

TITLE_PATHS = ("title", "name")
"""Where pages and snippets have what they are called by."""


def plain_string(text: str) -> str:
    """A plain text in the form in which wagtail-localize stores it."""
    return escape(text, quote=False).replace("\n", "<br/>")


def translation_progress(
    keys: Collection[UUID],
    *,
    titles_of: Collection[UUID] = (),
    paths_of_titles: Collection[str] = TITLE_PATHS,
) -> ProgressByVersion:
    """The progress of several objects in all languages, in one query.

    Of the objects in ``titles_of`` only the texts at ``paths_of_titles`` are looked at. An object
    that is not translated through wagtail-localize in a language is left out: its text there is
    its own.
    """
    progress: ProgressByVersion = {}
    languages: dict[UUID, list[str]] = defaultdict(list)
    texts: list[tuple[UUID, str, str, str]] = []
    for key, language, path, text in _rows(keys, titles_of, paths_of_titles):
        if not path:
            source_language, _separator, status = text.partition(" ")
            public = _PUBLIC.get(status, "partial")
            progress[key, language] = TranslationProgress(source_language, public)
            languages[key].append(language)
        else:
            texts.append((key, language, path, text))
    for key, language, path, text in texts:
        if language:
            if (found := progress.get((key, language))) is not None:
                found.translations[path].add(text)
        else:
            for each in languages[key]:
                progress[key, each].source[path].add(text)
    return progress


def are_translated_into(language: str, keys: Collection[UUID]) -> bool:
    """Tells whether any of some objects is a translation in a language, whatever its source."""
    return bool(_FIND_TRANSLATIONS(keys, [language]))


_FIND_TRANSLATIONS: Final = PreparedQuery(
    lambda keys, languages: Translation.objects.filter(
        enabled=True, source__object__in=keys, target_locale__language_code__in=languages
    ).values_list("pk")[:1]
)


def _rows(keys: Collection[UUID], titles_of: Collection[UUID], paths: Collection[str]) -> Any:
    """``(key, language, path, text)``; source strings have no language, statuses no path."""
    chosen = Q(of_key__in=keys)
    if titles_of:
        chosen |= Q(of_key__in=titles_of, at_path__in=paths)
    everything = {*keys, *titles_of}
    nothing = Value("", output_field=TextField())
    status = LanguageStatus.objects.filter(
        source=OuterRef("source"), locale=OuterRef("target_locale")
    ).values("status")
    begun = Translation.objects.filter(enabled=True, source__object__in=everything).annotate(
        of_key=F("source__object_id"),
        in_language=F("target_locale__language_code"),
        at_path=nothing,
        of_text=Concat(
            F("source__locale__language_code"),
            Value(" "),
            Coalesce(Subquery(status), nothing, output_field=TextField()),
            output_field=TextField(),
        ),
    )
    # Said twice, so that a database begins with the few objects and not with every string.
    current = (
        StringSegment.objects.filter(source__object__in=everything)
        .annotate(
            of_key=F("source__object_id"),
            in_language=nothing,
            at_path=F("context__path"),
            of_text=F("string__data"),
        )
        .filter(chosen)
    )
    former = (
        SourceChange.objects.filter(context__object__in=everything)
        .annotate(
            of_key=F("context__object_id"),
            in_language=nothing,
            at_path=F("context__path"),
            of_text=F("previous__data"),
        )
        .filter(chosen)
    )
    translated = (
        StringTranslation.objects.filter(has_error=False, context__object__in=everything)
        .annotate(
            of_key=F("context__object_id"),
            in_language=F("locale__language_code"),
            at_path=F("context__path"),
            of_text=F("data"),
        )
        .filter(chosen)
    )
    columns = ("of_key", "in_language", "at_path", "of_text")
    first, *others = (
        rows.order_by().values_list(*columns) for rows in (begun, current, former, translated)
    )
    return first.union(*others, all=True)
