"""``tree/``: the whole tree of a language in the order of the Swedish one."""

import gzip
import json
import random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.content.admin.placing import place_page
from cms.delivery.endpoints.tree_items import tree_body
from cms.delivery.models import Entry, PublishedDocument
from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
from cms.delivery.publishing.invalidation import EVERYTHING
from cms.languages.registry import LANGUAGES
from tests.cms.delivery.endpoints.asking import Ask, Views
from tests.cms.delivery.publishing.small_site import SmallSite, fresh, publish
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
from tests.factories.translations import translate
from tests.harness.sampling import amount

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]

MANY = amount(300, 12_000)


def items_of(locale: str, query: str = "") -> list[dict[str, Any]]:
    reply = Views()(f"/tree/{locale}/{query}")
    assert reply.status == 200, reply.body
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


def assert_is_tree(items: list[dict[str, Any]]) -> None:
    """Depth first, siblings by position, each below one that stands there."""
    way: list[str] = []
    last: dict[str | None, tuple[int, str]] = {}
    for item in items:
        del way[item["depth"] :]
        assert len(way) == item["depth"]
        assert item["parent"] == (way[-1] if way else None)
        assert last.get(item["parent"], (-1, "")) < (item["position"], item["key"])
        last[item["parent"]] = item["position"], item["key"]
        way.append(item["key"])
    keys = [item["key"] for item in items]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("locale", list(LANGUAGES))
@pytest.mark.parametrize("fallback", [True, False])
def test_every_entry_is_there_as_its_document_says(
    small_site: SmallSite, locale: str, fallback: bool
) -> None:
    entries = Entry.objects.filter(locale=locale, document__page_id__isnull=False)
    if not fallback:
        entries = entries.filter(is_own=True)
    documents = {
        str(entry.key): json.loads(bytes(entry.document.body))
        for entry in entries.select_related("document")
    }
    items = items_of(locale, "" if fallback else "?fallback=false")
    assert {item["key"] for item in items} == documents.keys()
    assert_is_tree(items)
    for item in items:
        document = documents[item["key"]]
        for name in ("id", "title", "path", "position", "modified_at"):
            assert item[name] == document[name]
        assert item["type"] == document["meta"]["type"]
        assert item["in_menu"] == document["meta"]["show_in_menus"]
        assert item["language"] == document["languages"].get("/title", document["language"])
        parent = document["parent"]
        if parent is None or parent["key"] in documents:
            assert item["parent"] == (parent and parent["key"])


def test_the_order_is_that_of_the_swedish_tree_in_every_language(small_site: SmallSite) -> None:
    chance = random.Random(7)
    parent = ContentPageFactory(parent=small_site.home, title="Avsnitt", slug="avsnitt")
    for number in range(5):
        page = ContentPageFactory(parent=parent, title=f"Sida {number}", slug=f"s-{number}")
        if number in (1, 4):
            translate(page, "en")
    for _move in range(8):
        pages = list(fresh(parent).get_children())
        place_page(chance.choice(pages), chance.randrange(len(pages)), None)
    swedish = [
        str(key)
        for key in Page.objects.filter(locale__language_code="sv", live=True, depth__gt=1)
        .order_by("path")
        .values_list("translation_key", flat=True)
    ]
    for locale in LANGUAGES:
        assert [item["key"] for item in items_of(locale)] == swedish


def test_what_is_below_an_untranslated_page_stands_below_the_next(small_site: SmallSite) -> None:
    """An alias shows Swedish: without fallback the page below it is below the start page."""
    translate(small_site.home, "smj")
    contact = translate(small_site.contact, "smj")
    items = items_of("smj", "?fallback=false")
    home, below = items
    assert (home["depth"], home["parent"]) == (0, None)
    assert below["id"] == contact.pk
    assert (below["depth"], below["parent"]) == (1, home["key"])
    whole = {item["id"]: item for item in items_of("smj")}
    assert whole[contact.pk]["parent"] == str(small_site.about.translation_key)
    assert whole[contact.pk]["depth"] == 2


def test_no_page_is_lost_where_languages_contradict_each_other(small_site: SmallSite) -> None:
    """In one language A is above B, in the other B above A, and each lacks one of them."""
    about, contact = small_site.about.translation_key, small_site.contact.translation_key
    PublishedDocument.objects.filter(key=about, locale="en").update(listed=False)
    Entry.objects.filter(key=about, locale="en").update(
        document=PublishedDocument.objects.get(key=about, locale="sv"), is_own=False
    )
    PublishedDocument.objects.filter(key=about, locale="sv").update(parent_key=contact)
    items = json.loads(tree_body("en", fallback=True))["items"]
    assert_is_tree(items)
    assert {item["key"] for item in items} == {
        str(key)
        for key in Entry.objects.filter(locale="en", document__page_id__isnull=False).values_list(
            "key", flat=True
        )
    }


def test_right_after_an_upgrade_every_page_is_there(small_site: SmallSite) -> None:
    """The rebuild that follows fills in where pages stand."""
    keys = {item["key"] for item in items_of("fi")}
    PublishedDocument.objects.update(parent_key=None, position=None, modified_at=None)
    items = json.loads(tree_body("fi", fallback=True))["items"]
    assert {item["key"] for item in items} == keys
    assert_is_tree(items)


def test_headers_and_forms(small_site: SmallSite, ask: Ask) -> None:
    plain = ask("/tree/fi/")
    assert plain.headers["content-language"] == "fi"
    assert plain.headers["cache-tag"] == "list-fi"
    assert plain.headers["cache-control"].startswith("public, max-age=30")
    assert plain.headers["content-type"] == "application/json; charset=utf-8"
    packed = ask("/tree/fi/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    head = ask("/tree/fi/", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(plain.body))
    etag = plain.headers["etag"]
    assert not etag.startswith("W/")
    known = ask("/tree/fi/", If_None_Match=etag)
    assert (known.status, known.body) == (304, b"")
    assert known.headers["etag"] == etag


@pytest.mark.parametrize(
    ("query", "name"),
    [("?x=1", "x"), ("?locale=fi", "locale"), ("?fallback=perhaps", "fallback")],
)
def test_what_is_unknown_is_refused(small_site: SmallSite, ask: Ask, query: str, name: str) -> None:
    reply = ask(f"/tree/fi/{query}")
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["errors"][0]["loc"] == ["query", name]


def test_an_unknown_language_is_refused(small_site: SmallSite, ask: Ask) -> None:
    reply = ask("/tree/xx/")
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_change_is_there_at_once(small_site: SmallSite) -> None:
    before = Views()("/tree/sv/")
    assert Views()("/tree/sv/").headers["etag"] == before.headers["etag"]
    publish(small_site.contact, title="Skriv till oss")
    after = Views()("/tree/sv/")
    assert after.headers["etag"] != before.headers["etag"]
    assert "Skriv till oss" in after.body.decode()
    page = fresh(small_site.contact)
    page.show_in_menus = not page.show_in_menus
    page.save_revision().publish()
    [item] = [one for one in items_of("sv") if one["id"] == page.pk]
    assert item["in_menu"] is page.show_in_menus
    page.unpublish()
    assert page.pk not in [item["id"] for item in items_of("sv")]


def queries_of(locale: str, query: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        tree_body(locale, fallback=not query)
    return len(queries)


def test_many_pages_are_two_queries(small_site: SmallSite) -> None:
    add_content_pages(small_site.about, MANY)
    leave_to_worker([EVERYTHING])
    render_backlog()
    for locale in ("sv", "en", "smj", "rom"):
        for query in ("", "?fallback=false"):
            assert queries_of(locale, query) <= 2
    assert len(json.loads(tree_body("sv", fallback=True))["items"]) > MANY
    packed = Views()("/tree/sv/", Accept_Encoding="gzip")
    with CaptureQueriesContext(connection) as kept:
        assert Views()("/tree/sv/", If_None_Match=packed.headers["etag"]).status == 304
    assert len(kept) <= 3
