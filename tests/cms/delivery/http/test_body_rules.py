"""Text that cannot be stored or seen is refused with its place, whatever its address."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import APIToken, Page

from home.models import ContentPage
from strategy.models import Municipality
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


@pytest.fixture
def token(swedish_site: ExampleSite, admin_user: Any) -> str:
    secret: str
    _token, secret = APIToken.create_token(user=admin_user, name="writer")
    return secret


def sent(token: str, method: str, address: str, body: str | bytes) -> Any:
    client = Client(raise_request_exception=False)
    return client.generic(
        method,
        address,
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def page_address(site: ExampleSite) -> str:
    return f"/api/v3/pages/{site.pages[ContentPage].pk}/"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (r"a\ud800", "U+D800"),
        (r"a\u0008", "U+0008"),
        (r"a\u0000", "U+0000"),
        (r"a\uffff", "U+FFFF"),
        (r"\u200b\u200b", "nothing that anybody can see"),
        (r"\u2800", "nothing that anybody can see"),
    ],
)
@pytest.mark.parametrize(
    ("body", "place"),
    [
        ('{"title": "%s"}', ["body", "title"]),
        ('{"introduction": "%s"}', ["body", "introduction"]),
        (
            (
                '{"body": [{"type": "paragraph", "value": "<p>x</p>"}, '
                '{"type": "key_figure", "value": {"value": "1", "label": "%s"}}]}'
            ),
            ["body", "body", 1, "value", "label"],
        ),
        ('{"meta": {"slug": "%s"}}', ["body", "meta", "slug"]),
    ],
)
def test_text_is_refused_in_every_field_alike(
    swedish_site: ExampleSite, token: str, body: str, place: list[Any], text: str, named: str
) -> None:
    before = ContentPage.objects.values().get(pk=swedish_site.pages[ContentPage].pk)
    response = sent(token, "PATCH", page_address(swedish_site), body % text)
    assert response.status_code == 422, response.content
    [error] = response.json()["errors"]
    assert error["loc"] == place
    assert named in error["msg"]
    assert ContentPage.objects.values().get(pk=swedish_site.pages[ContentPage].pk) == before


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("[]", "JSON object"),
        ("5", "JSON object"),
        ('"x"', "JSON object"),
        ("null", "JSON object"),
        ('{"title": "a", "title": "b"}', "twice"),
        ('{"a\\u0008": 1}', "cannot be stored"),
        ('{"body": ' + "[" * 60 + "]" * 60 + "}", "50 objects"),
        ('{"body": ' + "[" * 100_000 + "]" * 100_000 + "}", "50 objects"),
    ],
    ids=lambda value: value[:20],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_no_object_as_it_should_be_is_refused(
    swedish_site: ExampleSite, token: str, method: str, body: str, named: str
) -> None:
    address = "/api/v3/pages/" if method == "POST" else page_address(swedish_site)
    response = sent(token, method, address, body)
    assert response.status_code == 422, response.content
    assert named in response.json()["detail"]


def test_what_is_too_long_is_refused(swedish_site: ExampleSite, token: str) -> None:
    body = json.dumps({"title": "x" * 3_000_000})
    response = sent(token, "PATCH", page_address(swedish_site), body)
    assert response.status_code == 413
    assert "2.5 million" in response.json()["detail"]


def test_what_is_no_json_is_said_to_be_none(swedish_site: ExampleSite, token: str) -> None:
    response = sent(token, "PATCH", page_address(swedish_site), b'{"title": \xff}')
    assert response.status_code == 400, response.content


def test_a_fact_is_judged_alike(swedish_site: ExampleSite, token: str) -> None:
    fact = Municipality.objects.first()
    assert fact is not None
    address = f"/api/v3/snippets/strategy.municipality/{fact.pk}/"
    response = sent(token, "PATCH", address, '{"name": "\\u200b"}')
    assert response.status_code == 422, response.content
    assert response.json()["errors"][0]["loc"] == ["body", "name"]


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("paragraph", "paragraph", "the same id"),
        ("paragraph", "link", "the same id"),
    ],
)
def test_two_blocks_with_one_id_are_refused(
    swedish_site: ExampleSite, token: str, first: str, second: str, named: str
) -> None:
    values = {"paragraph": "<p>x</p>", "link": {"text": "x", "url": "https://a.example/"}}
    body = [{"type": kind, "id": "a-1", "value": values[kind]} for kind in (first, second)]
    before = Page.objects.count()
    response = sent(token, "PATCH", page_address(swedish_site), json.dumps({"body": body}))
    assert response.status_code == 422, response.content
    [error] = response.json()["errors"]
    assert named in error["msg"]
    assert f"{first} at 0" in error["msg"]
    assert f"{second} at 1" in error["msg"]
    assert error["loc"][-1] == "body"
    assert Page.objects.count() == before


@pytest.mark.parametrize("identity", ["", "a.b", "a/b", "å", "x" * 65])
def test_an_id_that_is_none_is_refused(
    swedish_site: ExampleSite, token: str, identity: str
) -> None:
    """The strings of a block are found by a path that the id is a part of."""
    body = [{"type": "paragraph", "id": identity, "value": "<p>x</p>"}]
    response = sent(token, "PATCH", page_address(swedish_site), json.dumps({"body": body}))
    assert response.status_code == 422, response.content
    assert "paragraph at 0" in response.json()["errors"][0]["msg"]
