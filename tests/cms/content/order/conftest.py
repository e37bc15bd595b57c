"""A reader who has everything that was live when the test began."""

import pytest

from tests.cms.delivery.publishing.reader import Reader
from tests.cms.delivery.publishing.small_site import SmallSite


@pytest.fixture
def reader(small_site: SmallSite) -> Reader:
    """Somebody who follows the feed and has everything that is live."""
    reader = Reader()
    reader.follow()
    return reader
