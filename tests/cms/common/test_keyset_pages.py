"""The walk through the rows of a query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.common.keyset_pages import keyset_batches, keyset_rows
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


@pytest.mark.parametrize("size", [1, 2, 100])
def test_rows_of_a_key_come_as_tuples_from_a_key_on(troubled_site: ExampleSite, size: int) -> None:
    whole = list(Page.objects.order_by("path").values_list("path", "pk"))
    pieces = list(keyset_rows(Page.objects.all(), "path", "pk", size=size))
    assert [row for piece in pieces for row in piece] == whole
    assert all(len(piece) == size for piece in pieces[:-1])
    later = keyset_rows(Page.objects.all(), "path", "pk", size=size, after=whole[1][0])
    assert [row for piece in later for row in piece] == whole[2:]


def test_a_key_of_several_rows_comes_once(troubled_site: ExampleSite) -> None:
    keys = sorted(set(Page.objects.values_list("translation_key", flat=True)))
    assert len(keys) < Page.objects.count()
    pieces = keyset_rows(Page.objects.distinct(), "translation_key", size=2)
    assert [key for piece in pieces for (key,) in piece] == keys
