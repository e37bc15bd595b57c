"""A publication asks no more of the database than before each text was judged."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cms.delivery.publishing.small_site import SmallSite, fresh
from tests.factories.blocks import rich_text
from tests.factories.identity import Blocks
from tests.factories.whole import set_field

AT_MOST = {"sv": 93, "en": 78}
"""Queries of publishing a page that has both languages, the source and its translation."""


def queries_of_publishing(page: Any, **fields: Any) -> list[str]:
    """The queries of publishing a page that is saved already, after one that filled the caches."""
    changed = fresh(page)
    for name, value in fields.items():
        setattr(changed, name, value)
    changed.save_revision().publish()
    changed = fresh(page)
    changed.search_description = f"{changed.title}, again"
    revision = changed.save_revision()
    with CaptureQueriesContext(connection) as queries:
        revision.publish()
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_publication_needs_no_more_than_it_did(small_site: SmallSite, language: str) -> None:
    page = small_site.version("contact", language)
    queries = queries_of_publishing(page)
    assert len(queries) <= AT_MOST[language], "\n".join(queries)
    assert sum("FROM wagtailcore_site site" in query for query in queries) == 1


def test_a_long_page_needs_no_more_than_a_short_one(small_site: SmallSite) -> None:
    before = len(queries_of_publishing(small_site.contact))
    long = fresh(small_site.contact)
    block = Blocks("long page")
    texts = [rich_text(f"Stycke {number} om någonting") for number in range(40)]
    set_field(long, "body", [block("rich_text", text) for text in texts])
    long.save_revision().publish()
    assert len(queries_of_publishing(small_site.contact)) <= before
