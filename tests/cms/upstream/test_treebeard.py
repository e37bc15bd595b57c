"""Canaries: faults of treebeard for which we change it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from treebeard.mp_tree import MP_MoveHandler
from wagtail.models import Page

from tests.cms.upstream.originals import original, still_needed
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db


def test_canary_sibling_moves(swedish_site: ExampleSite) -> None:
    parent = ContentPageFactory(parent=swedish_site.home, title="Avsnitt", slug="avsnitt")
    below = add_content_pages(parent, 30)

    def statements(process: object) -> int:
        first, second = (Page.objects.get(pk=pk) for pk in below[:2])
        handler = MP_MoveHandler(first, second, "right")
        with CaptureQueriesContext(connection) as queries:
            process(handler)  # type: ignore[operator]
        return sum(query["sql"].startswith("UPDATE") for query in queries.captured_queries)

    assert statements(MP_MoveHandler.process) == 2
    assert Page.objects.get(pk=below[1]).get_next_sibling().pk == below[0]
    first, second = below[:2]
    below[:2] = second, first
    many = statements(original("treebeard.mp_tree:MP_MoveHandler.process"))
    still_needed(many > 25, "treebeard/sibling_moves")
