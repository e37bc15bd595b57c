"""Deprecation is marked in the description and in each answer, a year before something goes."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from wagtail.api.v3.urls import api

from cms.delivery.openapi import deprecation
from cms.delivery.openapi.deprecation import DEPRECATED, Deprecation, describe
from tests.cms.delivery.endpoints.asking import Ask, Fast, Views
from tests.factories.site import ExampleSite
from tests.test_documentation import PROJECT

pytestmark = [pytest.mark.any_database, pytest.mark.django_db, pytest.mark.shared_out]

SINCE, UNTIL = date(2027, 1, 1), date(2028, 6, 1)
HEADERS = {
    "deprecation": "@1798761600",
    "sunset": "Thu, 01 Jun 2028 00:00:00 GMT",
    "link": '</api/v3/docs/>; rel="deprecation"; type="text/html"',
}


def one(target: str) -> Deprecation:
    return Deprecation(target, SINCE, UNTIL, "Use `other`.")


@pytest.fixture(params=[Views, Fast], ids=["views", "fast path"])
def ask(request: pytest.FixtureRequest) -> Ask:
    found: Ask = request.param()
    return found


@pytest.mark.parametrize(
    ("target", "path", "is_marked"),
    [
        ("GET entries/{locale}/", "/entries/sv/", True),
        ("GET entries/{locale}/", "/entries/sv/?limit=x", True),
        ("GET entries/{locale}/", "/languages/", False),
        ("GET entries/{locale}/?fallback", "/entries/sv/?fallback=true", True),
        ("GET entries/{locale}/?fallback", "/entries/sv/", False),
        ("GET entries/{locale}/{key}/", "/entries/sv/{key}/", True),
        ("GET pages/{page_id}/", "/pages/{id}/", True),
        ("GET pages/{page_id}/", "/pages/999999/", True),
        ("GET export/{locale}.ndjson", "/export/sv.ndjson", True),
        ("HomePageSchema.greeting", "/entries/sv/", False),
    ],
)
def test_each_answer_says_it(
    target: str,
    path: str,
    is_marked: bool,
    ask: Ask,
    example_site: ExampleSite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = example_site.home
    address = path.format(id=home.pk, key=home.translation_key)
    plain = ask(address)
    monkeypatch.setattr(deprecation, "DEPRECATED", (one(target),))
    answer = ask(address)
    assert (answer.status, answer.body) == (plain.status, plain.body)
    added = {name: answer.headers.get(name) for name in HEADERS}
    assert added == (HEADERS if is_marked else dict.fromkeys(HEADERS))
    head = ask(address, "HEAD")
    assert {name: head.headers.get(name) for name in HEADERS} == added
    if is_marked:
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"Deprecation", "Link", "Sunset"} <= set(exposed)


def test_the_soonest_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    sooner = Deprecation("GET stories/?offset", date(2026, 12, 1), date(2028, 1, 1), "")
    monkeypatch.setattr(deprecation, "DEPRECATED", (one("GET stories/"), sooner))
    headers = deprecation.deprecation_headers("GET", "stories/", ["offset"])
    assert headers["Deprecation"] == "@1796083200"
    assert headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"


@pytest.mark.parametrize(
    ("target", "way"),
    [
        ("GET changes/", ("paths", "/api/v3/changes/", "get")),
        ("GET changes/?since", ("paths", "/api/v3/changes/", "get", "parameters", 0)),
        ("HomePageSchema.greeting",
         ("components", "schemas", "HomePageSchema", "properties", "greeting")),
    ],
)  # fmt: skip
def test_the_description_says_it(
    target: str, way: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    described = deepcopy(api.get_openapi_schema())
    monkeypatch.setattr(deprecation, "DEPRECATED", (one(target),))
    describe(described)
    for step in way:
        described = described[step]
    assert described["deprecated"] is True
    assert described["description"].endswith(
        "Deprecated since 2027-01-01; goes on 2028-06-01. Use `other`."
    )


@pytest.mark.parametrize(
    "target", ["GET nothing/", "GET changes/?nothing", "Nothing.at_all", "HomePageSchema.nothing"]
)
def test_what_there_is_not_cannot_be_deprecated(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deprecation, "DEPRECATED", (one(target),))
    with pytest.raises(LookupError):
        describe(deepcopy(api.get_openapi_schema()))


@pytest.mark.parametrize("target", ["changes", "FETCH changes/", "a.b.c", ""])
def test_a_target_is_one_of_three(target: str) -> None:
    with pytest.raises(ValueError, match="no operation, parameter or field"):
        one(target)


def test_nothing_goes_within_a_year() -> None:
    with pytest.raises(ValueError, match="within a year"):
        Deprecation("GET changes/", date(2027, 1, 1), date(2027, 12, 31), "")


def test_what_is_deprecated_stands_in_the_changelog() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    documented = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    for entry in DEPRECATED:
        assert entry.target in changelog
    assert ("At present nothing is deprecated." in documented) == (not DEPRECATED)
