"""Finds documents by their words.

The ranking is a document's own: whether it has the words as they were typed or only without their
marks, whether in its title, and how many others it has. No other document changes it, so a list
goes on where it stopped while content changes. It is the same on both databases.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from cms.delivery.http.document_queries import FacetFilter
from cms.delivery.search.excerpts import excerpt
from cms.delivery.search.index import current_index
from cms.delivery.search.matching import Tier, stems_of, tiers
from cms.delivery.search.positions import Position, parse_position
from cms.delivery.search.query import parse_query
from cms.delivery.search.text import OtherLanguages
from cms.languages.registry import fallback_chain, get_language

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
        excerpt: HTML that is safe; see :mod:`cms.delivery.search.excerpts`.
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
    facets: Sequence[FacetFilter] = (),
    limit: int,
    after: str | None = None,
) -> Found:
    """Return the entries of a language that have all words of ``query``.

    Words in quotation marks stand side by side, and the last word may be the beginning of one. A
    query without a letter or a digit finds nothing; none is an error. Those that have the words as
    typed come first, then those with the words in the title, then the shorter ones. Takes at most
    four queries, one for each score, and as few as fill the list.

    Args:
        locale: code of the language that is asked for.
        query: at most ``LONGEST_QUERY`` characters.
        fallback: whether documents of its fallbacks are searched in for what it has none of.
        types: such as those of ``Entry.type``; empty for all.
        under: key of the page at or below which to search.
        facets: all of which a document fulfils.
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
    stems = stems_of(terms, [code, *(fallback_chain(code) if fallback else ())])
    among = _entries(code, fallback=fallback, types=types, under=under, facets=facets)
    rows: list[_Row] = []
    with index.by_index():
        for tier in tiers(index.conditions(terms, stems)):
            if len(rows) <= limit and (position is None or tier.score <= position.score):
                rows += _rows(tier, among, position, limit + 1 - len(rows))
    hits = tuple(
        Hit(
            row.document_id,
            row.key,
            row.score,
            excerpt(row.text, terms, code, stems, row.other_languages),
        )
        for row in rows[:limit]
    )
    if len(rows) <= limit:
        return Found(hits, None)
    last = rows[limit - 1]
    return Found(hits, str(Position(last.score, last.length, last.key)))


_Parameter = str | int


class _Restrictions:
    """Parts of a ``WHERE`` clause, with their parameters in the same order.

    Nothing but what is written in this package becomes a part of a query: values are parameters.
    """

    def __init__(self, *parts: tuple[str, Sequence[_Parameter]]) -> None:
        self._parts = parts

    def and_also(self, sql: str, *parameters: _Parameter) -> "_Restrictions":
        """These and one more."""
        return _Restrictions(*self._parts, (sql, parameters))

    @property
    def sql(self) -> str:
        """All of them, joined."""
        return " AND ".join(sql for sql, _ in self._parts)

    @property
    def parameters(self) -> list[_Parameter]:
        """Those of all, in their order."""
        return [parameter for _, parameters in self._parts for parameter in parameters]


def _entries(
    code: str,
    *,
    fallback: bool,
    types: Sequence[str],
    under: UUID | None,
    facets: Sequence[FacetFilter],
) -> _Restrictions:
    """The entries that are asked for, whatever they say."""
    among = _Restrictions(("entry.locale = %s", [code]))
    if not fallback:
        among = among.and_also("entry.is_own")
    if types:
        among = among.and_also(f"entry.type IN ({', '.join(['%s'] * len(types))})", *types)
    if under is not None:
        among = among.and_also(
            "EXISTS (SELECT 1 FROM delivery_documenttoken AS token"
            " WHERE token.document_id = entry.document_id AND token.token = %s)",
            f"under:{under}",
        )
    for facet in facets:
        among = among.and_also(facet.sql.format(entry="entry"), facet.name, *facet.values)
    return among


class _Row(NamedTuple):
    """A hit with what places it, and its text."""

    document_id: int
    key: UUID
    score: int
    length: int
    text: str
    other_languages: OtherLanguages


def _rows(tier: Tier, among: _Restrictions, after: Position | None, limit: int) -> list[_Row]:
    """The first hits of a tier behind a position, in their order."""
    length = "indexed.title_length" if tier.is_about_title else "indexed.length"
    restrictions = among.and_also(tier.condition.sql, tier.condition.parameter)
    for better in tier.better:
        restrictions = restrictions.and_also(f"NOT ({better.sql})", better.parameter)
    if after is not None and after.score == tier.score:
        restrictions = restrictions.and_also(
            f"({length} > %s OR ({length} = %s AND entry.key > %s))",
            after.length,
            after.length,
            after.key.hex,
        )
    sql = f"""
        SELECT first.document_id, first.key, first.length, indexed.text,
            indexed.other_languages
        FROM (
            SELECT entry.document_id, entry.key, {length} AS length
            FROM delivery_search_indexedtext AS indexed
            JOIN delivery_entry AS entry ON entry.document_id = indexed.document_id
            WHERE {restrictions.sql}
            ORDER BY {length}, entry.key
            LIMIT {limit:d}
        ) AS first
        JOIN delivery_search_indexedtext AS indexed ON indexed.document_id = first.document_id
        ORDER BY first.length, first.key
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, restrictions.parameters)
        return [
            _Row(document_id, UUID(str(key)), tier.score, length, text, _parsed(languages))
            for document_id, key, length, text, languages in cursor.fetchall()
        ]


def _parsed(languages: str | None) -> OtherLanguages:
    """``IndexedText.other_languages`` as the database gives it: JSON in a text."""
    return json.loads(languages) if languages else ()
