"""The steps of ``docs/another-region.md`` lead from nothing to a site of a region's own."""

import json
import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.additions.following import PROJECT

DOCUMENT: Final = (PROJECT / "docs" / "another-region.md").read_text(encoding="utf-8")
OWN_NAME: Final = "Region Exempel"

PROGRAM: Final = """
import json, sys
import django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
for command in json.loads(sys.argv[1]):
    call_command(*command)
client = Client(headers={"host": "127.0.0.1"})
print(json.dumps({
    "entries": client.get("/api/v3/entries/sv/").json()["items"],
    "for people": client.get("/sv/").content.decode(),
    "languages": client.get("/api/v3/languages/").json()["count"],
    "superusers": list(get_user_model().objects.values_list("username", "is_superuser")),
}))
"""
"""Runs commands of ``manage.py`` in one process, then looks at what there is."""


def commands() -> list[str]:
    """The commands of the document, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", DOCUMENT, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


def files() -> dict[str, str]:
    """The files that the document writes, by name."""
    pattern = r"^`([\w./-]+)`\n```(?:json|yaml)\n(.*?)^```"
    return dict(re.findall(pattern, DOCUMENT, flags=re.DOTALL | re.MULTILINE))


@pytest.fixture(scope="module")
def region(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Any:
    """The output of a region that has followed every step."""
    if connection.vendor != "sqlite":
        pytest.skip("The steps are followed on SQLite.")
    folder = tmp_path_factory.mktemp("region")
    with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "cms.sqlite3")) as database:
        # As migrated as the one under test: what is there to migrate is soon done.
        connection.ensure_connection()
        connection.connection.backup(database)
    for name, text in files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    variables, managed = followed_by_hand()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(managed)],
        cwd=folder,
        env=os.environ
        | {
            "CACHE_URL": "locmemcache://",
            "DATA_DIR": str(folder / "var"),
            "DATABASE_URL": f"sqlite:///{folder / 'cms.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "DJANGO_SUPERUSER_PASSWORD": "a-password-for-the-tests",
            "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'site'}",
        }
        | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said, _newline, found = done.stdout.strip().rpartition("\n")
    return json.loads(found) | {"said": said}


def followed_by_hand() -> tuple[dict[str, str], list[list[str]]]:
    """The variables that the document has set, and what it calls ``manage.py`` with."""
    variables: dict[str, str] = {}
    managed: list[list[str]] = []
    for command in commands():
        words = shlex.split(command)
        if words[0] == "export":
            name, _equals, value = words[1].partition("=")
            variables[name] = value
        elif words[:2] == [".venv/bin/python", "manage.py"]:
            # Nobody is there to type a password.
            alone = ["--noinput"] if words[2] == "createsuperuser" else []
            managed.append([*words[2:], *alone])
        else:
            # Installing and serving are other tests'; here it counts that they are there.
            assert words[0] == "make" or (Path(sys.prefix) / words[0][6:]).exists(), command
    return variables, managed


def test_the_document_has_files_and_commands() -> None:
    assert len(files()) == 3
    assert commands()[0].startswith("make ")
    assert len([command for command in commands() if "manage.py" in command]) == 3


def test_its_start_page_is_all_that_is_there(region: Any) -> None:
    [entry] = region["entries"]
    assert (entry["title"], entry["path"], entry["language"]) == (OWN_NAME, "/sv/", "sv")
    assert entry["meta"]["html_url"] == "http://127.0.0.1:8000/sv/"
    assert f"<title>{OWN_NAME}</title>" in region["for people"]
    assert region["languages"] == 9
    assert "Brought in 1 pages" in region["said"]


def test_its_administrator_can_log_in(region: Any) -> None:
    assert region["superusers"] == [["admin", True]]


def test_nothing_speaks_of_another_region(region: Any) -> None:
    assert "norrbotten" not in json.dumps(region, ensure_ascii=False).lower()
