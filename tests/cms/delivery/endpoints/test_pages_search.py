"""``pages/?search=`` in both APIs: what is published, as ``entries/?search=`` finds it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, PageViewRestriction

from cms.delivery.search.models import IndexedObject, IndexedText
from home.models import ContentPage
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

VERSIONS = ("/api/v3", "/api/v2")


def found(client: Client, address: str, **options: Any) -> list[str]:
    response = client.get(address, **options)
    assert response.status_code == 200, response.content
    return [item["title"] for item in response.json()["items"]]


@pytest.fixture
def pages(swedish_site: ExampleSite) -> dict[str, ContentPage]:
    """A page as published, one with a draft beside it, one that is a draft, one that is closed."""
    made: dict[str, ContentPage] = {}
    for slug, title, live in (
        ("open", "Skoteråkning", True),
        ("changed", "Skoterled i fjällen", True),
        ("draft", "Skoterförbud i dalen", False),
        ("closed", "Skoterrally bakom lås", True),
    ):
        made[slug] = swedish_site.home.add_child(
            instance=ContentPage(
                title=title, slug=slug, live=live, introduction="<p>Omkring 248\u00a0000 renar</p>"
            )
        )
    made["changed"].title = "Skoterbuller"
    made["changed"].introduction = "<p>Bullermätning</p>"
    made["changed"].save_revision()
    PageViewRestriction.objects.create(page=made["closed"], restriction_type="login")
    return made


@pytest.mark.parametrize("version", VERSIONS)
def test_it_finds_what_entries_find_in_that_order(
    version: str, pages: dict[str, ContentPage], client: Client
) -> None:
    for words, expected in (
        ("skoter", ["Skoteråkning", "Skoterled i fjällen"]),
        ('"skoteråkningen"', ["Skoteråkning"]),
        ("248000", ["Skoteråkning", "Skoterled i fjällen"]),
        ("renarna fjällen", ["Skoterled i fjällen"]),
    ):
        assert found(client, f"/api/v3/entries/sv/?search={words}") == expected, words
        assert found(client, f"{version}/pages/?search={words}") == expected, words


@pytest.mark.parametrize("version", VERSIONS)
def test_order_filters_and_pages_of_a_list_hold(
    version: str, pages: dict[str, ContentPage], client: Client
) -> None:
    by_title = ["Skoterled i fjällen", "Skoteråkning"]
    address = f"{version}/pages/?type=home.ContentPage&search=skoter"
    assert found(client, f"{address}&order=title") == by_title
    assert found(client, f"{address}&order=-title&limit=1&offset=1") == by_title[:1]
    assert found(client, f"{address}&locale=fi") == []
    home = pages["open"].get_parent().pk
    assert found(client, f"{address}&child_of={home}&order=title") == by_title
    both = found(client, f"{version}/pages/?search=fjällen+åkning&search_operator=or")
    assert both == ["Skoterled i fjällen"]
    too_many = client.get(f"{version}/pages/?search=skoter&limit=101")
    assert too_many.status_code == (400 if version.endswith("v2") else 422)
    counted = client.get(f"{address}&limit=1").json()
    assert (counted.get("count") or counted["meta"]["total_count"]) == 2


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("words", ["skoterförbud", "skoterbuller", "bullermätning", "skoterrally"])
def test_nobody_finds_drafts_and_closed_pages(
    version: str, words: str, pages: dict[str, ContentPage], client: Client
) -> None:
    assert found(client, f"{version}/pages/?search={words}") == []
    assert found(client, f"/api/v3/entries/sv/?search={words}") == []


def test_what_everybody_searches_in_holds_no_draft(pages: dict[str, ContentPage]) -> None:
    texts = [f"{text.title} {text.text}" for text in IndexedText.objects.all()]
    assert any("Skoteråkning" in text for text in texts)
    for word in ("Skoterförbud", "Skoterbuller", "Bullermätning", "Skoterrally"):
        assert not any(word in text for text in texts)
    words = "delivery_search_words" if connection.vendor == "sqlite" else IndexedText._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {words}")
        assert cursor.fetchone() == (len(texts),)
    draft = pages["draft"]
    assert IndexedObject.objects.filter(object_id=str(draft.pk)).count() == 2


def test_who_works_on_a_draft_finds_it(pages: dict[str, ContentPage], client: Client) -> None:
    admin = User.objects.create_superuser("chef")
    _token, secret = APIToken.create_token(user=admin, name="reader")
    bearer = {"Authorization": f"Bearer {secret}"}
    search = "/api/v3/pages/?search="
    assert found(client, f"{search}skoterförbud", headers=bearer) == ["Skoterförbud i dalen"]
    assert found(client, f"{search}skoterrally", headers=bearer) == ["Skoterrally bakom lås"]
    # Not by a draft of what is published.
    assert found(client, f"{search}skoterbuller", headers=bearer) == []
    everybodys = found(client, f"{search}skoter")
    theirs = found(client, f"{search}skoter", headers=bearer)
    assert [title for title in theirs if title in everybodys] == everybodys
    assert set(theirs) == {*everybodys, "Skoterförbud i dalen", "Skoterrally bakom lås"}


@pytest.mark.parametrize(
    "name", ["wagtailadmin_pages:search_results", "wagtailadmin_choose_page_search"]
)
def test_the_admin_finds_drafts_for_those_who_may_see_them(
    name: str, pages: dict[str, ContentPage], admin_client: Client, client: Client
) -> None:
    address = f"{reverse(name)}?q="
    for word, title in (
        ("skoterför", "Skoterförbud i dalen"),
        ("skoterrally", "Skoterrally bakom lås"),
    ):
        assert title in admin_client.get(f"{address}{word}").content.decode()
    # By a word of what the page says, and by the beginning of one.
    for word in ("renar", "omkr"):
        assert "Skoterförbud i dalen" in admin_client.get(f"{address}{word}").content.decode()
    User.objects.create_user("gäst", password="gäst")
    client.login(username="gäst", password="gäst")
    assert "dalen" not in client.get(f"{address}skoterför").content.decode()
