"""A document's words, ready to be written into an index."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from cms.delivery.search.words import Word, words_of
from cms.languages.stems import stem

LONGEST_TEXT: Final = 100_000
"""Characters of a document that are searched in: PostgreSQL takes 1 MB of words for a row."""

LONGEST_PARTS: Final = 20_000
"""Characters of the parts of a text's words that are searched in beside the words."""

OtherLanguages = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The words by which something is found: what every index is made of.

    Attributes:
        language: code of the language that they are in.
        title: those of its title.
        text: those of all else.
    """

    language: str
    title: tuple[Word, ...]
    text: tuple[Word, ...]

    @property
    def length(self) -> int:
        """Number of words in title and text together."""
        return len(self.title) + len(self.text)

    def stems(self, words: Iterable[Word]) -> list[str]:
        """Return the stems of some of the words and of their parts, each once."""
        forms = (form.folded for word in words for form in word.forms)
        return list(filter(None, dict.fromkeys(stem(form, self.language) for form in forms)))


def indexed_words(language: str, title: str, text: str) -> IndexedWords:
    """Return the words of a title and a text; of a very long one, those of its beginning."""
    return IndexedWords(language, _words(title, language), _words(text, language))


def _words(text: str, language: str) -> tuple[Word, ...]:
    words = []
    left = LONGEST_PARTS
    for word in words_of(storable(text), language):
        left -= sum(len(part.exact) for part in word.parts)
        words.append(word if left >= 0 else word._replace(parts=()))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class SearchableText:
    """A document, and the words that it is found by.

    Attributes:
        document_id: id of the ``PublishedDocument``.
        other_languages: the parts of ``text`` in another one: from, to (characters), code.
    """

    document_id: int
    title: str
    text: str
    other_languages: OtherLanguages
    words: IndexedWords

    @property
    def columns(self) -> tuple[int, int, int, str, str, str]:
        """The columns of ``IndexedText``, in the order in which both indexes write them."""
        return (
            self.document_id,
            len(self.words.title),
            self.words.length,
            self.title,
            self.text,
            json.dumps(self.other_languages),
        )


def searchable_text(
    document_id: int, language: str, title: str, text: str, other_languages: OtherLanguages = ()
) -> SearchableText:
    """Return the words of a document; of a very long one, those of its beginning."""
    title, text = storable(title), storable(text)
    words = indexed_words(language, title, text)
    return SearchableText(document_id, title, text, other_languages, words)


def storable(text: str) -> str:
    """The beginning of a text, without the null character, which PostgreSQL cannot store."""
    return text.replace("\x00", " ")[:LONGEST_TEXT]
