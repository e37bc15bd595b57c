"""The index on SQLite: a table of FTS5."""

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext

from django.db.backends.base.base import BaseDatabaseWrapper

from cms.delivery.search.matching import Condition, Conditions, Stems, Terms
from cms.delivery.search.query import Term
from cms.delivery.search.text import SearchableText
from cms.delivery.search.words import Word

_WRITE_TEXT = """
    INSERT INTO delivery_search_indexedtext
        (document_id, title_length, length, title, text, other_languages)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (document_id) DO UPDATE SET
        title_length = excluded.title_length, length = excluded.length,
        title = excluded.title, text = excluded.text, other_languages = excluded.other_languages
"""
_WRITE_WORDS = """
    INSERT OR REPLACE INTO delivery_search_words
        (rowid, title, text, folded_title, folded_text)
    VALUES (%s, %s, %s, %s, %s)
"""
_CONDITION = """indexed.document_id IN (
    SELECT rowid FROM delivery_search_words WHERE delivery_search_words MATCH %s
)"""


class SqliteIndex:
    """Words of titles and texts in columns of their own, as written and folded.

    The folded columns are empty where folding changes nothing, as in most Swedish texts. SQLite
    has no stemmer for our languages: it finds the words themselves and what begins with the last.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def write(self, texts: Sequence[SearchableText]) -> None:
        """Put the documents into the index, in the place of what it had of them."""
        with self._connection.cursor() as cursor:
            cursor.executemany(
                _WRITE_TEXT,
                [
                    (
                        text.document_id,
                        len(text.title_words),
                        text.length,
                        text.title,
                        text.text,
                        json.dumps(text.other_languages),
                    )
                    for text in texts
                ],
            )
            cursor.executemany(
                _WRITE_WORDS,
                [
                    (
                        text.document_id,
                        _exact(text.title_words),
                        _exact(text.text_words),
                        _folded(text.title_words),
                        _folded(text.text_words),
                    )
                    for text in texts
                ],
            )

    def stems(self, terms: Terms, languages: Iterable[str]) -> Stems:
        """Return nothing: there are none."""
        return {}

    def by_index(self) -> AbstractContextManager[None]:
        """Do nothing: SQLite has no other way."""
        return nullcontext()

    def conditions(self, terms: Terms, stems: Stems) -> Conditions:
        """Return how the terms are looked for."""
        exact = " AND ".join(_expression(term, term.exact) for term in terms)
        folded = " AND ".join(_expression(term, term.folded) for term in terms)
        return Conditions(
            in_title=Condition(_CONDITION, f"{{title}} : ({exact})"),
            anywhere=Condition(_CONDITION, f"{{title text}} : ({exact})"),
            folded_in_title=Condition(_CONDITION, f"{{title folded_title}} : ({folded})"),
            folded_anywhere=Condition(
                _CONDITION, f"{{title text folded_title folded_text}} : ({folded})"
            ),
        )


def _expression(term: Term, words: tuple[str, ...]) -> str:
    """The expression of FTS5, with words in quotation marks, in which nothing has a meaning."""
    return f'"{" ".join(words)}"{" *" if term.is_prefix else ""}'


def _exact(words: Sequence[Word]) -> str:
    return " ".join(word.exact for word in words)


def _folded(words: Sequence[Word]) -> str:
    if all(word.exact == word.folded for word in words):
        return ""
    return " ".join(word.folded for word in words)
