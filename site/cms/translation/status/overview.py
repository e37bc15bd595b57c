"""The progress of every language: for reports, the start page, commands, the API."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, Sum
from django.utils.text import capfirst
from wagtail.models import Locale, Page

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE, Language, get_language
from cms.translation.models import LanguageStatus


@dataclass(slots=True)
class Figures:
    """The number of pages or facts of each status, and the words that are left.

    Attributes:
        strings: strings of the source.
        strings_left: strings without a translation of what the source says now.
        outdated_strings: of these, those that had one of what it said before.
        words: words of the source.
        words_left: words of the source in strings that are left.
        published_words: words of the source whose translation is live.
        unpublished: pages and facts with texts that wait to be published.
        to_review: strings that somebody should read, such as a machine's.
        pages_to_review: pages and facts with such strings.
    """

    missing: int = 0
    draft: int = 0
    partial: int = 0
    outdated: int = 0
    complete: int = 0
    strings: int = 0
    strings_left: int = 0
    outdated_strings: int = 0
    words: int = 0
    words_left: int = 0
    published_words: int = 0
    unpublished: int = 0
    to_review: int = 0
    pages_to_review: int = 0

    @property
    def total(self) -> int:
        """All pages and facts."""
        return self.missing + self.draft + self.partial + self.outdated + self.complete

    @property
    def coverage(self) -> float:
        """The share of the words that are translated, up to date and live, 0–1."""
        return round(self.published_words / self.words, 4) if self.words else 0.0

    def add(self, other: "Figures") -> None:
        """Counts another's figures in."""
        for name, value in asdict(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of page or snippet."""

    content_type: int
    name: str
    label: str
    is_page: bool


@dataclass(slots=True)
class LanguageRow:
    """A language in the matrix: its figures for each type that there is, and all together."""

    language: Language
    by_type: dict[int, Figures] = field(default_factory=dict)
    total: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix: languages in the order of the registry, types with pages before snippets."""

    kinds: list[Kind]
    rows: list[LanguageRow]


def matrix(locales: Collection[Locale] | None = None, objects: Q | None = None) -> Matrix:
    """Counts everything whose source is live, in one query and one for the types.

    Args:
        locales: the languages to show; all that are translated into without it.
        objects: a condition on ``LanguageStatus`` that chooses some.
    """
    codes = (
        {locale.language_code for locale in locales} if locales is not None else set(LANGUAGES)
    ) - {SOURCE_LANGUAGE_CODE}
    rows = {code: LanguageRow(get_language(code)) for code in LANGUAGES if code in codes}
    chosen = LanguageStatus.objects.filter(
        objects or Q(), source_live=True, locale__language_code__in=codes
    )
    found: set[int] = set()
    for entry in _counted(chosen):
        code, content_type, status = entry.pop("code"), entry.pop("kind"), entry.pop("status")
        figures = Figures(**{status: entry.pop("objects")}, **entry)
        rows[code].by_type.setdefault(content_type, Figures()).add(figures)
        rows[code].total.add(figures)
        found.add(content_type)
    return Matrix(kinds(found), list(rows.values()))


def _counted(chosen: Any) -> Any:
    return (
        chosen.order_by()
        .values(
            "status",
            code=F("locale__language_code"),
            kind=F("source__specific_content_type"),
        )
        .annotate(
            objects=Count("pk"),
            all_strings=Sum("strings"),
            strings_left=Sum(F("strings") - F("translated")),
            outdated_strings=Sum("outdated"),
            words_left=Sum(F("words") - F("translated_words")),
            all_words=Sum("words"),
            live_words=Sum("published_words"),
            waiting=Count("pk", filter=Q(unpublished__gt=0)),
            unread=Sum("to_review"),
            pages_to_review=Count("pk", filter=Q(to_review__gt=0)),
        )
        .values(
            "status",
            "code",
            "kind",
            "objects",
            "strings_left",
            "outdated_strings",
            "words_left",
            "pages_to_review",
            strings=F("all_strings"),
            words=F("all_words"),
            published_words=F("live_words"),
            unpublished=F("waiting"),
            to_review=F("unread"),
        )
    )


def page_figures(keys: Any) -> dict[str, Figures]:
    """The figures of some pages in each language, in one query.

    Args:
        keys: a query for the translation keys of the source's pages.
    """
    chosen = LanguageStatus.objects.filter(source_live=True, source__object__in=keys)
    found: dict[str, Figures] = {}
    for entry in _counted(chosen):
        code, status = entry.pop("code"), entry.pop("status")
        entry.pop("kind")
        figures = Figures(**{status: entry.pop("objects")}, **entry)
        found.setdefault(code, Figures()).add(figures)
    return found


def kinds(content_types: Collection[int]) -> list[Kind]:
    """The types as a person knows them: pages first, each by its name."""
    found = []
    for pk in content_types:
        content_type = ContentType.objects.get_for_id(pk)
        model: Any = content_type.model_class()
        if model is not None:
            name = str(capfirst(str(model._meta.verbose_name)))
            found.append(Kind(pk, name, model._meta.label, issubclass(model, Page)))
    return sorted(found, key=lambda kind: (not kind.is_page, kind.name))
