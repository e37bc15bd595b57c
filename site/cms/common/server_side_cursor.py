"""Reads what is too long for the memory, some rows at a time, within one moment."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection


def streamed(
    statement: str, parameters: Sequence[Any], rows_at_a_time: int
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows that a statement finds, so many at a time.

    To be called within a transaction: PostgreSQL hands rows out piece by piece there alone.

    Args:
        statement: with ``%s`` for each parameter.
    """
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        cursor = raw.execute(statement.replace("%s", "?"), parameters)
        while rows := cursor.fetchmany(rows_at_a_time):
            yield rows
        return
    with raw.cursor(name="streamed") as cursor:
        cursor.execute(statement, parameters, binary=True)
        while rows := cursor.fetchmany(rows_at_a_time):
            yield rows
