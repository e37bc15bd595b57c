"""Each test of an address runs both ways: the answers are the same to the byte."""

import pytest

from tests.cms.delivery.endpoints.asking import Ask, Fast, Views


@pytest.fixture(params=["views", "fast path"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Asks for an address under ``/api/v3``."""
    return Views() if request.param == "views" else Fast()
