"""Tests of the queries of an answer: a fixed number, whatever the page holds.

Counted with warm caches: the renditions of every image exist, and content types and the roots of
the sites are known to the process. The first answer of a process asks for these once, some five
queries more; the first answer that shows a new image makes its renditions, some queries each.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.factories.building import settle
from tests.factories.site import PAGE_TYPES, ExampleSite, build_site
from tests.harness.sampling import amount

pytestmark = pytest.mark.one_database("postgresql")

QUERIES: dict[type[Any], int] = {
    HomePage: 12,
    ContentPage: 11,
    strategy.StrategyPage: 14,
    strategy.PriorityAreaPage: 13,
    strategy.GoalPage: 14,
    strategy.EffortPage: 15,
    strategy.DevelopmentAreasPage: 13,
    strategy.CulturePage: 14,
    strategy.ClimatePage: 14,
    strategy.SkillsPage: 14,
    strategy.TransportPage: 14,
    strategy.IndustryPage: 14,
    strategy.YouthPage: 14,
    strategy.StoriesPage: 10,
    strategy.StoryPage: 14,
}
"""Queries of a page's document with every field in use.

The aim is 13, of which the last asks when the document changed. An effort with organisations,
areas, and an indicator, an image and a file in its body costs one more: its two lists of rows are
a query each.
"""

FEW, MANY = 1, amount(5, 20)


@pytest.fixture(scope="module", params=[FEW, MANY], ids=["few", "many"])
def module_sized_site(
    request: pytest.FixtureRequest, module_database: None
) -> Iterator[ExampleSite]:
    from django.db import transaction

    with transaction.atomic():
        site = build_site(request.param)
        settle()
        yield site
        transaction.set_rollback(True)


@pytest.fixture
def sized_site(module_sized_site: ExampleSite, db: None) -> ExampleSite:
    """The same site with one and with many of everything."""
    cache.clear()
    return module_sized_site


def queries_of(visitor: Client, address: str) -> int:
    """Queries of an answer whose caches are warm."""
    assert visitor.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        response = visitor.get(address)
    assert response.status_code == 200, response.content
    return len(queries)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_costs_a_fixed_number_of_queries(
    page_type: type[Any], sized_site: ExampleSite, visitor: Client
) -> None:
    page = sized_site.pages[page_type]
    # In the format that is the default anyway, Wagtail's view renders it: so does publishing.
    address = f"/api/v3/pages/{page.pk}/?rich_text_format=html"
    assert queries_of(visitor, address) == QUERIES[page_type]


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_api_v2_costs_a_fixed_number_of_queries_for_a_page(
    page_type: type[Any], sized_site: ExampleSite, visitor: Client
) -> None:
    page = sized_site.pages[page_type]
    # v2 finds site, restrictions and page in more steps, and the site once more for the address:
    # what REST framework wraps the request in keeps it to itself.
    assert queries_of(visitor, f"/api/v2/pages/{page.pk}/") == QUERIES[page_type] + 6


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/api/v3/languages/", 5),
        ("/api/v3/pages/?limit={limit}", 6),
        ("/api/v3/pages/?limit={limit}&type=strategy.GoalPage", 6),
        ("/api/v2/pages/?limit={limit}", 11),
        ("/api/v2/pages/?limit={limit}&type=strategy.ClimatePage&fields=*", 21),
    ],
)
@pytest.mark.parametrize("limit", [1, 20])
def test_a_list_costs_a_fixed_number_of_queries(
    address: str, number: int, limit: int, sized_site: ExampleSite, visitor: Client
) -> None:
    assert queries_of(visitor, address.format(limit=limit)) == number
