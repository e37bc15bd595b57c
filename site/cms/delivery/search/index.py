"""The index of the database that the site runs on."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from django.db import connection

from cms.delivery.search.matching import Conditions, Stems, Terms
from cms.delivery.search.postgresql import PostgresqlIndex
from cms.delivery.search.sqlite import SqliteIndex
from cms.delivery.search.text import SearchableText


class Index(Protocol):
    """The index of either database."""

    def write(self, texts: Sequence[SearchableText]) -> None:
        """Put the documents into the index, in the place of what it had of them."""

    def stems(self, terms: Terms, languages: Iterable[str]) -> Stems:
        """Return the stems of the single words in each of the languages; one query at most."""

    def by_index(self) -> AbstractContextManager[None]:
        """Have the index asked rather than the rows, for the queries within."""

    def conditions(self, terms: Terms, stems: Stems) -> Conditions:
        """Return how the terms are looked for."""


def current_index() -> Index:
    """Return the index of the database at hand.

    Raises:
        NotImplementedError: it is neither SQLite nor PostgreSQL.
    """
    if connection.vendor == "postgresql":
        return PostgresqlIndex(connection)
    if connection.vendor == "sqlite":
        return SqliteIndex(connection)
    raise NotImplementedError(
        f"There is no search on {connection.display_name}; use PostgreSQL or SQLite."
    )
