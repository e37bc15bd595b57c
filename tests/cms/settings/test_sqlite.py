"""Readers and a writer live together in SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from cms.settings.environment import sqlite_options


@contextmanager
def connected(path: Path, timeout: float = 20) -> Iterator[BaseDatabaseWrapper]:
    handler = ConnectionHandler(
        {
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(path),
                "OPTIONS": sqlite_options() | {"timeout": timeout},
            }
        }
    )
    connection = handler["default"]
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Does what ``transaction.atomic`` does, for a connection that is not in the settings."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
        connection.commit()
    finally:
        connection.rollback()
        connection.set_autocommit(True)


def execute(connection: BaseDatabaseWrapper, sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.fixture
def path(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with django_db_blocker.unblock():
        path = tmp_path / "readers-and-a-writer.sqlite3"
        with connected(path) as connection:
            execute(connection, "CREATE TABLE page (title TEXT)")
            execute(connection, "INSERT INTO page VALUES ('published')")
        yield path


def test_a_reader_is_served_while_a_writer_is_in_a_transaction(path: Path) -> None:
    with connected(path) as writer, connected(path, timeout=0) as reader:
        with transaction(writer):
            execute(writer, "UPDATE page SET title = 'changed'")
            assert execute(reader, "SELECT title FROM page") == [("published",)]
        assert execute(reader, "SELECT title FROM page") == [("changed",)]


def test_a_transaction_is_a_writer_from_its_beginning(path: Path) -> None:
    with connected(path) as first, connected(path, timeout=0) as second:
        with transaction(first), pytest.raises(OperationalError, match="locked"):
            second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with transaction(second):
            execute(second, "UPDATE page SET title = 'second'")


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 1), ("foreign_keys", 1)]
)
def test_pragmas(path: Path, pragma: str, value: str | int) -> None:
    with connected(path) as connection:
        assert execute(connection, f"PRAGMA {pragma}") == [(value,)]
