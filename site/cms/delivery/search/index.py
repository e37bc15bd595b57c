"""The indexes of the database that the site runs on."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection

from cms.delivery.search.matching import Conditions, Operator, Stems, Terms
from cms.delivery.search.postgresql import PostgresqlIndex
from cms.delivery.search.sqlite import SqliteIndex
from cms.delivery.search.tables import PUBLISHED, Table
from cms.delivery.search.text import IndexedWords, SearchableText


class Index(Protocol):
    """An index of either database."""

    def write_documents(self, texts: Sequence[SearchableText]) -> None:
        """Put published documents into the index, in the place of what it had of them."""

    def write_words(self, rows: Sequence[tuple[int, IndexedWords]]) -> None:
        """Write the words of rows that are there, by their keys."""

    def by_index(self) -> AbstractContextManager[None]:
        """Have the index asked rather than the rows, for the queries within."""

    def conditions(self, terms: Terms, stems: Stems, operator: Operator = "and") -> Conditions:
        """Return how the terms are looked for: all of them, or any."""


def current_index(table: Table = PUBLISHED) -> Index:
    """Return the index of the database at hand: of what is published, unless another is named.

    Raises:
        NotImplementedError: it is neither SQLite nor PostgreSQL.
    """
    if connection.vendor == "postgresql":
        return PostgresqlIndex(connection, table)
    if connection.vendor == "sqlite":
        return SqliteIndex(connection, table)
    raise NotImplementedError(
        f"There is no search on {connection.display_name}; use PostgreSQL or SQLite."
    )
