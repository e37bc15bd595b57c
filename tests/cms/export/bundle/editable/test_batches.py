"""The editable form is the same, however many records are read at a time."""

import pytest

from cms.export.bundle.editable import files, lines, translations
from cms.export.bundle.editable.files import source_records
from cms.export.bundle.editable.records import Record
from cms.export.bundle.editable.scope import Scope
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db


def written() -> dict[str, list[Record]]:
    found = source_records(Scope(private=True), with_media=False)
    return {name: list(records) for name, records in found}


@pytest.mark.parametrize("number", [1, 3])
def test_no_record_is_lost_or_twice_between_two_batches(
    troubled_site: ExampleSite, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    whole = written()
    for name in (files.SNIPPETS, files.PAGES, files.TRANSLATIONS):
        assert len(whole[name]) > 2 * number
    for module in (lines, translations):
        monkeypatch.setattr(module, "AT_A_TIME", number)
    assert written() == whole
