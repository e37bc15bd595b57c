"""The translator's desk: how far each language is, what to do next, and lists of what there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any, Final, TypeVar

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.languages.registry import Language, get_language
from cms.translation.admin.same import list_title
from cms.translation.admin.work import WorkRow, by_urgency, work_rows
from cms.translation.models import LanguageStatus, Status, TranslationRequest, TranslatorGroup
from cms.translation.requests.asking import requests_to
from cms.translation.requests.listing import AskedRow, asked_rows
from cms.translation.roles.reading import Unreadable, readable_sources, unread_keys
from cms.translation.status.overview import Figures, LanguageRow, matrix
from cms.translation.texts.equal_texts import EqualTexts, equal_texts, places_with_equal_texts

Item = TypeVar("Item")

SHOWN: Final = 5
"""Pages and facts that each list shows."""

LOOKED_AT: Final = 20
"""Of each language: pages and facts that are read for texts that equal the source's."""

_BEGUN_OR_NEW: Final = (Status.PARTIAL, Status.DRAFT, Status.MISSING)


@dataclass(slots=True)
class Entry:
    """A page or fact in a list.

    Attributes:
        work: it in the language, with the way into its editor.
        number: what a list counts of it: words left, texts to review, texts to publish.
        asked: what an editor asked, in that list.
    """

    work: WorkRow
    number: int = 0
    asked: AskedRow | None = None

    @property
    def code(self) -> str:
        """The code of the language."""
        return str(self.work.status.locale.language_code)


@dataclass(slots=True)
class SameEntry:
    """A page or fact with texts that equal the source's."""

    title: str
    code: str
    number: int
    url: str


@dataclass(slots=True)
class DeskList:
    """A list on the desk.

    Attributes:
        count: all that are in it; ``None`` where nobody has counted them.
        url: where all of them are.
        empty: what will stand there, and how it comes.
    """

    name: str
    title: Promise | str
    empty: Promise | str
    url: str
    count: int | None = None
    entries: list[Any] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        """Tells whether some are not shown."""
        return self.count is None or self.count > len(self.entries)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a language's bar: its name in the style sheet, and how many texts."""

    name: str
    number: int


@dataclass(slots=True)
class DeskRow:
    """A language: the figures, the bar and the next thing to do.

    Attributes:
        needs_approval: whether a second person approves each text.
    """

    language: Language
    figures: Figures
    needs_approval: bool
    next: Entry | None = None
    next_list: str = ""

    @property
    def parts(self) -> list[Part]:
        """The four parts of the bar, which are all texts together.

        What waits for a second person does not count as translated; what a machine translated does.
        """
        left, done = self.figures.strings_left, self.figures.strings - self.figures.strings_left
        if self.needs_approval:
            review = min(self.figures.to_review, left)
            left -= review
        else:
            review = min(self.figures.to_review, done)
            done -= review
        outdated = min(self.figures.outdated_strings, left)
        return [
            Part("complete", done),
            Part("review", review),
            Part("outdated", outdated),
            Part("missing", left - outdated),
        ]


@dataclass(slots=True)
class Desk:
    """All of it: rows of languages, and lists of what is in any of them."""

    rows: list[DeskRow]
    lists: list[DeskList]


_CONDITIONS: Final = {
    "outdated": Q(status=Status.OUTDATED),
    "new": Q(status__in=_BEGUN_OR_NEW),
    "review": Q(to_review__gt=0),
    "waiting": Q(unpublished__gt=0),
}
_NUMBERS: Final = {"review": "to_review", "waiting": "unpublished"}
_NEXT: Final = ("asked", "outdated", "review", "waiting", "new")
"""The lists in the order in which the next thing to do is taken from them."""


def make_desk(locales: Sequence[Locale], unreadable: Unreadable) -> Desk:
    """The desk of somebody who translates into some languages.

    Some queries for each language; their number does not grow with what there is to do.
    """
    readable = readable_sources(unreadable)
    found = matrix(locales, readable).rows
    entries = _entries(locales, readable)
    approving = set(
        TranslatorGroup.objects.filter(locale__in=locales, needs_approval=True).values_list(
            "locale__language_code", flat=True
        )
    )
    rows = [_row(row, entries, needs_approval=row.language.code in approving) for row in found]
    total = Figures()
    for row in found:
        total.add(row.total)
    return Desk(rows, _lists(total, entries, locales, unreadable))


def _row(row: LanguageRow, entries: dict[str, list[Entry]], *, needs_approval: bool) -> DeskRow:
    code = row.language.code
    made = DeskRow(get_language(code), row.total, needs_approval)
    for name in _NEXT:
        for entry in entries[name]:
            if entry.code == code and (entry.work.edit_url or entry.work.can_begin):
                made.next, made.next_list = entry, name
                return made
    return made


def _entries(locales: Sequence[Locale], readable: Q) -> dict[str, list[Entry]]:
    """The first of each list in each language; all of them read at once where they stand."""
    statuses: dict[str, list[LanguageStatus]] = {}
    for name, condition in _CONDITIONS.items():
        of_each = []
        for locale in locales:
            chosen = LanguageStatus.objects.filter(
                condition, readable, locale=locale, source_live=True
            )
            chosen = by_urgency(chosen.select_related("locale", "source__specific_content_type"))
            of_each.append(chosen[:SHOWN])
        statuses[name] = _in_turn(of_each)
    own = {locale.pk for locale in locales}
    unique = {one.pk: one for found in statuses.values() for one in found}
    works = {row.status.pk: row for row in work_rows(list(unique.values()), own)}
    entries = {
        name: [_entry(name, works[one.pk]) for one in found] for name, found in statuses.items()
    }
    entries["asked"] = [
        Entry(row.work, row.work.words_left, row)
        for row in asked_rows(_first_requests(locales, readable), own)
        if row.work is not None
    ]
    return entries


def _in_turn(of_each: Iterable[Iterable[Item]]) -> list[Item]:
    """One of each language, then the next of each: no language hides another."""
    rounds = zip_longest(*of_each)
    return [one for turn in rounds for one in turn if one is not None]


def _entry(name: str, work: WorkRow) -> Entry:
    column = _NUMBERS.get(name)
    return Entry(work, getattr(work.status, column) if column else work.words_left)


def _open_requests(locales: Sequence[Locale], readable: Q) -> Any:
    return TranslationRequest.objects.filter(requests_to(locales, readable), outcome="")


def _first_requests(locales: Sequence[Locale], readable: Q) -> list[TranslationRequest]:
    found: list[TranslationRequest] = []
    for locale in locales:
        requests = _open_requests([locale], readable).select_related(
            "source__specific_content_type", "locale", "asked_by"
        )
        found += requests.order_by("due", "pk")[:SHOWN]
    return sorted(found, key=lambda request: (request.due, request.pk))


def _lists(
    total: Figures,
    entries: dict[str, list[Entry]],
    locales: Sequence[Locale],
    unreadable: Unreadable,
) -> list[DeskList]:
    asked = f"{reverse('cms_translation:asked')}?state=open"
    lists = [
        DeskList(
            "asked",
            _("Asked for"),
            _(
                "Nothing. When an editor asks for a page by a day, it stands here with the day and "
                "a note."
            ),
            asked,
            _open_requests(locales, readable_sources(unreadable)).count(),
        ),
        DeskList(
            "outdated",
            _("Out of date"),
            _("Nothing. When the source changes of what you have translated, it stands here."),
            _work_url(status=[Status.OUTDATED]),
            total.outdated,
        ),
        DeskList(
            "new",
            _("New and begun"),
            _(
                "Nothing. What is published in the source language and not yet in yours stands "
                "here."
            ),
            _work_url(status=_BEGUN_OR_NEW),
            total.partial + total.draft + total.missing,
        ),
        DeskList(
            "review",
            _("To review"),
            _(
                "Nothing. Texts that somebody should read stand here, such as a machine's, or what "
                "a file says is to be reviewed."
            ),
            _work_url(review=["true"]),
            total.pages_to_review,
        ),
        DeskList(
            "waiting",
            _("To publish"),
            _("Nothing. What you have entered and readers do not see yet stands here."),
            _work_url(waiting=["true"]),
            total.unpublished,
        ),
    ]
    for one in lists:
        one.entries = entries[one.name][:SHOWN]
    return [*lists, _same_list(locales, unreadable)]


def _work_url(**query: Iterable[str]) -> str:
    pairs = [(name, str(value)) for name, values in query.items() for value in values]
    return f"{reverse('cms_translation:work')}?{urlencode(pairs)}"


def _same_list(locales: Sequence[Locale], unreadable: Unreadable) -> DeskList:
    """Texts that equal the source's, in the first places that may have some."""
    of_each: list[list[SameEntry]] = []
    for locale in locales:
        unread = unread_keys(unreadable, locale)
        keys = [key for key in places_with_equal_texts(locale) if key not in unread]
        groups = equal_texts(keys[:LOOKED_AT], locale)
        of_each.append([_same_entry(group, locale) for group in groups[:SHOWN]])
    return DeskList(
        "same",
        list_title(),
        _(
            "Nothing. Texts that say what the source says stand here, until somebody says that "
            "they are to be the same, or translates them."
        ),
        reverse("cms_translation:same", args=[locales[0].language_code]),
        entries=_in_turn(of_each)[:SHOWN],
    )


def _same_entry(group: EqualTexts, locale: Locale) -> SameEntry:
    address = reverse("cms_translation:same", args=[locale.language_code])
    return SameEntry(
        str(group.instance),
        locale.language_code,
        len(group.texts),
        f"{address}?{urlencode({'of': str(group.key)})}",
    )
