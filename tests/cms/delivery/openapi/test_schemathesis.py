"""Questions made from the API's own description, right ones and wrong ones, break nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from wagtail.models import APIToken

from tests.factories.site import ExampleSite

EXAMPLES_PER_ADDRESS = 20


@pytest.fixture(autouse=True)
def _connection_of_the_test() -> Iterator[None]:
    """Keeps the connection, and with it the test's transaction, from one request to the next."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def description(swedish_site: ExampleSite) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v3/openapi.json", get_wsgi_application())


Case = schemathesis.Case[Any]
schema = schemathesis.pytest.from_fixture("description")


QUICKLY = settings(
    max_examples=EXAMPLES_PER_ADDRESS,
    deadline=None,
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


@schema.include(method="GET").parametrize()
@QUICKLY
def test_reading_with_a_token_never_fails(case: Case, token: str) -> None:
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    assert response.status_code < 500, response.text
