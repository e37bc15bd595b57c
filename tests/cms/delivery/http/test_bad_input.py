"""Tests that a wrong request is answered with its fault, by name, never with an error of ours."""

import string
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.site import ExampleSite
from tests.harness.sampling import examples

pytestmark = pytest.mark.shared_out

PROBLEM = "application/problem+json"
TOO_LARGE = "99999999999999999999"
STORIES = "type=strategy.StoryPage&"
STRATEGIES = "type=strategy.StrategyPage&"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("type=foo.Bar", "type"),
        ("type=", "type"),
        ("type=strategy.Municipality", "type"),
        ("locale=xx", "locale"),
        ("locale=", "locale"),
        ("nonsense=1", "nonsense"),
        ("limit=-1", "limit"),
        ("limit=0", "limit"),
        ("limit=abc", "limit"),
        ("limit=", "limit"),
        ("limit=100000", "limit"),
        (f"limit={TOO_LARGE}", "limit"),
        ("offset=-1", "offset"),
        ("offset=1e5", "offset"),
        (f"offset={TOO_LARGE}", "offset"),
        ("order=bogus", "order"),
        ("order=title,bogus", "order"),
        ("order=-", "order"),
        ("order=random&offset=3", "order"),
        ("ancestor_of=0", "ancestor_of"),
        ("ancestor_of=999999", "ancestor_of"),
        (f"ancestor_of={TOO_LARGE}", "ancestor_of"),
        ("child_of=abc", "child_of"),
        ("child_of=1&descendant_of=1", "child_of"),
        ("translation_of=-3", "translation_of"),
        ("search=%00", "search"),
        (f"search={'a+' * 200}", "search"),
        ("search_operator=xor", "search_operator"),
        ("slug=%00", "slug"),
        ("pk=5", "pk"),
        ("site=:", "site"),
        ("site=testserver:%20", "site"),
        ("site=testserver:80:80", "site"),
        ("id=abc", "id"),
        ("show_in_menus=maybe", "show_in_menus"),
        ("first_published_at=x", "first_published_at"),
        (f"{STORIES}year=abc", "year"),
        (f"{STORIES}year=", "year"),
        (f"{STORIES}year={TOO_LARGE}", "year"),
        (f"{STORIES}municipality=abc", "municipality"),
        (f"{STORIES}amount_sek=1.5", "amount_sek"),
        (f"{STORIES}image_decorative=maybe", "image_decorative"),
        (f"{STORIES}body=x", "body"),
        (f"{STORIES}related_pages=1", "related_pages"),
        (f"{STRATEGIES}adopted_on=2024-99-99", "adopted_on"),
        (f"{STRATEGIES}year=2024", "year"),
        ("type=strategy.GoalPage&agenda_goals=4", "agenda_goals"),
    ],
)
def test_a_wrong_parameter_of_the_list_is_named(
    query: str, parameter: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"/api/v3/pages/?{query}")
    assert 400 <= response.status_code < 500, response.content
    assert response["Content-Type"] == PROBLEM
    problem = response.json()
    places = [str(part) for error in problem.get("errors", ()) for part in error["loc"]]
    assert parameter in places or parameter.split("_", maxsplit=1)[0] in _said(problem)


def _said(problem: dict[str, Any]) -> str:
    return " ".join([problem["detail"], *(error["msg"] for error in problem.get("errors", ()))])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v3/pages/0/", 404),
        ("/api/v3/pages/999999/", 404),
        (f"/api/v3/pages/{TOO_LARGE}/", 404),
        ("/api/v3/pages/abc/", 422),
        ("/api/v3/pages/%00/", 422),
        ("/api/v3/nonsense/", 404),
        ("/api/v3/", 404),
        ("/api/v3/languages/xx/", 404),
        ("/api/v3/languages/?limit=1", 422),
        ("/api/v3/pages/find/", 422),
        ("/api/v3/pages/find/?html_path=", 422),
        ("/api/v3/pages/find/?html_path=/sv/nowhere/", 404),
        ("/api/v3/pages/find/?html_path=/xx/", 404),
        ("/api/v3/pages/find/?html_path=%FF", 404),
        ("/api/v3/pages/find/?html_path=/sv/&bogus=1", 422),
        ("/api/v3/pages/find/?html_path=/sv/&site=nowhere", 404),
        ("/api/v3/pages/find/?id=-1", 422),
        ("/api/v3/pages/find/?id=abc", 422),
        (f"/api/v3/pages/find/?id={TOO_LARGE}", 422),
        (f"/api/v3/images/{TOO_LARGE}/", 404),
        (f"/api/v3/documents/{TOO_LARGE}/", 404),
        ("/api/v3/images/?limit=1000", 422),
        ("/api/v3/snippets/strategy.Municipality/", 401),
        ("/api/v3/schema/", 401),
        ("/api/v3/whoami/", 401),
    ],
)
def test_a_wrong_address_is_a_problem(
    path: str, status: int, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(path)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    assert response.json()["status"] == status


@pytest.mark.parametrize("query", ["version=bogus", "rich_text_format=bogus"])
def test_a_wrong_parameter_of_a_page_is_named(
    query: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"/api/v3/pages/{swedish_site.home.pk}/?{query}")
    assert response.status_code == 422
    assert query.split("=", maxsplit=1)[0] in response.json()["errors"][0]["loc"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/v3/pages/", "/api/v3/languages/"])
def test_a_method_that_is_not_allowed_is_a_problem(
    address: str, method: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = getattr(visitor, method)(address)
    assert response.status_code == 405
    assert response["Content-Type"] == PROBLEM
    assert "GET" in response["Allow"]


def test_messages_are_in_english_whoever_asks(swedish_site: ExampleSite, visitor: Client) -> None:
    response = visitor.get(
        f"/api/v3/pages/?{STRATEGIES}adopted_on=x", headers={"Accept-Language": "sv"}
    )
    assert "invalid date format" in response.json()["detail"]


@pytest.mark.parametrize("version", ["v2", "v3"])
@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
@pytest.mark.parametrize(
    "words",
    ['"', '""', '"a', "100%", "\\", "*", "a*", "(", ")", "a OR (", "NEAR(", "-", "^a", ":", "a:b",
     "'", "' OR 1=1", " ", "\t", "&", "|", "!", "<->", "a & ", "\ud800".encode("utf-8", "replace")
     .decode(), "%ED%A0%80", "ååå", "ייִדיש", "𐍈", "a" * 256, "a " * 128, "{", "}", "+", "#"],
)  # fmt: skip
def test_any_search_is_answered(
    words: str, kind: str, version: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"/api/{version}/{kind}/?search={quote(words)}")
    assert response.status_code == 200, response.content


@pytest.mark.parametrize(
    "query",
    [
        "type=foo.Bar",
        "limit=-1",
        "limit=100000",
        "offset=-1",
        f"offset={TOO_LARGE}",
        "order=bogus",
        "child_of=abc",
        "fields=(((",
        "fields=bogus",
        "locale=xx",
        "slug=%00",
        "nonsense=1",
        "first_published_at=x",
        f"{STORIES}year=abc",
        f"{STORIES}year={TOO_LARGE}",
        f"{STRATEGIES}adopted_on=x",
    ],
)
def test_api_v2_refuses_wrong_parameters(
    query: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"/api/v2/pages/?{query}")
    assert 400 <= response.status_code < 500, response.content


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_api_v2_refuses_what_is_not_an_id(
    kind: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    assert visitor.get(f"/api/v2/{kind}/find/?id=abc").status_code == 400
    assert visitor.get(f"/api/v2/{kind}/find/?id=").status_code == 400


NAMES = st.sampled_from(
    ["type", "limit", "offset", "order", "search", "search_operator", "fields", "child_of",
     "ancestor_of", "descendant_of", "translation_of", "locale", "site", "id", "slug", "title",
     "html_path", "year", "kind", "municipality", "adopted_on", "first_published_at", "body",
     "show_in_menus", "image", "detail_url", "x"]
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ["", "*", "-id", "title,body(*)", "_,key", "*,-body", "strategy.StoryPage", "root", "sv",
         "true", "2024-01-01", "random", "and", "testserver:80", "/sv/"]
    ),
    st.integers(min_value=-(2**70), max_value=2**70).map(str),
    st.text(max_size=12),
    st.text(alphabet=string.punctuation + "ab ", max_size=8),
)  # fmt: skip


@pytest.mark.parametrize("version", ["v2", "v3"])
@settings(
    max_examples=examples(30, 2_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    path=st.sampled_from(["pages/", "pages/find/", "images/", "images/find/", "documents/"]),
    query=st.lists(st.tuples(NAMES, VALUES), max_size=4),
)
def test_no_query_string_breaks_the_api(
    version: str,
    swedish_site: ExampleSite,
    visitor: Client,
    path: str,
    query: list[tuple[str, str]],
) -> None:
    asked = "&".join(f"{name}={quote(value)}" for name, value in query)
    address = f"/api/{version}/{path}?{asked}"
    response = visitor.get(address)
    assert response.status_code < 500, address


@pytest.mark.parametrize(
    "address", ["v3/pages/find/?id=1&", "v3/pages/find/?html_path=a&", "v2/pages/?"]
)
def test_a_port_that_is_none(visitor: Client, swedish_site: ExampleSite, address: str) -> None:
    response = visitor.get(f"/api/{address}site=testserver:x")
    assert response.status_code == (400 if "v2" in address else 422)
    assert b"in site is not the number of a port" in response.content
