"""Canaries: faults of modelsearch for which we change it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
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
    touched = any("delivery_search_indexedobject" in query["sql"] for query in queries)
    still_needed(touched, "modelsearch/draft_indexing")


@pytest.mark.parametrize("query", ['"a', "100%", "%s", "a\\", "  ", "a\x00b"])
def test_ours_finds_nothing_without_a_fault(query: str, swedish_site: ExampleSite) -> None:
    assert list(Page.objects.search(f"{query} lavskrika")) == []
    assert "lavskrika" not in str(list(Page.objects.search(query)))
