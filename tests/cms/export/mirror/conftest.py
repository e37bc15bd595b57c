"""A small site, and a folder for its mirror on the disk where its media are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.cms.delivery.publishing.small_site import SmallSite, build_small_site


@pytest.fixture(scope="module")
def module_small_site(module_database: None) -> SmallSite:
    """The small site, made once for each module."""
    return build_small_site()


@pytest.fixture
def small_site(module_small_site: SmallSite, db: None) -> Iterator[SmallSite]:
    """The small site of the module; what a test changes in the database is undone after it."""
    cache.clear()
    yield module_small_site
    cache.clear()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The path of a mirror that is not there yet."""
    return tmp_path / "mirror"
