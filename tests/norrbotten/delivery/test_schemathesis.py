"""Questions made from the API's own description, right ones and wrong ones, break nothing."""

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from wagtail.models import APIToken

from tests.factories.site import ExampleSite

EXAMPLES_PER_ADDRESS = 20


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
