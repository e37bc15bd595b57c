"""The loaded demo, for any test: made once for a module (or package) and rolled back after it.

Loading takes many seconds: ask for it only where the real demo matters, and gather such tests in
one module. A test that writes has a savepoint of its own, as with ``db``.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase, override_settings
from pytest_django import DjangoDbBlocker

from cms.demo.site import BUNDLE


@contextmanager
def loaded_demo(blocker: DjangoDbBlocker, media: object) -> Iterator[None]:
    """Load the demo into the test database, and take it out again at the end.

    Args:
        media: folder for its images and documents.
    """
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": media, "allow_overwrite": True},
    }
    with (
        override_settings(STORAGES=settings.STORAGES | {"default": files}),
        blocker.unblock(),
        transaction.atomic(),
    ):
        cache.clear()
        # The transaction never ends well, so what waits for its end is done here.
        with TestCase.captureOnCommitCallbacks(execute=True):
            call_command("import_content", BUNDLE, quiet=True)
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(scope="module")
def module_demo(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The demo, for all tests of a module."""
    with loaded_demo(django_db_blocker, tmp_path_factory.mktemp("demo-media")):
        yield


@pytest.fixture
def demo(module_demo: None, db: None) -> Iterator[None]:
    """The demo; what a test changes in the database is undone after it."""
    cache.clear()
    yield
    cache.clear()
