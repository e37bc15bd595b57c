"""Reads everything as it stood at one moment, while editors go on publishing."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from cms.delivery.publishing.sequence import current_sequence


@contextmanager
def read_snapshot() -> Generator[None]:
    """A transaction, for reading alone, in which everything is as it stood when it began.

    Django does not know of it: within it nothing may be written, nor ``atomic`` be opened.
    """
    connection.ensure_connection()
    if connection.in_atomic_block:
        # Within somebody's transaction, whose moment it is.
        yield
        return
    # Made by the first who asks, which would be a writing.
    current_sequence()
    raw: Any = connection.connection
    is_sqlite = connection.vendor == "sqlite"
    raw.execute("BEGIN" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    try:
        yield
    finally:
        raw.execute("ROLLBACK")
