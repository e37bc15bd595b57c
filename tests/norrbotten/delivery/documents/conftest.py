"""A reader that knows the example site as it was before a test changed it."""

import pytest

from tests.factories.site import ExampleSite
from tests.norrbotten.delivery.documents.reader import Reader


@pytest.fixture
def reader(example_site: ExampleSite) -> Reader:
    """Somebody who has everything that was live when the test began."""
    reader = Reader()
    reader.follow()
    return reader
