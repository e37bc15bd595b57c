"""A search for a common word grows in proportion to what has it, wherever it is searched for."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from modelsearch.backends import database
from wagtail.models import APIToken, Page

from tests.cms.delivery.search.objects.planting import plant, plant_files, publish_planted
from tests.cms.delivery.search.objects.work import counted
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.django_db

FEW = 60
TIMES = 4
MOST = 16

PUBLIC = [
    "/api/v3/entries/sv/?search=vanligt",
    "/api/v3/pages/?search=vanligt",
    "/api/v3/pages/?search=vanligt&order=-title&limit=5&offset=20",
    "/api/v3/pages/?search=vanligt+ord&search_operator=or",
    "/api/v2/pages/?search=vanligt",
    "/api/v2/images/?search=vanligt",
    "/api/v2/documents/?search=vanligt",
    "/api/v3/images/?search=vanligt",
    "/api/v3/documents/?search=vanligt",
]
ADMIN = [
    (name, query)
    for name, query in (
        ("wagtailadmin_pages:search", "q=vanligt"),
        ("wagtailadmin_pages:search_results", "q=vanligt&ordering=title"),
        ("wagtailadmin_choose_page_search", "q=vanligt"),
        ("wagtailimages:index", "q=vanligt"),
        ("wagtailimages_chooser:choose_results", "q=vanligt"),
        ("wagtaildocs:index", "q=vanligt"),
        ("wagtaildocs_chooser:choose_results", "q=vanligt"),
    )
]


def work_of(ask: Callable[[], object]) -> int:
    # What a process asks for once is not counted.
    ask()
    with counted() as work:
        ask()
    return work.amount


def fill(site: ExampleSite, number: int) -> None:
    titles = [f"Vanligt ord {'och mer ' * (n % 5)}{n}" for n in range(number)]
    publish_planted(plant(site.home, titles))
    plant_files(titles)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def asked(client: Client, address: str) -> Callable[[], object]:
    def ask() -> None:
        response = client.get(address)
        assert response.status_code == 200
        assert re.search("Vanligt(<.mark>)? ord", response.content.decode())

    return ask


def test_every_search_grows_in_proportion(
    swedish_site: ExampleSite, client: Client, admin_client: Client
) -> None:
    asks = {address: asked(client, address) for address in PUBLIC} | {
        name: asked(admin_client, f"{reverse(name)}?{query}") for name, query in ADMIN
    }
    _token, secret = APIToken.create_token(user=User.objects.get(username="admin"), name="reader")
    known = Client(headers={"Authorization": f"Bearer {secret}"})
    asks["token"] = asked(known, "/api/v3/pages/?search=vanligt")
    fill(swedish_site, FEW)
    few = {name: work_of(ask) for name, ask in asks.items()}
    fill(swedish_site, FEW * (TIMES - 1))
    many = {name: work_of(ask) for name, ask in asks.items()}
    grown = {name: many[name] / few[name] for name in asks}
    assert max(grown.values()) < TIMES * 1.3, grown
    # Each that is found costs a few times what it costs in entries/, which count nothing.
    each = {address: many[address] - few[address] for address in PUBLIC}
    assert max(each.values()) < MOST * each[PUBLIC[0]], each


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its rank is a query on SQLite alone")
def test_canary_search_by_modelsearch(swedish_site: ExampleSite) -> None:
    """The back end that we do not use grows by the square, and the count shows it."""
    backend = database.SearchBackend({})

    def work() -> int:
        backend.add_bulk(Page, list(Page.objects.all()))
        return work_of(lambda: list(backend.search("vanligt", Page.objects.all())))

    fill(swedish_site, FEW)
    few = work()
    fill(swedish_site, FEW * (TIMES - 1))
    assert work() > 2 * TIMES * few, "modelsearch's own back end no longer grows by the square."
