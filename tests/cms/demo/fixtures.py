"""The loaded demo, for any test: brought back for each module and rolled back after each test.

A test that writes has a savepoint of its own, as with ``db``.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command

from cms.delivery.publishing import fingerprint
from cms.demo.site import BUNDLE
from tests.harness.databases import Databases


def import_demo() -> None:
    """Bring the demo into an empty database, as ``prepare_demo`` does."""
    fingerprint.record()
    call_command("import_content", BUNDLE, quiet=True)


@pytest.fixture(scope="module")
def module_demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demo, for all tests of a module."""
    with databases.filled("demo", tmp_path_factory.mktemp("demo") / "site"):
        yield


@pytest.fixture
def demo(module_demo: None, db: None) -> Iterator[None]:
    """The demo; what a test changes in the database is undone after it."""
    cache.clear()
    yield
    cache.clear()
