"""Databases kept as templates, and brought back by copying: a file, or PostgreSQL's own clone."""

import itertools
import os
import shutil
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.harness.recipes import MIGRATED, PROJECT, checksum, checksum_of_sites

FOLDER = PROJECT / ".venv" / "sites"
_SQLITE = "sqlite:///"
_KEPT_SECONDS = 24 * 60 * 60


class Templates(ABC):
    """Templates by name, and the database of this process, which is made a copy of one.

    Attributes:
        folder: for what belongs to a template beside its database.
    """

    folder: Path

    def files(self, name: str) -> Path:
        """The folder of what belongs to a site beside its database: ``media``, and others."""
        return self.folder / f"{name}-files"

    def held(self, name: str) -> Path:
        """The file of what a site's builder returned."""
        return self.folder / f"{name}.pickle"

    @abstractmethod
    def has(self, name: str) -> bool:
        """Tell whether a template is there."""

    @abstractmethod
    def begin(self) -> None:
        """Give this process a database without any table."""

    @abstractmethod
    def restore(self, name: str) -> None:
        """Make this process's database what a template is; its transaction must be over.

        What was rolled back since is gone; nothing else may have been written.
        """

    @abstractmethod
    def keep(self, name: str) -> None:
        """Make a template of this process's database, which then is not used any more."""

    @abstractmethod
    def copied(self, name: str, folder: Path) -> AbstractContextManager[str]:
        """A copy of a template for other processes, by what ``DATABASE_URL`` calls it."""

    @abstractmethod
    def copied_again(self, address: str, folder: Path) -> AbstractContextManager[str]:
        """A copy of such a copy, which nobody may be using."""

    @abstractmethod
    def end(self) -> None:
        """Delete this process's database."""


class SQLiteTemplates(Templates):
    """Files; the database of a process is in its memory."""

    def __init__(self, worker: str) -> None:
        self.folder = FOLDER / f"sqlite-{checksum_of_sites()}"
        self._name = f"file:tests_{worker}_{os.getpid()}?mode=memory&cache=shared"

    def has(self, name: str) -> bool:
        path = self._path(name)
        # Some of what is in a site is due a month after it was made.
        return path.exists() and (name == MIGRATED or path.stat().st_mtime > _too_old())

    def begin(self) -> None:
        _disconnect()
        connection.settings_dict["NAME"] = self._name
        connection.ensure_connection()

    def restore(self, name: str) -> None:
        if connection.settings_dict["NAME"] != self._name:
            self.begin()
        source = sqlite3.connect(f"{self._path(name).as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.ensure_connection()
            source.backup(connection.connection)
        finally:
            source.close()

    def keep(self, name: str) -> None:
        self._path(name).parent.mkdir(parents=True, exist_ok=True)
        beside = self._path(name).with_suffix(".part")
        beside.unlink(missing_ok=True)
        target = sqlite3.connect(beside)
        try:
            connection.connection.backup(target)
        finally:
            target.close()
        beside.replace(self._path(name))

    @contextmanager
    def copied(self, name: str, folder: Path) -> Iterator[str]:
        yield f"{_SQLITE}{shutil.copy(self._path(name), folder / 'copy.sqlite3')}"

    @contextmanager
    def copied_again(self, address: str, folder: Path) -> Iterator[str]:
        source = address.removeprefix(_SQLITE)
        yield f"{_SQLITE}{shutil.copy(source, folder / 'copy.sqlite3')}"

    def end(self) -> None:
        _disconnect()

    def _path(self, name: str) -> Path:
        return FOLDER / f"sqlite-{checksum(name)}" / f"{name}.sqlite3"


class PostgreSQLTemplates(Templates):
    """Databases of the server; a process has one for each template that it has used."""

    def __init__(self, worker: str) -> None:
        self._server = connection.get_connection_params()
        self._mine = f"test_{worker}_{os.getpid()}"
        self._used: set[str] = set()
        self._numbers = itertools.count()
        with self._session() as cursor:
            [server] = cursor.execute("SELECT system_identifier FROM pg_control_system()")
        self.folder = FOLDER / f"postgresql-{server[0]}-{checksum_of_sites()}"

    def has(self, name: str) -> bool:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        with self._session() as cursor:
            return cursor.execute(query, [self._template(name)]).fetchone() is not None

    def begin(self) -> None:
        self._connect("")

    def restore(self, name: str) -> None:
        self._connect(name)

    def keep(self, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        mine = connection.settings_dict["NAME"]
        _disconnect()
        with self._session() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._template(name)}"')
            cursor.execute(f'ALTER DATABASE "{mine}" RENAME TO "{self._template(name)}"')
        self._used.remove(mine)

    @contextmanager
    def copied(self, name: str, folder: Path) -> Iterator[str]:
        with self._copy_of(self._template(name)) as address:
            yield address

    @contextmanager
    def copied_again(self, address: str, folder: Path) -> Iterator[str]:
        with self._copy_of(urlsplit(address).path.removeprefix("/")) as copy:
            yield copy

    @contextmanager
    def _copy_of(self, database: str) -> Iterator[str]:
        copy = f"copy_{os.getpid()}_{next(self._numbers)}"
        with self._session() as cursor:
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{database}"')
        try:
            yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{copy}"))
        finally:
            with self._session() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')

    def end(self) -> None:
        _disconnect()
        with self._session() as cursor:
            for name in sorted(self._used):
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._used.clear()

    def _connect(self, template: str) -> None:
        _disconnect()
        mine = f"{self._mine}_{template}"
        if mine not in self._used:
            source = f'TEMPLATE "{self._template(template)}"' if template else ""
            with self._session() as cursor:
                cursor.execute(f'CREATE DATABASE "{mine}" {source}')
            self._used.add(mine)
        connection.settings_dict["NAME"] = mine

    @contextmanager
    def _session(self) -> Iterator[psycopg.Cursor]:
        """A session in the database that DATABASE_URL names, out of which the others are made."""
        address = {
            name: self._server[name]
            for name in ("dbname", "host", "password", "port", "user")
            if name in self._server
        }
        with psycopg.connect(**address, autocommit=True) as session:
            yield session.cursor()

    def _template(self, name: str) -> str:
        return f"site_{checksum(name)}_{name}"


def templates(worker: str) -> Templates:
    """Return the templates of the database that the settings name.

    Args:
        worker: the name of this process among those that run tests.
    """
    return (PostgreSQLTemplates if connection.vendor == "postgresql" else SQLiteTemplates)(worker)


def _too_old() -> float:
    return time.time() - _KEPT_SECONDS


def _disconnect() -> None:
    # Django's own close() of an SQLite database in memory leaves it open.
    BaseDatabaseWrapper.close(connection)


def forget_old(kept: Templates) -> None:
    """Delete what another state of the code left a day ago or longer."""
    too_old = _too_old()
    for folder in FOLDER.iterdir():
        if folder.is_dir() and folder != kept.folder and folder.stat().st_mtime < too_old:
            shutil.rmtree(folder, ignore_errors=True)
