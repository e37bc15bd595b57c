"""Tests of the headers for other sites and caches: digests, encodings, languages, origins."""

import gzip
import hashlib
import json
from typing import Any

import brotli
import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from wagtail.models import Page, Site

from cms.delivery.http.compression import chosen_encoding
from cms.delivery.http.conditional_middleware import SMALLEST
from cms.delivery.http.rate_limit import SEARCHES
from cms.delivery.models import PublishedDocument
from home.models import HomePage
from strategy.models import GoalPage, StoryPage
from tests.cms.delivery.endpoints.asking import Ask, Fast, Views
from tests.factories.site import ExampleSite

pytestmark = [pytest.mark.django_db, pytest.mark.shared_out]


@pytest.fixture(params=["page", "entry", "list", "search", "changes"])
def address(request: pytest.FixtureRequest, example_site: ExampleSite) -> str:
    page = example_site.pages[StoryPage]
    addresses = {
        "page": f"/pages/{page.pk}/",
        "entry": f"/entries/fi/{page.translation_key}/",
        "list": "/entries/fi/?limit=4",
        "search": "/entries/fi/?limit=4&search=a",
        "changes": "/changes/?limit=4",
    }
    return addresses[request.param]


def test_who_has_it_hears_so(address: str, ask: Ask) -> None:
    first = ask(address)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    assert "stale-while-revalidate" in first.headers["cache-control"] or "changes" in address
    for condition in (etag, f'W/{etag}, "other"', "*"):
        again = ask(address, If_None_Match=condition)
        assert (again.status, again.body) == (304, b"")
        for name in ("etag", "cache-control", "vary", "cache-tag", "content-language"):
            assert again.headers[name] == first.headers[name]
        assert "content-type" not in again.headers
    assert ask(address, If_None_Match='"another"').body == first.body


def test_the_digest_is_that_of_the_document(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    reply = ask(f"/pages/{page.pk}/")
    digest = hashlib.sha256(reply.body).hexdigest()
    assert reply.headers["etag"] == f'"{digest}"'
    assert PublishedDocument.objects.get(page_id=page.pk).digest == digest


def test_every_encoding_is_the_same_text(address: str, ask: Ask) -> None:
    plain = ask(address)
    assert "content-encoding" not in plain.headers
    compressed = ask(address, Accept_Encoding="gzip")
    assert compressed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(compressed.body) == plain.body
    assert len(compressed.body) == int(compressed.headers["content-length"]) < len(plain.body)
    best = ask(address, Accept_Encoding="gzip, deflate, br")
    if best.headers["content-encoding"] == "br":
        assert brotli.decompress(best.body) == plain.body
    refused = ask(address, Accept_Encoding="gzip;q=0, br;q=0")
    assert refused.body == plain.body


def test_one_document_comes_in_brotli(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[StoryPage]
    reply = ask(f"/pages/{page.pk}/", Accept_Encoding="br")
    assert reply.headers["content-encoding"] == "br"


@pytest.mark.parametrize(
    ("path", "tags", "languages"),
    [
        ("/languages/", "languages", None),
        ("/pages/?locale=sv&limit=100", "pages", "sv"),
        ("/pages/?locale=smj&limit=100", "pages", "smj, sv"),
        ("/pages/?locale=fi&title=nothing", "pages", None),
        ("/stories/?locale=sv", "list-sv-strategy.StoryPage", "sv"),
    ],
)
def test_what_is_made_for_each_request_has_it_too(
    path: str, tags: str, languages: str | None, example_site: ExampleSite, ask: Ask
) -> None:
    plain = ask(path)
    assert plain.status == 200
    unchanged = ask(path, If_None_Match=plain.headers["etag"])
    assert (unchanged.status, unchanged.body) == (304, b"")
    assert "content-type" not in unchanged.headers
    for reply in (plain, unchanged):
        assert reply.headers["cache-tag"] == tags
        assert reply.headers.get("content-language") == languages
    compressed = ask(path, Accept_Encoding="gzip")
    if len(plain.body) >= SMALLEST:
        assert gzip.decompress(compressed.body) == plain.body
    else:
        assert compressed.body == plain.body
    assert "stale-while-revalidate" in plain.headers["cache-control"]


def test_head_is_the_answer_without_its_body(address: str, ask: Ask) -> None:
    whole, head = ask(address), ask(address, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers == whole.headers
    assert ask("/languages/", "HEAD").status == 200


def test_nothing_varies_by_who_asks(address: str, ask: Ask) -> None:
    plain = ask(address)
    asked = ask(address, Origin="https://example.org", Cookie="sessionid=x", Accept_Language="fi")
    assert asked == plain
    assert plain.headers["vary"] == "Accept-Encoding"
    assert plain.headers["access-control-allow-origin"] == "*"
    assert "ETag" in plain.headers["access-control-expose-headers"]
    assert "set-cookie" not in plain.headers


def test_another_origin_may_ask_first(example_site: ExampleSite, ask: Ask) -> None:
    reply = ask(
        "/entries/sv/",
        "OPTIONS",
        Origin="https://example.org",
        Access_Control_Request_Method="GET",
        Access_Control_Request_Headers="if-none-match",
    )
    assert (reply.status, reply.body) == (204, b"")
    assert "if-none-match" in reply.headers["access-control-allow-headers"]


def test_a_list_names_every_language_in_it(example_site: ExampleSite, ask: Ask) -> None:
    reply = ask("/entries/fi/?limit=100")
    languages = {item["language"] for item in reply.json()["items"]}
    assert len(languages) > 1
    assert set(reply.headers["content-language"].split(", ")) == languages
    assert reply.headers["content-language"].startswith("fi")


def test_both_ways_are_the_same_to_the_byte(example_site: ExampleSite) -> None:
    fast, views = Fast(), Views()
    keys = PublishedDocument.objects.filter(listed=True).values_list("key", "locale")
    addresses = [
        *(
            f"/pages/{page}/"
            for page in PublishedDocument.objects.values_list("page_id", flat=True)
        ),
        *(f"/entries/{locale}/{key}/" for key, locale in keys),
        *(f"/entries/{code}/?limit=9&fallback=false" for code in ("sv", "fi", "smj")),
        "/entries/yi/",
    ]
    addresses.remove("/pages/None/") if "/pages/None/" in addresses else None
    for address in addresses:
        if "None" in address:
            continue
        for headers in ({}, {"Accept_Encoding": "gzip"}, {"Accept_Encoding": "br"}):
            assert fast(address, **headers) == views(address, **headers), address
    assert fast.handed_over == 0


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/pages/1/?version=draft", "GET", {}),
        ("/pages/99999999/", "GET", {}),
        ("/pages/99999999999999999999999/", "GET", {}),
        ("/pages/1/", "DELETE", {}),
        ("/entries/sv/?search=a", "GET", {}),
        ("/entries/sv/?limit=1&limit=2", "GET", {}),
        ("/entries/sv/?limit=%31%00", "GET", {}),
        ("/entries/SV/", "GET", {}),
        ("/pages/1/", "GET", {"Authorization": "Bearer none"}),
    ],
)
def test_what_is_unusual_is_left_to_django(
    path: str, method: str, headers: dict[str, str], example_site: ExampleSite
) -> None:
    fast = Fast()
    assert fast(path, method, **headers) == Views()(path, method, **headers)
    assert fast.handed_over == 1


def test_an_unknown_host_is_left_to_django(example_site: ExampleSite) -> None:
    with override_settings(ALLOWED_HOSTS=["cms.example.org"]):
        reply = Fast()(f"/pages/{example_site.home.pk}/")
    assert reply.status == 400


def test_a_page_equals_wagtails_own_answer(example_site: ExampleSite) -> None:
    """Asked for with the format that is the default anyway, Wagtail's view renders it."""
    for page in (*example_site.pages.values(), *example_site.translations.values()):
        stored = Views()(f"/pages/{page.pk}/")
        rendered = Views()(f"/pages/{page.pk}/?rich_text_format=html")
        assert stored.body == rendered.body
        assert "cache-tag" in stored.headers
        assert "cache-tag" not in rendered.headers


def test_each_of_several_sites_has_its_own_pages(example_site: ExampleSite, ask: Ask) -> None:
    """As Wagtail has it: a page of another site is not there."""
    page = example_site.pages[StoryPage]
    alone = ask(f"/pages/{page.pk}/")
    other = Page.objects.get(depth=1).add_child(instance=HomePage(title="Annan", slug="annan"))
    Site.objects.create(hostname="annan.example.org", root_page=other)
    assert ask(f"/pages/{page.pk}/").json()["key"] == alone.json()["key"]
    for path in (f"/pages/{other.pk}/", f"/pages/{other.pk}/?rich_text_format=html"):
        assert ask(path).status == 404
    assert ask(f"/entries/sv/{other.translation_key}/").json()["title"] == "Annan"


def test_tags_name_the_document(example_site: ExampleSite, ask: Ask) -> None:
    page = example_site.pages[GoalPage]
    tags = ask(f"/pages/{page.pk}/").headers["cache-tag"].split(",")
    assert f"document-{page.translation_key}" in tags
    assert "locale-sv" in tags


@pytest.mark.parametrize(
    "address",
    [
        f"/api/{version}/{kind}/?search=kurs"
        for version in ("v2", "v3")
        for kind in ("pages", "images", "documents")
    ],
)
def test_all_searches_of_an_address_have_one_limit(
    address: str, example_site: ExampleSite, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.delivery.http.rate_limit.time.time", lambda: 6_000.5)
    for _ in range(SEARCHES.per_minute - 1):
        assert SEARCHES.allow_request(RequestFactory().get("/", {"search": "kurs"}))
    assert client.get(address).status_code == 200
    refused = client.get(address)
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "60"
    assert client.get("/api/v3/entries/sv/?search=kurs").status_code == 429
    assert client.get(address.partition("?")[0]).status_code == 200


def test_searching_and_exporting_have_a_limit(
    example_site: ExampleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.delivery.http.rate_limit.time.time", lambda: 6_000.5)
    for path, limit in (("/entries/sv/?search=kurs", 120), ("/export/smj.ndjson", 60)):
        cache.clear()
        replies = [Views()(path) for _ in range(limit + 1)]
        assert {reply.status for reply in replies[:-1]} == {200}
        assert replies[-1].status == 429
        assert replies[-1].headers["content-type"] == "application/problem+json"
        assert int(replies[-1].headers["retry-after"]) == 60
    assert Views()("/entries/sv/").status == 200


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip", "br"),
        ("*", "br"),
        ("identity", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip;q=x", "identity"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("gzip," * 200, "identity"),
    ],
)
def test_an_encoding_is_chosen(accepted: str, chosen: Any) -> None:
    assert chosen_encoding(accepted, ("br", "gzip")) == chosen


def test_json_is_written_as_it_is_read(example_site: ExampleSite, ask: Ask) -> None:
    body = ask(f"/pages/{example_site.home.pk}/").body.decode()
    assert json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":")) == body
    assert "\\u" not in body
