"""Tests of the queries of a page: a fixed number more than its document, whatever it holds."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from home.models import HomePage
from strategy import models as strategy
from tests.factories.site import ExampleSite, build_site
from tests.harness.sampling import amount

pytestmark = pytest.mark.one_database("sqlite")


@pytest.fixture(scope="module")
def module_sizes(module_database: None) -> list[dict[type[Any], int]]:
    """The queries of some pages, on a site with one and with several of everything."""
    counted = []
    for size in (1, amount(4, 10)):
        with transaction.atomic():
            cache.clear()
            counted.append(_count(build_site(size)))
            transaction.set_rollback(True)
    cache.clear()
    return counted


def _count(site: ExampleSite) -> dict[type[Any], int]:
    client = Client()
    counted = {}
    for page_type in (
        HomePage,
        strategy.PriorityAreaPage,
        strategy.GoalPage,
        strategy.DevelopmentAreasPage,
        strategy.CulturePage,
        strategy.StoryPage,
    ):
        address = site.pages[page_type].url
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counted[page_type] = len(queries)
    return counted


def test_a_page_costs_a_fixed_number_of_queries(
    module_sizes: list[dict[type[Any], int]],
) -> None:
    one, ten = module_sizes
    assert one == ten
    # The document's own, the children's, and Wagtail's way down the tree: two a step.
    assert max(one.values()) <= 23
