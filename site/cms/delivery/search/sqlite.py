"""An index on SQLite: a table of FTS5."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from cms.delivery.search.matching import Condition, Conditions, Operator, Stems, Terms
from cms.delivery.search.query import Term
from cms.delivery.search.tables import Table
from cms.delivery.search.text import IndexedWords, SearchableText
from cms.delivery.search.words import Word

# For private use: letters to FTS5, and of no word. One stands before a stem, one between what no
# phrase joins.
_STEM: Final = "\ue000"
_BREAK: Final = " \ue001 "

_WRITE_DOCUMENT: Final = """
    INSERT INTO delivery_search_indexedtext
        (document_id, title_length, length, title, text, other_languages)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (document_id) DO UPDATE SET
        title_length = excluded.title_length, length = excluded.length,
        title = excluded.title, text = excluded.text, other_languages = excluded.other_languages
"""
_WRITE_WORDS: Final = """
    INSERT OR REPLACE INTO {words} (rowid, title, text, folded_title, folded_text)
    VALUES (%s, %s, %s, %s, %s)
"""
_IDS: Final = "SELECT rowid FROM {words} WHERE {words} MATCH %s"


class SqliteIndex:
    """Words of titles and texts in columns of their own, as written and folded.

    The parts of words stand behind them. The folded columns hold the stems as well, and no words
    where folding changes nothing, as in most Swedish texts.
    """

    def __init__(self, connection: BaseDatabaseWrapper, table: Table) -> None:
        self._connection = connection
        self._table = table

    def write_documents(self, texts: Sequence[SearchableText]) -> None:
        """Put published documents into the index, in the place of what it had of them."""
        rows = [text.columns for text in texts]
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE_DOCUMENT, rows)
        self.write_words([(text.document_id, text.words) for text in texts])

    def write_words(self, rows: Sequence[tuple[int, IndexedWords]]) -> None:
        """Write the words of rows that are there, by their keys."""
        columns = [
            (
                key,
                _exact(words.title),
                _exact(words.text),
                _folded(words.title, words.stems(words.title)),
                _folded(words.text, words.stems(words.text)),
            )
            for key, words in rows
        ]
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE_WORDS.format(words=self._table.words), columns)

    def by_index(self) -> AbstractContextManager[None]:
        """Do nothing: SQLite has no other way."""
        return nullcontext()

    def conditions(self, terms: Terms, stems: Stems, operator: Operator = "and") -> Conditions:
        """Return how the terms are looked for: all of them, or any."""
        joined = f" {operator.upper()} "
        exact = joined.join(_expression(term, term.exact) for term in terms)
        folded = joined.join(
            f"({_expression(term, term.folded)}{_stems(term, stems)})" for term in terms
        )
        return Conditions(
            in_title=self._condition(f"{{title}} : ({exact})"),
            anywhere=self._condition(f"{{title text}} : ({exact})"),
            folded_in_title=self._condition(f"{{title folded_title}} : ({folded})"),
            folded_anywhere=self._condition(
                f"{{title text folded_title folded_text}} : ({folded})"
            ),
        )

    def _condition(self, expression: str) -> Condition:
        ids = _IDS.format(words=self._table.words)
        return Condition(f"indexed.{self._table.key} IN ({ids})", ids, expression)


def _expression(term: Term, words: tuple[str, ...]) -> str:
    """The expression of FTS5, with words in quotation marks, in which nothing has a meaning."""
    return f'"{" ".join(words)}"{" *" if term.is_prefix else ""}'


def _stems(term: Term, stems: Stems) -> str:
    further = () if term.is_phrase else sorted(stems.get(term.folded[0], ()))
    return "".join(f' OR "{_STEM}{stem}"' for stem in further)


def _exact(words: Sequence[Word]) -> str:
    parts = [part.exact for word in words for part in word.parts]
    return _BREAK.join([" ".join(word.exact for word in words), *parts])


def _folded(words: Sequence[Word], stems: Iterable[str]) -> str:
    written: list[str] = []
    if any(form.exact != form.folded for word in words for form in word.forms):
        written.append(" ".join(word.folded for word in words))
        written += [part.folded for word in words for part in word.parts]
    return _BREAK.join([*written, " ".join(_STEM + stem for stem in stems)]).strip()
