"""A document's words, ready to be written into an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cms.delivery.search.words import Word, words_of

LONGEST_TEXT: Final = 100_000
"""Characters of a document that are searched in: PostgreSQL takes 1 MB of words for a row."""


OtherLanguages = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class SearchableText:
    """A document's words, and the words that it is found by.

    Attributes:
        document_id: id of the ``PublishedDocument``.
        language: code of the language that the text is in.
        other_languages: the parts of ``text`` in another one: from, to (characters), code.
    """

    document_id: int
    language: str
    title: str
    text: str
    other_languages: OtherLanguages
    title_words: tuple[Word, ...]
    text_words: tuple[Word, ...]

    @property
    def length(self) -> int:
        """Number of words in title and text together."""
        return len(self.title_words) + len(self.text_words)


def searchable_text(
    document_id: int, language: str, title: str, text: str, other_languages: OtherLanguages = ()
) -> SearchableText:
    """Return the words of a document; of a very long one, those of its beginning."""
    title, text = (_storable(written)[:LONGEST_TEXT] for written in (title, text))
    return SearchableText(
        document_id,
        language,
        title,
        text,
        other_languages,
        tuple(words_of(title, language)),
        tuple(words_of(text, language)),
    )


def _storable(text: str) -> str:
    """The text without the null character, which PostgreSQL cannot store."""
    return text.replace("\x00", " ")
