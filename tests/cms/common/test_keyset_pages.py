"""The walk through the rows of a query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.common.keyset_pages import keyset_batches
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db

ORDERS = (("path",), ("locale__language_code", "path"), ("depth", "locale__language_code", "pk"))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_each_row_comes_once_and_in_order(
    troubled_site: ExampleSite, order: tuple[str, ...], size: int
) -> None:
    pages = Page.objects.select_related("locale")
    whole = [page.pk for page in pages.order_by(*order)]
    assert len(whole) > 3
    pieces = list(keyset_batches(pages, *order, size=size))
    assert [page.pk for piece in pieces for page in piece] == whole
    assert all(len(piece) == size for piece in pieces[:-1])


def test_nothing_is_asked_for_twice(troubled_site: ExampleSite) -> None:
    number = Page.objects.count()
    with CaptureQueriesContext(connection) as queries:
        pieces = list(keyset_batches(Page.objects.select_related("locale"), *ORDERS[1], size=2))
    assert len(queries) == len(pieces) + 1 == -(-number // 2) + 1
    assert not any("OFFSET" in query["sql"] for query in queries)


def test_there_may_be_nothing() -> None:
    assert list(keyset_batches(Page.objects.none(), "pk", size=1)) == []
