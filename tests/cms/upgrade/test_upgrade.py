"""A database of commit 8ec75f9, when the package had another name, comes forward whole.

``tests/fixtures/upgrade`` holds a small site as that commit wrote it on either database, and files
for translators of the same site; see the README there.
"""

import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from cms.common import former_names
from tests.cms.upgrade.rows import Rows, all_rows, lost

pytestmark = pytest.mark.own_database

PROJECT = Path(__file__).resolve().parents[3]
STORED = PROJECT / "tests" / "fixtures" / "upgrade"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
RENAMED_ACTIONS = {
    "norrbotten_export.made": "cms_export.made",
    "norrbotten_export.fetched": "cms_export.fetched",
    "norrbotten_export.deleted": "cms_export.deleted",
    "norrbotten_export.cleared": "cms_export.cleared",
}
WITH_HEADINGS = (
    "home_contentpage",
    "strategy_climatepage",
    "strategy_goalpage",
    "strategy_storypage",
    "wagtailcore_revision",
)
# PostgreSQL's rows show JSON as Python writes it, SQLite's as JSON does.
_LEVEL_AS_TEXT = re.compile(r"""(level\\*["']: )\\*["'](\d)\\*["']""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the files that were written before."""
    made = tmp_path_factory.mktemp("upgrade")
    for packed in STORED.glob("smj.*.gz"):
        (made / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The database as it was left."""
    with _on_postgresql() if ON_POSTGRESQL else _on_sqlite(folder) as found:
        yield found


@contextmanager
def _on_sqlite(folder: Path) -> Iterator[str]:
    path = folder / "norrbotten.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_dump("sqlite"))
    yield str(path)


@contextmanager
def _on_postgresql() -> Iterator[str]:
    server = os.environ["DATABASE_URL"]
    name = f"upgrade_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        try:
            address = urlsplit(server)._replace(path=f"/{name}").geturl()
            with psycopg.connect(address) as filled:
                filled.execute(_dump("postgresql").encode())
            yield address
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def _dump(database: str) -> str:
    return gzip.decompress((STORED / f"{database}.sql.gz").read_bytes()).decode()


@pytest.fixture(scope="module")
def before(address: str) -> Rows:
    """The rows before anything was done to them."""
    return all_rows(address)


@pytest.fixture(scope="module")
def upgraded(before: Rows, address: str, folder: Path) -> dict[str, Any]:
    """Answers of the site when it has been brought forward."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.cms.upgrade.upgrade_program", str(folder)],
        cwd=PROJECT,
        env=os.environ
        | {
            "DATA_DIR": str(folder),
            "DATABASE_URL": address if ON_POSTGRESQL else "",
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            # Tokens are stored as digests that hold it.
            "SECRET_KEY": "development-8ec75f9",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def after(upgraded: dict[str, Any], folder: Path) -> Rows:
    """The rows right after ``migrate``."""
    rows: Rows = json.loads((folder / "after.json").read_text(encoding="utf-8"))
    return rows


def test_the_dump_holds_something_of_everything(before: Rows) -> None:
    filled = {table for table, rows in before.items() if rows}
    assert len(filled) > 70
    assert {
        "delivery_publisheddocument",
        "delivery_webhooks_webhookdelivery",
        "django_tasks_database_dbtaskresult",
        "exchange_job",
        "export_exportfile",
        "strategy_storypage",
        "translation_review",
        "translation_suggestion",
        "wagtail_localize_stringtranslation",
        "wagtailcore_apitoken",
        "wagtailcore_comment",
        "wagtailcore_pageviewrestriction",
        "wagtailcore_taskstate",
        "wagtailredirects_redirect",
    } <= filled
    assert any("norrbotten." in str(row) for row in before["django_tasks_database_dbtaskresult"])


def test_no_row_is_lost_and_no_value_is_another(before: Rows, after: Rows) -> None:
    expected = before | {table: list(map(_with_numbers, before[table])) for table in WITH_HEADINGS}
    expected["wagtailcore_modellogentry"] = [
        row | {"action": repr(RENAMED_ACTIONS.get(row["action"][1:-1], row["action"][1:-1]))}
        for row in before["wagtailcore_modellogentry"]
    ]
    assert expected != before
    assert lost(expected, after) == {}


def _with_numbers(row: dict[str, Any]) -> dict[str, Any]:
    """A row, with the levels of the headings in its JSON as numbers."""
    return {
        name: _LEVEL_AS_TEXT.sub(r"\1\2", value) if isinstance(value, str) else value
        for name, value in row.items()
    }


def test_nothing_is_added_but_what_django_notes(before: Rows, after: Rows) -> None:
    grown = {table for table, rows in after.items() if len(rows) > len(before.get(table, []))}
    assert grown <= {
        "auth_group_permissions",
        "auth_permission",
        "content_pageposition",
        "delivery_documentfacet",
        "django_content_type",
        "django_migrations",
        # What SQLite notes of an index that is empty.
        "delivery_search_objectwords_config",
        "delivery_search_objectwords_data",
    }


def test_a_lost_row_would_be_found(before: Rows) -> None:
    pages = before["wagtailcore_page"]
    changed = [pages[0] | {"title": "'Another'"}, *pages[1:]]
    assert lost(before, before | {"wagtailcore_page": pages[1:]}) == {"wagtailcore_page": pages[:1]}
    assert lost(before, before | {"wagtailcore_page": changed}) == {"wagtailcore_page": pages[:1]}
    assert "wagtailcore_page" in lost(before, {})


def test_the_database_file_with_the_former_name_is_used(
    upgraded: dict[str, Any], folder: Path
) -> None:
    if not ON_POSTGRESQL:
        assert upgraded["database"] == "norrbotten.sqlite3"
        assert not (folder / "cms.sqlite3").exists()


def test_what_is_stored_is_what_would_be_rendered(upgraded: dict[str, Any]) -> None:
    assert "would be rendered" in upgraded["check"]
    assert upgraded["documents"] == 32
    assert upgraded["changed_fields"] == {
        # The root of the tree is no page that anybody may read.
        "meta.parent": 4,
        # Names and credits that are as in Swedish, which nobody has said they are to be.
        "translations.status": 5,
        "languages./body/4/value/name": 2,
        "languages./body/7/value/image/credit": 2,
        "languages./body/8/value/image/credit": 2,
        "languages./body/14/value/document/title": 2,
        "languages./image/credit": 1,
        "languages./meta/parent/title": 1,
        "languages./people/0/value/name": 1,
        "languages./programme/logo/credit": 1,
        # The SHA-256 of each image and file, in links to files too.
        "body.value": 7,
        "body.value.document.sha256": 7,
        "body.value.image.sha256": 7,
        "image.sha256": 3,
        "introduction": 3,
        "logo.sha256": 1,
        "programme.logo.sha256": 2,
        # The type at the top, and what facts are called.
        "type": 32,
        "title": 7,
        # The state of a goal's indicator.
        "indicators.state": 1,
        # A heading's level is a number.
        "body.value.level": 7,
        # Links in rich text say which page they lead to.
        "adaptation_measures.value.description": 1,
        "body.value.items.text": 7,
        "body.value.text": 7,
        # An image's original, and its sizes by name.
        "body.value.image.original": 7,
        "body.value.image.sizes": 7,
        "image.original": 3,
        "image.sizes": 3,
        "logo.original": 1,
        "logo.sizes": 1,
        "programme.logo.original": 2,
        "programme.logo.sizes": 2,
        # Where a page stands, when it was published, and when it changed.
        "breadcrumbs.key": 25,
        "breadcrumbs.language": 25,
        "languages./parent/title": 1,
        "modified_at": 32,
        "parent": 21,
        "position": 25,
        "published_at": 32,
    }
    # Thirteen show pictures, of which the worker has made the sizes since.
    assert upgraded["changed_when_published"] == 19


def test_every_page_has_its_rank_after_the_migration(after: Rows) -> None:
    """Siblings of the source in the order of their paths, those without a source after them."""
    ranks = {row["key"]: int(row["position"]) for row in after["content_pageposition"]}
    pages = sorted(after["wagtailcore_page"], key=lambda row: row["path"])
    below = [row for row in pages if int(row["depth"]) > 1]
    assert ranks.keys() == {row["translation_key"] for row in below}
    codes = {row["id"]: row["language_code"] for row in after["wagtailcore_locale"]}
    of_source = [row for row in below if codes[row["locale_id"]] == "'sv'"]
    sections: dict[str, list[int]] = {}
    for row in of_source:
        sections.setdefault(row["path"][:-5], []).append(ranks[row["translation_key"]])
    assert max(map(len, sections.values())) > 2
    for found in sections.values():
        assert found == sorted(set(found))
    others = ranks.keys() - {row["translation_key"] for row in of_source}
    assert all(2**52 < ranks[key] < 2**53 for key in others)


def test_queued_tasks_are_done(before: Rows, upgraded: dict[str, Any]) -> None:
    """They keep their paths in the queue; what they queue in turn has today's."""
    waited = Counter(
        (row["status"].replace("READY", "SUCCESSFUL"), row["task_path"])
        for row in before["django_tasks_database_dbtaskresult"]
    )
    assert {path for _status, path in waited} == {repr(path) for path in former_names.TASKS}
    queue = upgraded["queue"]
    found = Counter((repr(status), repr(path)) for status, path in queue["tasks"])
    assert not waited - found
    added = found - waited
    assert all(path.startswith("'cms.") and status != "'FAILED'" for status, path in added)
    # Nobody listens where the messages are to go: they are tried again.
    assert ("'READY'", "'cms.delivery.webhooks.turns.deliver_next'") in added
    assert (queue["jobs"], queue["exports"]) == (["done", "done"], ["done", "done"])
    assert queue["pending"] == []


def test_other_sites_and_people_find_what_they_had(upgraded: dict[str, Any]) -> None:
    assert upgraded["answers"] == {
        "title": "Scenen i Boden",
        "languages": ["en", "sv"],
        # The redirects too.
        "changes": 39,
        "moved": 301,
        "closed": 404,
        "without token": 401,
        "with token": 200,
        "password": True,
        "admin": 200,
    }


@pytest.mark.parametrize("name", ["smj.xlf", "smj.2.xlf", "smj.po", "smj.tmx", "smj.xlsx"])
def test_files_of_before_come_back(upgraded: dict[str, Any], name: str) -> None:
    assert upgraded["imports"][name] == {"taken": 170, "unchanged": 1}


def test_the_log_tells_of_exports(upgraded: dict[str, Any]) -> None:
    assert upgraded["log"] == [
        "Made the export",
        "Fetched the export",
        "Deleted the export",
        "Deleted the export to make room",
        # The one that waited in the queue.
        "Made the export",
    ]
