"""An index on PostgreSQL: two columns of the type ``tsvector``, under one GIN index."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.delivery.search.matching import Condition, Conditions, Operator, Stems, Terms
from cms.delivery.search.query import Term
from cms.delivery.search.tables import Table
from cms.delivery.search.text import IndexedWords, SearchableText
from cms.delivery.search.words import Form, Word

# Before a lexeme, a sign that no word has says what it is. PostgreSQL's own weights would do, but
# the index does not hold them: each row that has the word would have to be read to see them.
_FOLDED: Final = "~"
_STEM: Final = "^"

_WRITE_DOCUMENT: Final = """
    INSERT INTO delivery_search_indexedtext
        (document_id, title_length, length, title, text, other_languages, title_words, all_words)
    VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::tsvector, %s::tsvector)
    ON CONFLICT (document_id) DO UPDATE SET
        title_length = excluded.title_length, length = excluded.length,
        title = excluded.title, text = excluded.text, other_languages = excluded.other_languages,
        title_words = excluded.title_words, all_words = excluded.all_words
"""
_WRITE_WORDS: Final = """
    UPDATE {rows} SET title_words = %s::tsvector, all_words = %s::tsvector WHERE {key} = %s
"""
# The planner does not count what it costs to fetch words from outside the row, and would do so for
# all rows when a word is in most of them: ten times as slow as the index. To compile such a query
# takes longer than to run it.
_BY_INDEX: Final = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
_AS_USUAL: Final = "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT"
_IDS: Final = "SELECT {key} FROM {rows} WHERE {column} @@ %s::tsquery"


class PostgresqlIndex:
    """Each word as written; beside it, where they differ, its folded form; its parts; its stem."""

    def __init__(self, connection: BaseDatabaseWrapper, table: Table) -> None:
        self._connection = connection
        self._table = table

    def write_documents(self, texts: Sequence[SearchableText]) -> None:
        """Put published documents into the index, in the place of what it had of them."""
        rows = [(*text.columns, *_vectors(text.words)) for text in texts]
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE_DOCUMENT, rows)

    def write_words(self, rows: Sequence[tuple[int, IndexedWords]]) -> None:
        """Write the words of rows that are there, by their keys."""
        sql = _WRITE_WORDS.format(rows=self._table.rows, key=self._table.key)
        with self._connection.cursor() as cursor:
            cursor.executemany(sql, [(*_vectors(words), key) for key, words in rows])

    @contextmanager
    def by_index(self) -> Iterator[None]:
        """Have the index asked rather than the rows, for the queries within."""
        with transaction.atomic(using=self._connection.alias):
            with self._connection.cursor() as cursor:
                cursor.execute(_BY_INDEX)
            yield
            with self._connection.cursor() as cursor:
                cursor.execute(_AS_USUAL)

    def conditions(self, terms: Terms, stems: Stems, operator: Operator = "and") -> Conditions:
        """Return how the terms are looked for: all of them, or any."""
        joined = {"and": " & ", "or": " | "}[operator]
        exact = joined.join(_exact_query(term) for term in terms)
        folded = joined.join(_folded_query(term, stems) for term in terms)
        return Conditions(
            in_title=self._in_title(exact),
            anywhere=self._anywhere(exact),
            folded_in_title=self._in_title(folded),
            folded_anywhere=self._anywhere(folded),
        )

    def _in_title(self, query: str) -> Condition:
        return Condition("indexed.title_words @@ %s::tsquery", self._ids("title_words"), query)

    def _anywhere(self, query: str) -> Condition:
        # Not of the row at hand, whose words would have to be fetched: the index alone answers.
        ids = self._ids("all_words")
        return Condition(f"indexed.{self._table.key} IN ({ids})", ids, query)

    def _ids(self, column: str) -> str:
        return _IDS.format(key=self._table.key, rows=self._table.rows, column=column)


def _vectors(words: IndexedWords) -> tuple[str, str]:
    """The words of the title, and all of them."""
    return (
        _vector(words.stems(words.title), words.title),
        _vector(words.stems([*words.title, *words.text]), words.title, words.text),
    )


def _vector(stems: Iterable[str], *parts: Sequence[Word]) -> str:
    """The words with their places, as PostgreSQL reads a ``tsvector``."""
    lexemes = [f"'{_STEM}{stem}'" for stem in stems]
    place = 0
    for words in parts:
        for word in words:
            place += 1
            lexemes += _lexemes(word, place)
        # No phrase reaches from the title into the text.
        place += 1
    for part in (part for words in parts for word in words for part in word.parts):
        # Nor into a part of a word.
        place += 2
        lexemes += _lexemes(part, place)
    return " ".join(lexemes)


def _lexemes(form: Word | Form, place: int) -> list[str]:
    lexemes = [f"'{form.exact}':{place}"]
    if form.folded != form.exact:
        lexemes.append(f"'{_FOLDED}{form.folded}':{place}")
    return lexemes


def _exact_query(term: Term) -> str:
    return _phrase([[word] for word in term.exact], is_prefix=term.is_prefix)


def _folded_query(term: Term, stems: Stems) -> str:
    query = _phrase([[word, _FOLDED + word] for word in term.folded], is_prefix=term.is_prefix)
    if term.is_phrase:
        return query
    further = [f"'{_STEM}{stem}'" for stem in sorted(stems.get(term.folded[0], ()))]
    return f"({' | '.join([query, *further])})"


def _phrase(words: Sequence[Sequence[str]], *, is_prefix: bool) -> str:
    """The words side by side, each in one of its forms; the last perhaps a beginning."""
    ending = ":*" if is_prefix else ""
    alternatives = [" | ".join(f"'{form}'{ending}" for form in forms) for forms in words]
    return " <-> ".join(f"({forms})" for forms in alternatives)
