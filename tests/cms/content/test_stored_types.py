"""A value in a stream is stored and served as its block's type, whichever way it came."""

import importlib
import json
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from cms.content.api.documents import render_document
from cms.content.api.streams.values import as_stored
from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db

AS_A_FORM_HAS_IT = {
    "heading": ({"text": "Rubrik", "level": "2"}, {"text": "Rubrik", "level": 2}),
    "key_figure": (
        {"value": 41.0, "label": 2024, "year": "2025", "unit": "", "source": "", "source_url": ""},
        {"value": 41, "label": "2024", "year": 2025, "unit": "", "source": "", "source_url": ""},
    ),
    "table": (
        {"data": [["År", 2024], [None, 0]], "table_caption": "x", "table_header_choice": "row"},
        {"data": [["År", "2024"], [None, "0"]], "table_caption": "x", "table_header_choice": "row"},
    ),
    "link": (
        {"text": "Hit", "page": "3", "url": "", "document": None},
        {"text": "Hit", "page": 3, "url": "", "document": None},
    ),
    "page_list": (
        {"title": "", "pages": [{"type": "item", "value": "3", "id": "a"}, "4"]},
        {"title": "", "pages": [{"type": "item", "value": 3, "id": "a"}, 4]},
    ),
    "image": (
        {"image": {"image": "7", "alt_text": "", "decorative": True}, "caption": ""},
        {"image": {"image": 7, "alt_text": "", "decorative": True}, "caption": ""},
    ),
}
"""By block: a value as some way gives it, and as it is stored."""


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


@pytest.fixture
def page(example_site: ExampleSite) -> ContentPage:
    page: ContentPage = example_site.home.add_child(instance=ContentPage(title="Om", slug="om-a"))
    return page


@pytest.mark.parametrize("kind", AS_A_FORM_HAS_IT)
def test_it_is_stored_as_its_block_is(kind: str, page: ContentPage) -> None:
    given, expected = AS_A_FORM_HAS_IT[kind]
    page.body = [block(kind, given)]
    page.save()
    [stored] = ContentPage.objects.get(pk=page.pk).body.raw_data
    assert stored["value"] == expected
    # 41 and 41.0 are equal; PostgreSQL has members in an order of its own.
    assert json.dumps(stored["value"], sort_keys=True) == json.dumps(expected, sort_keys=True)
    revision = page.save_revision()
    [kept] = json.loads(revision.content["body"])
    assert json.dumps(kept["value"]) == json.dumps(expected)


def test_it_is_served_as_its_block_is_however_it_is_stored(page: ContentPage) -> None:
    stored = [block(kind, given) for kind, (given, _expected) in AS_A_FORM_HAS_IT.items()]
    ContentPage.objects.filter(pk=page.pk).update(body=stored)
    body = render_document(ContentPage.objects.get(pk=page.pk))["body"]
    served = {each["type"]: each["value"] for each in body}
    assert served["heading"]["level"] == 2
    assert json.dumps(served["key_figure"]["value"]) == "41.0"
    assert (served["key_figure"]["year"], served["key_figure"]["label"]) == (2025, "2024")
    assert served["table"]["rows"] == [["År", "2024"], ["", "0"]]


def test_what_no_block_knows_stays_as_it_is() -> None:
    stream = ContentPage._meta.get_field("body").stream_block
    heading = {"text": "Rubrik", "level": "many", "colour": "2"}
    strange = [block("carousel", {"level": "2"}), block("heading", heading)]
    assert as_stored(stream, strange) == strange


def test_the_migration_turns_levels_into_numbers_and_loses_nothing(page: ContentPage) -> None:
    before: list[dict[str, Any]] = [
        {"type": "heading", "value": {"text": "A", "level": "3"}, "id": "a"},
        {"type": "heading", "value": {"text": "B", "level": 2}, "id": "b"},
        {"type": "paragraph", "value": '<p>"level": "2"</p>', "id": "c"},
    ]
    after = [{**before[0], "value": {"text": "A", "level": 3}}, *before[1:]]
    revision = page.save_revision()
    content = {**revision.content, "body": json.dumps(before)}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    ContentPage.objects.filter(pk=page.pk).update(body=before)
    migration = importlib.import_module("cms.content.migrations.0005_heading_levels")
    migration.forwards(apps, SimpleNamespace(connection=connection))
    assert list(ContentPage.objects.get(pk=page.pk).body.raw_data) == after
    revision.refresh_from_db()
    assert json.loads(revision.content["body"]) == after
    assert revision.content.keys() == content.keys()
