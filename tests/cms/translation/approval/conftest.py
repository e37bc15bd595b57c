"""Fixtures of the tests of approval."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.cms.translation.approval.scene import Approval, build_approval
from tests.factories.site import ExampleSite


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them, not as a catalogue translates them."""
    with translation.override("en"):
        yield


@pytest.fixture
def approval(swedish_site: ExampleSite) -> Approval:
    return build_approval(swedish_site.home)
