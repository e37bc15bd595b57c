"""docs/api.md names every endpoint with what it takes, and says truly which need a token."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.api.v3.urls import api

from tests.cms.delivery.openapi.endpoint_table import (
    DOCUMENTATION,
    PREFIX,
    documented_tables,
    endpoints,
    with_tables,
)

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]


def test_the_table_is_what_the_api_says_of_itself(request: pytest.FixtureRequest) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    anew = with_tables(text, documented_tables(api.get_openapi_schema()))
    if request.config.getoption("--update-snapshots"):
        DOCUMENTATION.write_text(anew, encoding="utf-8")
    else:
        assert anew == text, "Run pytest --update-snapshots for this test, and look at the change."


def test_a_token_is_asked_for_where_the_table_says_so(visitor: Client) -> None:
    for endpoint in endpoints(api.get_openapi_schema()):
        if "token" in endpoint.takes:
            continue  # Its own, in the address: of one draft, for whoever has it.
        # 1 is no key and no language: those are refused before anything is looked for.
        address = PREFIX + re.sub(r"{\w+}", "1", endpoint.path)
        answer: Any = visitor.generic(
            endpoint.method.upper(), address, "{}", content_type="application/json"
        )
        is_refused = answer.status_code == 401
        assert is_refused == (endpoint.token == "yes"), (endpoint, answer.status_code)
