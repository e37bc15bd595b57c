"""The steps of ``docs/architecture.md`` lead to what they promise when they are followed."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.additions.following import (
    DOCUMENT,
    EDITS,
    PROJECT,
    copy_project,
    follow,
    named_commands,
    named_files,
    run_there,
    steps,
)

LONGEST_PAGE = 110
"""Lines of the document: what one looks at at once."""


def test_the_document_is_one_page_with_one_picture() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert text.count("](pictures/architecture.svg)") == text.count("![") == 1


def test_every_file_and_command_that_it_names_is_there() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    new = {name for edits in EDITS.values() for name, edit in edits.items() if edit is str(edit)}
    named = named_files(text)
    assert len(named) > 30
    assert [name for name in named if name not in new and not (PROJECT / name).exists()] == []
    assert [command for command in named_commands(text) if command[0] not in get_commands()] == []


def test_every_addition_has_its_steps() -> None:
    assert steps().keys() == EDITS.keys()
    assert all(len(paragraphs) >= 3 for paragraphs in steps().values())


@pytest.fixture(scope="module")
def followed(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Any:
    """The output of a copy of the project in which every step was followed."""
    if connection.vendor != "sqlite":
        pytest.skip("The steps are followed on SQLite.")
    copy = tmp_path_factory.mktemp("followed")
    copy_project(copy)
    with django_db_blocker.unblock(), closing(sqlite3.connect(copy / "cms.sqlite3")) as database:
        # As migrated as the one under test, without migrating anew.
        connection.ensure_connection()
        connection.connection.backup(database)
    commands = follow(copy)
    return json.loads(run_there(copy, "probe.py", json.dumps(commands)))


def test_a_language_is_announced_and_has_its_fallbacks(followed: Any) -> None:
    assert followed["languages"][-1] == "fkv"
    assert len(followed["languages"]) == 10
    assert followed["entry in Kven"] == followed["page"]


def test_a_page_type_is_in_the_api_and_for_people(followed: Any) -> None:
    page = followed["page"]
    assert (page["meta"]["type"], page["welcome"]) == ("strategy.VisitPage", "Kom och se.")
    assert page["visited_on"] == "2027-02-04"
    assert page["language"] == "sv"
    assert "Kom och se." in followed["for people"]
    assert any("VisitPage" in name for name in followed["schemas"])


def test_a_block_is_in_the_api_and_for_people(followed: Any) -> None:
    [block] = followed["page"]["body"]
    assert block["type"] == "event"
    assert block["value"] == {"name": "Vintermarknad", "place": "Jokkmokk", "year": 2027}
    assert "<strong>Vintermarknad</strong>" in followed["for people"]
    assert any("Event" in name for name in followed["schemas"])


def test_a_format_carries_strings_out_and_back(followed: Any) -> None:
    strings = followed["strings"]
    assert strings.pop("besok") == ""
    assert strings == {
        source: f"In Kven: {source}"
        for source in ("Besök", "Kom och se.", "Vintermarknad", "Jokkmokk")
    }


def test_an_endpoint_answers_as_the_others_do(followed: Any) -> None:
    types = {"home.HomePage": 1, "strategy.VisitPage": 1}
    assert {item["type"]: item["documents"] for item in followed["types"]["items"]} == types
    assert followed["types known"] == 304
    assert followed["types refused"] == 422
    assert "/api/v3/types/" in followed["paths"]


def test_a_step_that_names_no_file_of_the_addition_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "architecture.md"
    text = DOCUMENT.read_text(encoding="utf-8")
    document.write_text(text.replace("strategy/models/__init__.py", "strategy/models/"), "utf-8")
    monkeypatch.setattr("tests.additions.following.DOCUMENT", document)
    copy = tmp_path / "copy"
    copy_project(copy)
    with pytest.raises(LookupError, match=r"A page type.*strategy/models/__init__.py"):
        follow(copy)
