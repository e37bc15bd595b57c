"""Finds documents by their words.

The ranking is a document's own: whether it has the words as they were typed or only without their
marks, whether in its title, and how many others it has. It is the same on both databases, no other
document changes it, and so a list goes on where it stopped while content changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from norrbotten.delivery.search.excerpts import excerpt
from norrbotten.delivery.search.index import current_index
from norrbotten.delivery.search.matching import Conditions, Stems, Terms
from norrbotten.delivery.search.positions import Position, parse_position
from norrbotten.delivery.search.query import parse_query
from norrbotten.languages.registry import fallback_chain, get_language

LARGEST_LIMIT: Final = 1000
"""Hits of one list."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found.

    Attributes:
        document_id: id of the ``PublishedDocument``.
        key: its key, once in a list.
        score: 4 when all words are in the title as typed, 3 when they are in title or text, 2 when
            they are in the title without their marks or in another form, 1 when they are anywhere
            so.
        excerpt: HTML that is safe; see :mod:`norrbotten.delivery.search.excerpts`.
    """

    document_id: int
    key: UUID
    score: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what was found, the best first.

    Attributes:
        next: where to go on; ``None`` at the end.
    """

    hits: tuple[Hit, ...]
    next: str | None


def find(
    locale: str,
    query: str,
    *,
    fallback: bool,
    types: Sequence[str] = (),
    under: UUID | None = None,
    limit: int,
    after: str | None = None,
) -> Found:
    """Return the entries of a language that have all words of ``query``.

    Words in quotation marks stand side by side, and the last word may be the beginning of one. A
    query without a letter or a digit finds nothing; none is an error. Those that have the words as
    typed come first, then those with the words in the title, then the shorter ones. Takes one
    query, on PostgreSQL one before it for the stems.

    Args:
        locale: code of the language that is asked for.
        query: at most ``LONGEST_QUERY`` characters.
        fallback: whether documents of its fallbacks are searched in for what it has none of.
        types: such as those of ``Entry.type``; empty for all.
        under: key of the page at or below which to search.
        limit: how many hits, from 1 to ``LARGEST_LIMIT``.
        after: ``Found.next`` of the list before.

    Raises:
        ValueError: ``query``, ``limit`` or ``after`` is not as it must be; says which and why.
        UnknownLanguage: no language is registered under ``locale``.
    """
    if not 1 <= limit <= LARGEST_LIMIT:
        raise ValueError(f"A list has 1 to {LARGEST_LIMIT} hits, not {limit}.")
    position = None if after is None else parse_position(after)
    code = get_language(locale).code
    terms = parse_query(query, code)
    if not terms:
        return Found((), None)
    index = current_index()
    stems = index.stems(terms, [code, *(fallback_chain(code) if fallback else ())])
    statement = _Statement(index.conditions(terms, stems))
    statement.where("entry.locale = %s", code)
    if not fallback:
        statement.where("entry.is_own")
    if types:
        statement.where(f"entry.type IN ({', '.join(['%s'] * len(types))})", *types)
    if under is not None:
        statement.where(
            "EXISTS (SELECT 1 FROM delivery_documenttoken AS token"
            " WHERE token.document_id = entry.document_id AND token.token = %s)",
            f"under:{under}",
        )
    rows = statement.rows(position, limit + 1)
    return _found(rows, limit, terms, code, stems)


class _Statement:
    """The one query, put together.

    Nothing but what is written here becomes a part of it: every value is a parameter.
    """

    def __init__(self, conditions: Conditions) -> None:
        self._conditions = conditions
        self._restrictions = [conditions.folded_anywhere.sql]
        self._parameters: list[Any] = [conditions.folded_anywhere.parameter]

    def where(self, sql: str, *parameters: str) -> None:
        """Restrict what is found."""
        self._restrictions.append(sql)
        self._parameters += parameters

    def rows(self, after: Position | None, limit: int) -> list[tuple[Any, ...]]:
        """The hits with their titles and texts, in their order."""
        closer = self._conditions
        closer_parameters = [
            condition.parameter
            for condition in (closer.in_title, closer.anywhere, closer.folded_in_title)
        ]
        further, further_parameters = _behind(after)
        sql = f"""
            WITH scored AS (
                SELECT entry.document_id, entry.key, indexed.title_length, indexed.length,
                    CASE
                        WHEN {closer.in_title.sql} THEN 4
                        WHEN {closer.anywhere.sql} THEN 3
                        WHEN {closer.folded_in_title.sql} THEN 2
                        ELSE 1
                    END AS score
                FROM delivery_search_indexedtext AS indexed
                JOIN delivery_entry AS entry ON entry.document_id = indexed.document_id
                WHERE {" AND ".join(self._restrictions)}
            ), placed AS (
                SELECT document_id, key, score,
                    CASE WHEN score IN (4, 2) THEN title_length ELSE length END AS length
                FROM scored
            ), first AS (
                SELECT document_id, key, score, length FROM placed
                WHERE {further}
                ORDER BY score DESC, length, key
                LIMIT {limit:d}
            )
            SELECT first.document_id, first.key, first.score, first.length, indexed.text
            FROM first
            JOIN delivery_search_indexedtext AS indexed
                ON indexed.document_id = first.document_id
            ORDER BY first.score DESC, first.length, first.key
        """  # noqa: S608 - made of what stands in this package alone
        with connection.cursor() as cursor:
            cursor.execute(sql, [*closer_parameters, *self._parameters, *further_parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _behind(position: Position | None) -> tuple[str, list[Any]]:
    """The condition for what comes after a position."""
    if position is None:
        return "1 = 1", []
    key = position.key.hex
    return (
        "(score < %s OR (score = %s AND (length > %s OR (length = %s AND key > %s))))",
        [position.score, position.score, position.length, position.length, key],
    )


def _found(rows: list[tuple[Any, ...]], limit: int, terms: Terms, code: str, stems: Stems) -> Found:
    hits = tuple(
        Hit(document_id, UUID(str(key)), score, excerpt(text, terms, code, stems))
        for document_id, key, score, _, text in rows[:limit]
    )
    if len(rows) <= limit:
        return Found(hits, None)
    length = rows[limit - 1][3]
    return Found(hits, str(Position(hits[-1].score, length, hits[-1].key)))
