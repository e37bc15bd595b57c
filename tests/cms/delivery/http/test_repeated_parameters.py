"""A parameter of one value that is given twice is refused by its name, wherever it is."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.api.v3.api import api

from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MAY_REPEAT = {
    "/api/v3/pages/": {"order", "type"},
    "/api/v3/images/": {"order", "tags"},
    "/api/v3/documents/": {"order", "tags"},
    "/api/v3/redirects/": {"order"},
    "/api/v3/snippets/{type}/": {"order"},
    "/api/v3/stories/": {"area", "fields", "goal", "kind", "municipality", "programme", "year"},
    "/api/v3/entries/{locale}/": {"fields", "type"},
    "/api/v3/entries/{locale}/find/": {"fields"},
    "/api/v3/entries/{locale}/{key}/": {"fields"},
    "/api/v3/changes/": {"locale", "type"},
    "/api/v3/export/{locale}.ndjson": {"type"},
}
"""Parameters that take several values; each is promised in docs/api.md or by Wagtail."""

PATH_VALUES = {
    "locale": "sv",
    "key": "f80b49f2-6c1d-4c3e-9d57-0a4f7f1f2b6e",
    "type": "home.HomePage",
}


def operations() -> list[tuple[str, str, list[Any]]]:
    """Address, method and query parameters of every operation that is described."""
    return [
        (path, method, [one for one in operation.get("parameters", ()) if one["in"] == "query"])
        for path, members in api.get_openapi_schema()["paths"].items()
        for method, operation in members.items()
    ]


def address_of(path: str) -> str:
    return re.sub(r"{(\w+)}", lambda found: PATH_VALUES.get(found[1], "1"), path)


def test_every_operation_refuses_it(example_site: ExampleSite, visitor: Client) -> None:
    for path, method, parameters in operations():
        names = {one["name"] for one in parameters}
        for name in sorted(names | {"bogus"}):
            value = "sv" if name == "locale" else "1"
            query = f"{name}={value}&{name}={value}"
            answer = visitor.generic(method.upper(), f"{address_of(path)}?{query}")
            errors = answer.json().get("errors", []) if answer.status_code == 422 else []
            refused = any("given twice" in error["msg"] for error in errors)
            expected = name not in MAY_REPEAT.get(path, set()) or method != "get"
            assert refused == expected, (method, path, name, answer.content)
            if refused:
                assert [error["loc"] for error in errors] == [["query", name]]
                assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_may_repeat_is_said_to_be_a_list() -> None:
    for path, method, parameters in operations():
        lists = {one["name"] for one in parameters if "array" in str(one["schema"])}
        if method == "get":
            assert lists == MAY_REPEAT.get(path, set()) - {"tags"}, path


@pytest.mark.parametrize("name", ["limit", "fields", "type", "order", "search", "bogus"])
def test_the_stable_api_refuses_it_in_its_own_way(
    name: str, example_site: ExampleSite, visitor: Client
) -> None:
    for path in ("pages/", "pages/1/", "pages/find/", "images/", "documents/"):
        answer = visitor.get(f"/api/v2/{path}?{name}=1&{name}=2")
        assert answer.status_code == 400
        assert name in answer.json()["detail"]


def test_other_addresses_of_the_api_refuse_it(visitor: Client) -> None:
    for path in (
        "pages/find/?html_path=/sv/&html_path=/en/",
        "openapi.json?a=1&a=2",
        "docs/?a=1&a=2",
    ):
        answer = visitor.get(f"/api/v3/{path}")
        assert answer.status_code == 422
        assert "given twice" in answer.json()["errors"][0]["msg"]


def test_a_page_filtered_by_a_field_twice(example_site: ExampleSite, visitor: Client) -> None:
    answer = visitor.get("/api/v3/pages/?type=strategy.StoryPage&year=2024&year=2023")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["query", "year"]


def test_the_same_outside_the_api_is_nobodys_business(
    example_site: ExampleSite, visitor: Client
) -> None:
    assert visitor.get("/sv/?a=1&a=2").status_code == 200
