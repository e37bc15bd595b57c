"""Characters that cannot be stored or seen are dropped from every form of the admin."""

import json
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from cms.content.admin.typed_text import cleaned
from home.models import ContentPage
from strategy.models import Organisation
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


def posted(value: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data["x"] = value
    return data


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\x08b", "ab"),
        ("a\x00\ufffe\ud800b", "ab"),
        ("\u200b\u200b", ""),
        ("\u2800", ""),
        (json.dumps({"data": [["a\x08", "\ud800b"]], "n": 1}), '{"data": [["a", "b"]], "n": 1}'),
    ],
)
def test_what_cannot_be_stored_or_seen_goes(value: str, expected: str) -> None:
    found = cleaned(posted(value))
    assert found is not None
    assert found["x"] == expected


@pytest.mark.parametrize(
    "value",
    [
        "a",
        "",
        "  ",
        "rad\r\nrad\t",
        "פּ\u200fדער",
        "😀",
        json.dumps({"x": "😀 \\b c"}),
        "{\\u0008",
        "-",
    ],
)
def test_anything_else_stays_as_it_was_typed(value: str) -> None:
    assert cleaned(posted(value)) is None


def test_fields_and_blocks_are_judged_alike(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    page = swedish_site.pages[ContentPage]
    rich = {"key": "k", "type": "unstyled", "depth": 0, "text": "Ing\x08ress"}
    text = json.dumps(
        {"blocks": [rich | {"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
    )
    table = {"data": [["A\x08", "B"]], "table_header_choice": "row", "table_caption": ""}
    data: dict[str, Any] = {
        "title": "Ti\x08tel",
        "slug": page.slug,
        "introduction": text,
        "body-count": "2",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "table",
        "body-0-id": "t",
        "body-0-value": json.dumps(table),
        "body-1-deleted": "",
        "body-1-order": "1",
        "body-1-type": "quote",
        "body-1-id": "q",
        "body-1-value-text": "Ci\x08tat",
        "body-1-value-name": "\u200bN\x08amn",
        "body-1-value-role": "\u200b",
    }
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302, response.content
    stored = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (stored.title, "Ingress" in stored.introduction) == ("Titel", True)
    assert stored.body[0].value["data"] == [["A", "B"]]
    assert dict(stored.body[1].value) | {"name": ""} == {"text": "Citat", "name": "", "role": ""}


def test_a_name_that_nobody_sees_is_refused(
    swedish_site: ExampleSite, admin_client: Client
) -> None:
    fact = Organisation.objects.filter(locale__language_code="sv").first()
    assert fact is not None
    address = reverse("wagtailsnippets_strategy_organisation:edit", args=[fact.pk])
    response = admin_client.post(
        address, {"name": "\u200b\u200b", "website": "", "action-publish": "x"}
    )
    assert response.status_code == 200
    assert "name" in response.context["form"].errors
