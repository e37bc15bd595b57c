"""The index on PostgreSQL: two columns of the type ``tsvector``, under one GIN index."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.delivery.search.matching import Condition, Conditions, Stems, Terms
from cms.delivery.search.query import Term
from cms.delivery.search.text import SearchableText
from cms.delivery.search.words import Word
from cms.languages.registry import get_language

WITHOUT_STEMS = "simple"
"""The configuration that takes words as they are; every PostgreSQL has it."""

# Before a lexeme, a sign that no word has says what it is. PostgreSQL's own weights would do, but
# the index does not hold them: each row that has the word would have to be read to see them.
_FOLDED = "~"
_STEM = "^"

_STEMS = f"""array_to_tsvector(ARRAY(
    SELECT '{_STEM}' || lexeme FROM unnest(to_tsvector(%s::regconfig, %s))
))"""  # noqa: S608 - a sign, and no value
_WRITE = f"""
    INSERT INTO delivery_search_indexedtext
        (document_id, title_length, length, title, text, other_languages, title_words, all_words)
    VALUES (%s, %s, %s, %s, %s, %s::jsonb, %s::tsvector || {_STEMS}, %s::tsvector || {_STEMS})
    ON CONFLICT (document_id) DO UPDATE SET
        title_length = excluded.title_length, length = excluded.length,
        title = excluded.title, text = excluded.text, other_languages = excluded.other_languages,
        title_words = excluded.title_words, all_words = excluded.all_words
"""  # noqa: S608
_QUERY_STEMS = """
    SELECT word, array_agg(lexeme)
    FROM unnest(%s::text[]) AS configuration,
        unnest(%s::text[]) AS word,
        unnest(to_tsvector(configuration::regconfig, word))
    GROUP BY configuration, word
"""
# The planner does not count what it costs to fetch words from outside the row, and would do so for
# all rows when a word is in most of them: ten times as slow as the index. To compile such a query
# takes longer than to run it.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off"
_AS_USUAL = "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT"
_IN_TITLE = "indexed.title_words @@ %s::tsquery"
# Not of the row at hand, whose words would have to be fetched: the index alone answers.
_ANYWHERE = """indexed.document_id IN (
    SELECT document_id FROM delivery_search_indexedtext WHERE all_words @@ %s::tsquery
)"""


class PostgresqlIndex:
    """Each word as written; beside it, where they differ, its folded form; and its stem.

    The stem is that of the text's language, where this PostgreSQL has a configuration for it, and
    is taken of the folded word. Sámi and Romani have none: another language's clips their words.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def write(self, texts: Sequence[SearchableText]) -> None:
        """Put the documents into the index, in the place of what it had of them."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE, [self._row(text) for text in texts])

    def _row(self, text: SearchableText) -> tuple[str | int, ...]:
        configuration = self._configuration(text.language)
        has_stems = configuration != WITHOUT_STEMS
        title = _folded(text.title_words) if has_stems else ""
        body = _folded(text.text_words) if has_stems else ""
        return (
            text.document_id,
            len(text.title_words),
            text.length,
            text.title,
            text.text,
            json.dumps(text.other_languages),
            _vector(text.title_words),
            configuration,
            title,
            _vector(text.title_words, text.text_words),
            configuration,
            f"{title} {body}",
        )

    def _configuration(self, language: str) -> str:
        wanted = get_language(language).search_configuration
        return wanted if wanted in configurations(self._connection.alias) else WITHOUT_STEMS

    def stems(self, terms: Terms, languages: Iterable[str]) -> Stems:
        """Return the stems of the single words in each of the languages; one query at most."""
        configurations = {self._configuration(language) for language in languages}
        configurations.discard(WITHOUT_STEMS)
        words = [term.folded[0] for term in terms if not term.is_phrase]
        if not configurations or not words:
            return {}
        with self._connection.cursor() as cursor:
            cursor.execute(_QUERY_STEMS, [sorted(configurations), words])
            rows = cursor.fetchall()
        found: dict[str, set[str]] = {}
        for word, lexemes in rows:
            # What PostgreSQL takes for several words was not indexed as one either.
            if len(lexemes) == 1:
                found.setdefault(word, set()).update(lexemes)
        return {word: frozenset(stems) for word, stems in found.items()}

    @contextmanager
    def by_index(self) -> Iterator[None]:
        """Have the index asked rather than the rows, for the queries within."""
        with transaction.atomic(using=self._connection.alias):
            with self._connection.cursor() as cursor:
                cursor.execute(_BY_INDEX)
            yield
            with self._connection.cursor() as cursor:
                cursor.execute(_AS_USUAL)

    def conditions(self, terms: Terms, stems: Stems) -> Conditions:
        """Return how the terms are looked for."""
        exact = " & ".join(_exact_query(term) for term in terms)
        folded = " & ".join(_folded_query(term, stems) for term in terms)
        return Conditions(
            in_title=Condition(_IN_TITLE, exact),
            anywhere=Condition(_ANYWHERE, exact),
            folded_in_title=Condition(_IN_TITLE, folded),
            folded_anywhere=Condition(_ANYWHERE, folded),
        )


@cache
def configurations(alias: str) -> frozenset[str]:
    """The text search configurations of this PostgreSQL; a packaged one may lack some."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config")
        return frozenset(name for (name,) in cursor.fetchall())


def _vector(*parts: Sequence[Word]) -> str:
    """The words with their places, as PostgreSQL reads a ``tsvector``."""
    lexemes: list[str] = []
    place = 0
    for words in parts:
        for word in words:
            place += 1
            lexemes.append(f"'{word.exact}':{place}")
            if word.folded != word.exact:
                lexemes.append(f"'{_FOLDED}{word.folded}':{place}")
        # No phrase reaches from the title into the text.
        place += 1
    return " ".join(lexemes)


def _folded(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)


def _exact_query(term: Term) -> str:
    return _phrase([[word] for word in term.exact], is_prefix=term.is_prefix)


def _folded_query(term: Term, stems: Stems) -> str:
    query = _phrase([[word, _FOLDED + word] for word in term.folded], is_prefix=term.is_prefix)
    if term.is_phrase:
        return query
    further = [f"'{_STEM}{_quoted(stem)}'" for stem in sorted(stems.get(term.folded[0], ()))]
    return f"({' | '.join([query, *further])})"


def _phrase(words: Sequence[Sequence[str]], *, is_prefix: bool) -> str:
    """The words side by side, each in one of its forms; the last perhaps a beginning."""
    ending = ":*" if is_prefix else ""
    alternatives = [" | ".join(f"'{form}'{ending}" for form in forms) for forms in words]
    return " <-> ".join(f"({forms})" for forms in alternatives)


def _quoted(lexeme: str) -> str:
    return lexeme.replace("\\", "\\\\").replace("'", "''")
