"""Fixtures of all tests."""

import gc
import sys
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import override_settings
from hypothesis import settings

from tests.chromium import chromium_path

# A deadline tells of other work on the machine, and fails a test for it.
settings.register_profile("without deadlines", settings.default, deadline=None)
settings.load_profile("without deadlines")

pytest_plugins = [
    "tests.harness.databases",
    "tests.harness.selection",
    "tests.fixtures.bundles",
    "tests.fixtures.files",
    "tests.fixtures.site",
    "tests.fixtures.snapshots",
    "tests.cms.demo.fixtures",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our switches."""
    parser.addoption(
        "--update-pictures",
        action="store_true",
        help="take the pictures in docs/pictures anew while the browser tests run",
    )
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="write the snapshots of whole responses anew instead of comparing with them",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the garbage collector what stays for the whole run: a seventh of the time was its."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)


def pytest_configure(config: pytest.Config) -> None:
    """Let one warning pass that is not ours to mend."""
    # Wagtail 8.0 leaves the file in which it makes a rendition to the garbage collector.
    config.addinivalue_line(
        "filterwarnings", "ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that drive a browser where there is none."""
    if chromium_path() is not None:
        return
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed; see .ci/run"))


@pytest.fixture(scope="session", autouse=True)
def _quick_settings(django_test_environment: None) -> Iterator[None]:
    """Hashes passwords fast, as nobody attacks them, and looks for static files when asked.

    Each client of a test has middleware of its own, and WhiteNoise read 1,800 files for each.
    """
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Empties the cache: after a rollback it would speak of rows that are not there."""
    cache.clear()
    # Kept by the number of the last change, which a rollback gives out anew.
    if (tree := sys.modules.get("cms.delivery.endpoints.tree")) is not None:
        tree._kept.clear()
    if (answers := sys.modules.get("cms.reader.serving.answers")) is not None:
        answers.kept_pages.clear()
    yield
    cache.clear()
