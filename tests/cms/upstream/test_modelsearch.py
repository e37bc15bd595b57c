"""Canaries: faults of modelsearch for which we change it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import database
from wagtail.models import Page

from home.models import ContentPage
from tests.cms.upstream.originals import original, still_needed
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db


def test_canary_draft_indexing(swedish_site: ExampleSite) -> None:
    handler = original("modelsearch.signal_handlers:post_save_signal_handler")
    page = swedish_site.pages[ContentPage]
    with CaptureQueriesContext(connection) as queries:
        handler(sender=ContentPage, instance=page, update_fields=["latest_revision"])
    touched = any("wagtailsearch_indexentry" in query["sql"] for query in queries)
    still_needed(touched, "modelsearch/draft_indexing")


def fails(query: str) -> bool:
    """Tells whether a search ends in an error, as modelsearch does it."""
    try:
        with transaction.atomic():
            list(database.SearchBackend({}).search(query, Page.objects.all()))
    except (AttributeError, DatabaseError):
        return True
    return False


HOSTILE = ['"a', "a\x00b"]


@pytest.mark.parametrize("query", HOSTILE)
def test_canary_query_escaping(query: str, swedish_site: ExampleSite) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's query language is escaped.")
    still_needed(fails(query), "modelsearch/query_escaping")


def test_canary_a_search_without_a_word(swedish_site: ExampleSite) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL such a search ends well.")
    still_needed(fails("  "), "modelsearch/query_escaping")


@pytest.mark.parametrize("query", ['"a', "100%", "%s", "a\\", "  ", *HOSTILE])
def test_ours_finds_nothing_without_a_fault(query: str, swedish_site: ExampleSite) -> None:
    if "\x00" in query and connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows no such letter; views refuse it.")
    assert list(Page.objects.search(f"{query} lavskrika")) == []
    assert "lavskrika" not in str(list(Page.objects.search(query)))
