"""Tags by which a shared cache knows on what an answer depends.

An answer with a document has the tag of the document's key, in whatever language it was asked for.
A list or an export has the tag of its language, or of its language and type. So a change purges
two or three tags, and leaves every other answer where it is.

========================  ==========================================================
``document-<key>``        a document in any language, a fallback included
``locale-<code>``         a document in that language; for purging by hand
``type-<label>``          a document of that type; for purging by hand
``list-<code>``           a list, tree or export of a language, of all types; a redirect, which
                          has no language, is in the exports of all
``list-<code>-<label>``   the same of one type
``list-all``              what is of all languages: ``export/all``, ``changes/``
``list-all-<label>``      the same of one type
``languages``             ``languages/``
``choices``               ``choices/``, which a new version of the program alone changes
``pages``                 other lists of pages: ``pages/?…``
========================  ==========================================================
"""

from collections.abc import Iterable
from typing import Final, Protocol
from uuid import UUID

from cms.languages.registry import LANGUAGES, NO_LANGUAGE, fallback_chain

CACHE_TAG_HEADER: Final = "Cache-Tag"
ALL: Final = "all"
LANGUAGES_TAG: Final = "languages"
CHOICES_TAG: Final = "choices"
PAGES_TAG: Final = "pages"


class Tagged(Protocol):
    """A ``PublishedDocument`` or a ``Change``."""

    @property
    def key(self) -> UUID | str:
        """The same in all languages."""

    @property
    def locale(self) -> str:
        """Code of the language."""

    @property
    def type(self) -> str:
        """``strategy.GoalPage``."""


class Listed(Tagged, Protocol):
    """The same, and whether lists have it."""

    @property
    def listed(self) -> bool:
        """Tells whether lists have it."""


def document_tags(document: Tagged) -> list[str]:
    """The tags of an answer that is one document."""
    return [
        f"document-{document.key}",
        f"locale-{document.locale}",
        f"type-{document.type}",
    ]


def list_tags(locale: str = ALL, types: Iterable[str] = ()) -> list[str]:
    """The tags of an answer that is a list, an export or a part of the order of changes.

    Args:
        locale: code of the language asked for; ``all`` for every language.
        types: the types asked for; empty for all types.
    """
    return [f"list-{locale}-{one}" for one in types] or [f"list-{locale}"]


def header_value(tags: Iterable[str]) -> str:
    """The value of the header ``Cache-Tag``."""
    return ",".join(tags)


def touched_tags(changes: Iterable[Listed]) -> list[str]:
    """The tags of every answer that changes affect, in order."""
    tags: set[str] = set()
    for change in changes:
        if change.locale != NO_LANGUAGE:
            tags.add(f"document-{change.key}")
            # These show aliases too, which stand in no list of ours.
            tags.add(PAGES_TAG)
            if change.listed:
                tags.add(LANGUAGES_TAG)
        if change.listed:
            for locale in (*shown_in(change.locale), ALL):
                tags.update([*list_tags(locale), *list_tags(locale, [change.type])])
    return sorted(tags)


def shown_in(code: str) -> list[str]:
    """The languages in which a document in ``code`` may be shown: its own, then as a fallback.

    What has no language is shown in all.
    """
    if code == NO_LANGUAGE:
        return list(LANGUAGES)
    return [code, *(other for other in LANGUAGES if code in fallback_chain(other))]
