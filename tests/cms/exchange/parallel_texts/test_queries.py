"""A hundred pages cost as many queries as one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.exchange.parallel_texts import reading
from cms.exchange.parallel_texts.strings import TARGET_LANGUAGES, ParallelQuery
from tests.cms.export.small import add_page, give
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


def asked(query: ParallelQuery) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        strings = sum(len(page) for page in reading.parallel_strings(query))
    return len(queries), strings


@pytest.mark.parametrize("open_languages", [(), TARGET_LANGUAGES])
def test_more_pages_are_no_more_queries(
    swedish_site: ExampleSite, open_languages: tuple[str, ...]
) -> None:
    query = ParallelQuery(TARGET_LANGUAGES, open_languages=frozenset(open_languages))
    give(add_page(swedish_site), "smj")
    asked(query)
    few, strings_of_few = asked(query)
    for number in range(8):
        give(add_page(swedish_site, title=f"Sida{number}", text=f"Text {number}."), "smj")
    many, strings_of_many = asked(query)
    assert strings_of_many == strings_of_few + 16
    assert many == few
    assert few < 25


def test_the_batches_are_one_whole(
    swedish_site: ExampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        add_page(swedish_site, title=f"Sida{number}", text=f"Text {number}.")
    query = ParallelQuery(("smj",))
    at_once = [string for page in reading.parallel_strings(query) for string in page]
    monkeypatch.setattr(reading, "BATCH", 2)
    assert [string for page in reading.parallel_strings(query) for string in page] == at_once
    assert len(at_once) >= 10
