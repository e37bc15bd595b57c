"""Tests of the cost of a page more in an import, and that many come in as one does."""

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from cms.delivery.publishing.consistency_check import differences
from cms.export.bundle.check_bundle import Bundle
from cms.export.bundle.importing.importer import import_bundle
from tests.cms.export.emptying import empty_site
from tests.cms.export.tampering import rehashed

pytestmark = pytest.mark.one_database("postgresql")

Record = dict[str, Any]

LEAST = 3
"""Copies that the example has of each page before more are counted."""


def silent(name: str) -> None:
    return None


def read(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path: Path, records: list[Record]) -> None:
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")


def copied(page: Record, source: Record, number: int) -> tuple[Record, Record]:
    """Another page of the same content beside a page, translated alike."""
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{page['key']} {number}"))
    slug = f"{page['fields']['slug']}-{number}"
    begun = [one | {"uuid": str(uuid.uuid4())} for one in source.get("translations", ())]
    return (
        page | {"key": key, "fields": page["fields"] | {"slug": slug}},
        source | {"key": key, "translations": begun},
    )


def with_copies(bundle: Path, folder: Path, number: int) -> tuple[Bundle, int]:
    """A bundle with so many copies of each live Swedish page without others below.

    Returns:
        The bundle, and how many pages it has.
    """
    shutil.copytree(bundle, folder)
    pages_file = folder / "source/pages.ndjson"
    translations_file = folder / "source/translations.ndjson"
    sources = read(translations_file)
    by_key = {source["key"]: source for source in sources if source["locale"] == "sv"}
    pages = read(pages_file)
    parents = {page["parent"] for page in pages}
    written = []
    for page in pages:
        written.append(page)
        is_leaf = f"{page['key']}/sv" not in parents
        if page["locale"] == "sv" and page["live"] and is_leaf and page["key"] in by_key:
            for count in range(number):
                another, source = copied(page, by_key[page["key"]], count)
                written.append(another)
                sources.append(source)
    write(pages_file, written)
    write(translations_file, sources)
    rehashed(folder)
    return Bundle(folder), len(written)


def cost(bundle: Path, folder: Path, number: int) -> tuple[int, int]:
    """Pages and statements of an import."""
    made, pages = with_copies(bundle, folder, number)
    empty_site()
    with CaptureQueriesContext(connection) as queries:
        import_bundle(made, silent)
    return pages, len(queries)


def test_a_page_more_is_three_statements_more_at_most(bundle: Path, tmp_path: Path) -> None:
    """Rows fill the statements that store them, pages batches; nothing is asked page by page."""
    few, for_few = cost(bundle, tmp_path / "few", LEAST)
    many, for_many = cost(bundle, tmp_path / "many", LEAST + 6)
    assert many - few >= 60
    assert for_many - for_few <= 3 * (many - few), (for_many - for_few) / (many - few)
    assert list(differences()) == []


def referring() -> set[Any]:
    return set(
        ReferenceIndex.objects.values_list(
            "content_type",
            "base_content_type",
            "object_id",
            "to_content_type",
            "to_object_id",
            "model_path",
            "content_path",
            "content_path_hash",
        )
    )


def searched() -> dict[Any, Any]:
    """Rows of the search index, words and all."""
    words, beside = "title_words::text, all_words::text", ""
    if connection.vendor == "sqlite":
        words = "title, text, folded_title, folded_text"
        beside = "JOIN delivery_search_objectwords AS words ON words.rowid = indexed.id"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content_type_id, object_id, is_autocomplete, title_length, length,"
            f" {words} FROM delivery_search_indexedobject AS indexed {beside}"
        )
        return {row[:3]: row[3:] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("command", "index"),
    [("rebuild_references_index", referring), ("update_index", searched)],
)
def test_the_indexes_are_those_that_wagtail_makes(bundle: Path, command: str, index: Any) -> None:
    import_bundle(Bundle(bundle), silent)
    ours = index()
    assert ours
    call_command(command, verbosity=0)
    assert index() == ours
