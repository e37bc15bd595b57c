"""Fixtures of these tests."""

import pytest

from home.models import ContentPage
from tests.factories.site import ExampleSite
from tests.norrbotten.export.running import messages_in_english, run
from tests.norrbotten.export.small import add_page

__all__ = ["messages_in_english", "page", "run"]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)
