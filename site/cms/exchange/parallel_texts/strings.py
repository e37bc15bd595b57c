"""A string in all languages at once, and how far each of its translations is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE, UnknownLanguage


class TextStatus(StrEnum):
    """The states of a string in one language; each means something else to a reviewer.

    A page has a status for each language too; these are of a single string.
    """

    PUBLISHED = "published"
    """What readers see, and a translation of what the source says now."""
    TO_REVIEW = "to-review"
    """The same, and nobody has read it yet: a machine wrote it, or somebody asked for a look."""
    DRAFT = "draft"
    """Translated, and not what readers see; they may see what it was before."""
    OUTDATED = "outdated"
    """The source has changed since; the text is the translation of what it said before."""
    MISSING = "missing"
    """Not translated."""
    UNPUBLISHED = "unpublished"
    """Nothing that readers see; whether there is a draft is not for who asks to know."""
    SEPARATE = "separate"
    """The page is written on its own in that language: no text belongs to this one."""

    @property
    def label(self) -> str:
        """The name of it, in the language of who reads."""
        return str(_LABELS[self])


_LABELS = {
    TextStatus.PUBLISHED: _("published"),
    TextStatus.TO_REVIEW: _("published, to review"),
    TextStatus.DRAFT: _("draft"),
    TextStatus.OUTDATED: _("out of date"),
    TextStatus.MISSING: _("missing"),
    TextStatus.UNPUBLISHED: _("not published"),
    TextStatus.SEPARATE: _("written on its own"),
}

LIVE = frozenset({TextStatus.PUBLISHED, TextStatus.TO_REVIEW})
"""Statuses of a translation that readers see and that is not out of date."""


@dataclass(frozen=True, slots=True)
class ParallelText:
    """A string in one language.

    Attributes:
        text: the fragment, as ``cms.exchange.units`` describes one; empty where there is
            none to show.
        changed_at: when the translation was last changed; ``None`` where there is none.
        state: what is to be done with it, as a file for translators says it.
    """

    status: TextStatus
    text: str = ""
    changed_at: datetime | None = None
    state: str = "needs-translation"


@dataclass(frozen=True, slots=True)
class ParallelString:
    """A string of a page or snippet in the source language and in those that are asked for.

    Attributes:
        key: Wagtail's translation key of the page or snippet.
        type: ``strategy.GoalPage``.
        title: what the page or snippet is called in the source language.
        path: path on a site with its language; empty for a snippet.
        place: content path as wagtail-localize writes it, ``body.<block id>.text``.
        label: where that is, for a person, in the source language: ``Brödtext › Stycke``.
        source: the source's fragment.
        texts: by the code of the language, in the order in which they were asked for.
    """

    key: UUID
    type: str
    title: str
    path: str
    place: str
    label: str
    source: str
    texts: Mapping[str, ParallelText]


@dataclass(frozen=True, slots=True)
class ParallelQuery:
    """The strings that are wanted, and the languages whose drafts may be seen.

    Attributes:
        languages: codes of the languages beside the source; see :func:`chosen_languages`.
        types: labels of types of pages and snippets; empty for all.
        open_languages: languages of which whoever asks may see what is not published. Empty for
            the world: then a page or snippet that is not public is left out too.
        unreadable: keys of what is closed to whoever asks; see
            :func:`cms.translation.roles.reading.unreadable_pages`.
    """

    languages: tuple[str, ...]
    types: tuple[str, ...] = ()
    open_languages: frozenset[str] = field(default_factory=frozenset)
    unreadable: Collection[UUID] = ()

    @property
    def is_public(self) -> bool:
        """Tells whether anybody may have what is asked for."""
        return not self.open_languages


TARGET_LANGUAGES = tuple(code for code in LANGUAGES if code != SOURCE_LANGUAGE_CODE)
"""Codes of all languages that are translated into, in the order of the registry."""


def chosen_languages(codes: list[str] | None) -> tuple[str, ...]:
    """The languages beside the source, in the order of the registry; all for none.

    The source may be among the codes; it is there in any case.

    Raises:
        UnknownLanguage: a code is of no language.
    """
    for code in codes or ():
        if code not in LANGUAGES:
            raise UnknownLanguage(code)
    return tuple(code for code in TARGET_LANGUAGES if not codes or code in codes)
