"""Tells whether a text is what readers see: whether it stands in the published document.

What is public is decided in one place, where documents are made: a draft, a restricted page and a
translation that waits have none. A text leaves for the world only if its words stand there, in
that language, whatever the tables of translations say of it.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from uuid import UUID

from cms.delivery.models import PublishedDocument
from cms.translation.fragments import plain_text

_BLOCK: Final = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|div|blockquote|hr|table|thead|tbody|tr|th|td|figure|figcaption|pre|"
    r"dl|dt|dd)\b[^>]*>",
    re.IGNORECASE,
)
_LINE_BREAK: Final = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_BETWEEN: Final = "\x00"
"""Stands between two texts, and in none."""


@dataclass(frozen=True, slots=True)
class PublicTexts:
    """The texts of a published document.

    Attributes:
        path: path on a site with its language; ``None`` for a snippet.
        words: all its texts, without markup and with single spaces.
    """

    title: str
    path: str | None
    words: str

    def says(self, fragment: str) -> bool:
        """Tells whether a text stands in it as it is, and not as a part of longer words."""
        wanted = _spaced(plain_text(fragment))
        if not wanted:
            return False
        position = self.words.find(wanted)
        while position >= 0:
            end = position + len(wanted)
            if not (_joined(self.words, position) or _joined(self.words, end)):
                return True
            position = self.words.find(wanted, position + 1)
        return False


def public_documents(
    keys: Collection[UUID], languages: Collection[str]
) -> dict[tuple[UUID, str], PublicTexts]:
    """The published documents of some pages and snippets in some languages, in one query."""
    rows = PublishedDocument.objects.filter(
        key__in=list(keys), locale__in=list(languages), listed=True
    ).values_list("key", "locale", "title", "path", "body")
    return {
        (key, locale): PublicTexts(title, path, _words(bytes(body)))
        for key, locale, title, path, body in rows
    }


def _words(body: bytes) -> str:
    return _BETWEEN.join(["", *(_shown(text) for text in _texts(json.loads(body))), ""])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _shown(text: str) -> str:
    """The text of a document's value without its markup."""
    if _TAG.search(text) is None:
        return _spaced(text)
    text = _LINE_BREAK.sub(" ", _BLOCK.sub(_BETWEEN, text))
    # A text that only speaks of tags is kept beside what it would be as HTML.
    as_html = _BETWEEN.join(_spaced(unescape(_TAG.sub("", part))) for part in text.split(_BETWEEN))
    return f"{as_html}{_BETWEEN}{_spaced(text)}"


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _joined(words: str, position: int) -> bool:
    """Tells whether a word goes on over a position."""
    around = words[position - 1 : position + 1]
    return len(around) == 2 and around.isalnum()
