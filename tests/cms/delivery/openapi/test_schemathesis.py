"""Questions made from the API's own description, right ones and wrong ones, break nothing."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from wagtail.models import APIToken

from tests.factories.site import ExampleSite
from tests.harness.sampling import IS_HUNTING, examples

EXAMPLES_PER_ADDRESS = examples(6, 100)


def read_description(*, every_edge: bool) -> Any:
    """The API's description as Schemathesis reads it.

    Args:
        every_edge: besides random questions, each value at an edge of what a parameter may be, and
            each beyond it: some thousands, always the same.
    """
    config = schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": every_edge}}})
    application = get_wsgi_application()
    return schemathesis.openapi.from_wsgi("/api/v3/openapi.json", application, config=config)


@pytest.fixture
def description(swedish_site: ExampleSite) -> Any:
    # PostgreSQL refuses values that SQLite takes, so what breaks nothing there breaks nothing here.
    return read_description(every_edge=IS_HUNTING or connection.vendor == "postgresql")


@pytest.fixture
def description_for_readers(swedish_site: ExampleSite) -> Any:
    return read_description(every_edge=IS_HUNTING)


Case = schemathesis.Case[Any]
schema = schemathesis.pytest.from_fixture("description")
schema_for_readers = schemathesis.pytest.from_fixture("description_for_readers")


QUICKLY = settings(
    max_examples=EXAMPLES_PER_ADDRESS,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schema.include(method="GET").parametrize()
@QUICKLY
def test_reading_never_fails(case: Case, swedish_site: ExampleSite) -> None:
    response = case.call()
    assert response.status_code < 500, response.text
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]


@pytest.fixture
def token(swedish_site: ExampleSite, admin_user: Any) -> str:
    secret: str
    _token, secret = APIToken.create_token(user=admin_user, name="reader")
    return secret


@schema_for_readers.include(method="GET").parametrize()
@QUICKLY
def test_reading_with_a_token_never_fails(case: Case, token: str) -> None:
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    assert response.status_code < 500, response.text
