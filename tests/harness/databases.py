"""Fixtures: the database of a test process, which begins as a copy of one that was prepared.

The prepared ones are made when first asked for, by whichever process asks; ``make test`` has them
made before. Whoever changes what a site is made of need do nothing: a checksum tells.
"""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.factories.building import media_in
from tests.harness.recipes import EMPTY, PROJECT
from tests.harness.templates import Templates, templates


class Databases:
    """The database of this process, and copies for processes that a test starts."""

    def __init__(self, kept: Templates, blocker: DjangoDbBlocker) -> None:
        self._kept = kept
        self._blocker = blocker
        self._filled = False

    def begin_empty(self) -> None:
        """Make it what the migrations make."""
        self._restore(EMPTY)

    @contextmanager
    def filled(self, name: str, files: Path) -> Iterator[Any]:
        """Fill it with a site for all tests of a module; each test has a savepoint within.

        Args:
            name: of a site in ``recipes.SITES``, or ``EMPTY``.
            files: a folder, to be made: the site's images and documents come into ``media`` there.

        Yields:
            A copy of what the site's recipe returned.

        Raises:
            RuntimeError: it is filled already; a module has one site.
        """
        if self._filled:
            raise RuntimeError("A module of tests has one site: ask for one of them alone.")
        site = None
        with self._blocker.unblock():
            self._restore(name)
        if name != EMPTY:
            shutil.copytree(self._kept.files(name), files)
            site = pickle.loads(self._kept.held(name).read_bytes())
        self._filled = True
        try:
            with (
                media_in(files / "media"),
                self._blocker.unblock(),
                transaction.atomic(),
            ):
                cache.clear()
                yield site
                transaction.set_rollback(True)
        finally:
            self._filled = False
            cache.clear()
            with self._blocker.unblock():
                self._restore(EMPTY)

    @contextmanager
    def copied(self, name: str, data: Path) -> Iterator[str]:
        """Copy a site for processes that a test starts.

        Args:
            data: their ``DATA_DIR``, which gets the site's images and files.

        Yields:
            Their ``DATABASE_URL``.
        """
        data.mkdir(parents=True, exist_ok=True)
        with self._blocker.unblock():
            self._make_sure_of(name)
        if name != EMPTY:
            shutil.copytree(self._kept.files(name), data, dirs_exist_ok=True)
        # A copy may be there for the whole run: the tests meanwhile have no database that way.
        with self._kept.copied(name, data) as address:
            yield address

    def held(self, name: str) -> Path:
        """The file of what the recipe of a site returned that was copied."""
        return self._kept.held(name)

    @contextmanager
    def copied_again(self, address: str, before: Path, data: Path) -> Iterator[str]:
        """Copy such a copy, with everything in its ``DATA_DIR``, once its processes have ended."""
        shutil.copytree(before, data)
        with self._kept.copied_again(address, data) as copy:
            yield copy

    def _restore(self, name: str) -> None:
        self._make_sure_of(name)
        self._kept.restore(name)

    def _make_sure_of(self, name: str) -> None:
        if not self._kept.has(name):
            subprocess.run(
                [sys.executable, "-m", "tests.harness.prepare", name], cwd=PROJECT, check=True
            )


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Databases]:
    """The database of this process, empty at first."""
    worker: str = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    with django_db_blocker.unblock():
        kept = templates(worker)
        made = Databases(kept, django_db_blocker)
        made.begin_empty()
    yield made
    with django_db_blocker.unblock():
        kept.end()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases) -> None:
    """Stands in for that of pytest-django, which would migrate in each process."""
