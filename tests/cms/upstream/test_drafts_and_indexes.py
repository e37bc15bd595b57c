"""Tests that a draft is neither searched nor a reference before it is published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db

INDEXES = ("delivery_search_indexedobject", "wagtailcore_referenceindex")


def found(words: str) -> list[int]:
    return [page.pk for page in Page.objects.search(words)]


def referring_to(page: Page) -> set[str]:
    return {reference.object_id for reference in ReferenceIndex.get_references_to(page)}


def test_a_draft_touches_no_index_and_publishing_it_does(swedish_site: ExampleSite) -> None:
    page = swedish_site.pages[ContentPage]
    linked = Page.objects.child_of(page.get_parent()).exclude(pk=page.pk).first()
    assert linked is not None
    before = referring_to(linked)
    page.title = "Lavskrika"
    page.introduction = f'<p><a linktype="page" id="{linked.pk}">Länk</a></p>'
    with CaptureQueriesContext(connection) as queries:
        revision = page.save_revision()
    assert not [query for query in queries if any(name in query["sql"] for name in INDEXES)]
    assert found("lavskrika") == []
    assert referring_to(linked) == before
    revision.publish()
    assert found("lavskrika") == [page.pk]
    assert referring_to(linked) == {*before, str(page.pk)}
