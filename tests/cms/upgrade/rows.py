"""Every row of every table, asked of the database itself: no model stands in between."""

import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

Rows = dict[str, list[dict[str, str]]]
"""By table: each row's columns with what they hold, as Python writes it."""


def all_rows(address: str) -> Rows:
    """The rows of a database.

    Args:
        address: ``postgresql://…``, or the path of an SQLite file.
    """
    return _of_postgresql(address) if address.startswith("postgres") else _of_sqlite(Path(address))


def _of_sqlite(path: Path) -> Rows:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: [_as_text(dict(row)) for row in connection.execute(f'SELECT * FROM "{name}"')]
            # The counters of keys, which go on with whatever is added.
            for (name,) in tables.fetchall()
            if name != "sqlite_sequence"
        }
    finally:
        connection.close()


def _of_postgresql(address: str) -> Rows:
    with psycopg.connect(address, row_factory=dict_row) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            table["tablename"]: [
                _as_text(row)
                for row in connection.execute(f'SELECT * FROM "{table["tablename"]}"'.encode())
            ]
            for table in tables.fetchall()
        }


def _as_text(row: dict[str, Any]) -> dict[str, str]:
    return {column: repr(value) for column, value in row.items()}


def lost(before: Rows, after: Rows) -> dict[str, list[dict[str, str]]]:
    """Rows that are not there any more, by table; a table that is gone has lost all of them."""
    found = {}
    for table, rows in before.items():
        columns = set(rows[0]) if rows else set()
        there = Counter(_key(row, columns) for row in after.get(table, []))
        missing = Counter(_key(row, columns) for row in rows) - there
        if missing or table not in after:
            found[table] = [dict(key) for key in missing.elements()]
    return found


def _key(row: dict[str, str], columns: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, value) for column, value in row.items() if column in columns))
