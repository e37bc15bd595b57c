"""Fixtures of these tests."""

import pytest

from home.models import ContentPage
from tests.cms.export.running import messages_in_english, run
from tests.cms.export.small import add_page
from tests.factories.site import ExampleSite

__all__ = ["messages_in_english", "page", "run"]


@pytest.fixture
def page(swedish_site: ExampleSite) -> ContentPage:
    return add_page(swedish_site)
