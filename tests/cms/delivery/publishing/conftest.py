"""A small site, and a reader who has everything that was live when the test began."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.cms.delivery.publishing.reader import Reader
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
def reader(small_site: SmallSite) -> Reader:
    """Somebody who follows the feed and has everything that is live."""
    reader = Reader()
    reader.follow()
    return reader
