"""Blocks and migrations: a block is code, and no migration knows of it."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation
from wagtail import fields
from wagtail.blocks import CharBlock

from cms.content.stream_field import StreamField
from strategy.models import StoryPage
from tests.factories.site import ExampleSite


def migrations_to_write() -> dict[str, Any]:
    """The migrations that ``makemigrations`` would write, by application."""
    loader = MigrationLoader(None)
    with translation.override(None):
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        return dict(detector.changes(graph=loader.graph))


def test_another_block_or_label_makes_no_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks: dict[str, Any] = StoryPage._meta.get_field("body").stream_block.child_blocks
    monkeypatch.setattr(blocks["quote"], "label", "Words")
    monkeypatch.setitem(blocks, "new", CharBlock(label="New"))
    assert not migrations_to_write()


def test_wagtails_own_field_would_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StreamField, "deconstruct", fields.StreamField.deconstruct)
    assert {"home", "strategy"} <= set(migrations_to_write())


def test_every_stream_of_ours_is_such_a_field() -> None:
    streams = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, fields.StreamField)
    ]
    assert len(streams) > 20
    assert all(isinstance(field, StreamField) and field.knows_blocks for field in streams)


@pytest.fixture
def historical() -> Any:
    """A story as a migration sees it."""
    model = MigrationLoader(None).project_state().apps.get_model("strategy", "StoryPage")
    assert not model._meta.get_field("body").stream_block.child_blocks
    return model


def stored(page: StoryPage) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM strategy_storypage WHERE page_ptr_id = %s", [page.pk])
        [text] = cursor.fetchone()
    body: list[dict[str, Any]] = json.loads(text) if isinstance(text, str) else text
    return body


def test_a_migration_that_saves_a_page_loses_no_block(
    swedish_site: ExampleSite, historical: Any
) -> None:
    before = stored(swedish_site.pages[StoryPage])
    assert before
    page = historical.objects.get(pk=swedish_site.pages[StoryPage].pk)
    assert list(page.body.raw_data) == before
    page.save()
    assert stored(swedish_site.pages[StoryPage]) == before


def test_a_migration_changes_a_block_as_it_is_stored(
    swedish_site: ExampleSite, historical: Any
) -> None:
    before = stored(swedish_site.pages[StoryPage])
    page = historical.objects.get(pk=swedish_site.pages[StoryPage].pk)
    page.body.raw_data[0] = changed = before[0] | {"value": "Another"}
    page.save()
    assert stored(swedish_site.pages[StoryPage]) == [changed, *before[1:]]
    page.body = json.dumps(before[1:])
    page.save()
    assert stored(swedish_site.pages[StoryPage]) == before[1:]


def test_a_migration_turns_text_into_blocks(historical: Any) -> None:
    """A field that was text before: Wagtail hands the text on, ours too."""
    for text, blocks in (("<p>Text</p>", 0), ("", 0), ("[]", 0)):
        value = historical._meta.get_field("body").to_python(text)
        assert (len(value), value.raw_text or "") == (blocks, text if text[:1] == "<" else "")
