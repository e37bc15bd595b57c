"""``docs/`` names every operation and parameter, and asks no other site for anything."""

import re
from threading import current_thread
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from lxml import html
from wagtail.api.v3.urls import api

from cms.delivery.openapi.reference import groups, prepare_description
from tests.cms.delivery.openapi.endpoint_table import PREFIX, endpoints

pytestmark = [pytest.mark.any_database, pytest.mark.django_db]

LARGEST = 200_000
"""Bytes of the page; the description itself is fetched when something is opened."""


def test_every_operation_has_its_form(visitor: Client) -> None:
    answer = visitor.get("/api/v3/docs/")
    assert answer.status_code == 200
    assert len(answer.content) < LARGEST
    page = html.fromstring(answer.content.decode())
    shown = {
        (one.get("data-method"), one.get("data-path")): one for one in page.find_class("operation")
    }
    described = list(endpoints(api.get_openapi_schema()))
    assert shown.keys() == {(one.method.upper(), PREFIX + one.path) for one in described}
    for one in described:
        operation = shown[one.method.upper(), PREFIX + one.path]
        # Nothing is open, so that nothing is slow.
        assert "open" not in operation.attrib
        fields = {field.get("name") for field in operation.xpath(".//*[@name]")}
        asked = {name.rstrip("…") for name in one.takes} | set(re.findall(r"{(\w+)}", one.path))
        assert fields == asked, one
        assert len(operation.xpath(".//form")) == (1 if one.method == "get" else 0)
        labels = {label.get("for") for label in operation.xpath(".//label")}
        assert labels == {field.get("id") for field in operation.xpath(".//*[@name]")}
        said = operation.xpath("string(summary)")
        assert ("needs a token" in said) == (one.token == "yes")


def test_every_shape_is_found_in_the_description(visitor: Client) -> None:
    description = visitor.get("/api/v3/openapi.json").json()
    page = html.fromstring(visitor.get("/api/v3/docs/").content.decode())
    shapes = page.find_class("shape")
    assert len(shapes) > 60
    for shape in shapes:
        (operation,) = shape.xpath("ancestor::*[contains(@class, 'operation')]")
        found = description["paths"][operation.get("data-path")]
        found = found[operation.get("data-method").lower()]
        for step in str(shape.get("data-pointer")).split("/"):
            found = found[step.replace("~1", "/")]
        assert isinstance(found, dict)


def test_nothing_comes_from_elsewhere(visitor: Client) -> None:
    page = html.fromstring(visitor.get("/api/v3/docs/").content.decode())
    addresses = page.xpath("//@src | //@href | //@data-description")
    assert addresses
    assert all(re.match(r"/(?!/)", address) for address in addresses)
    assert page.xpath("//script[not(@src)]") == []


def test_what_anybody_may_ask_comes_first() -> None:
    found = groups(api.get_openapi_schema())
    shares = [
        sum(one["token"] for one in group["operations"]) / len(group["operations"])
        for group in found
    ]
    assert shares == sorted(shares)


@pytest.mark.parametrize("error", [None, OperationalError("no such table")])
def test_the_description_is_made_before_anybody_asks(
    error: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def describe(**_kwargs: Any) -> None:
        made.append(current_thread().name)
        if error is not None:
            raise error

    monkeypatch.setattr(api, "get_openapi_schema", describe)
    thread = prepare_description()
    thread.join(timeout=20)
    assert made == ["openapi"]
    assert thread.daemon
    assert not thread.is_alive()
