"""Search, site map, feed, robots and structured data."""

import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.cms.content.reader.conftest import Reader
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_a_search_finds_signs_that_a_keyboard_lacks(
    example_site: ExampleSite, reader: Reader
) -> None:
    smj = example_site.translations[HomePage, "smj"]
    water = ContentPage(title="Čáhci", slug="cahci", locale=smj.locale)
    smj.add_child(instance=water)
    water.save_revision().publish()
    for address in ("/search/smj/?q=cahci", "/search/sv/?q=cahci&in=all"):
        page = reader(address)
        [hits] = page.find("ol", class_="hits")
        [link] = hits.find("a")
        assert link.attributes["href"] == water.url
        assert link.whole_text() == "Čáhci"
        assert link.nearest("lang") == "smj"
    assert not reader("/search/sv/?q=cahci").find("ol", class_="hits")


def test_a_search_finds_only_what_anybody_may_see_and_escapes_what_was_typed(
    example_site: ExampleSite, visitor: Client, reader: Reader
) -> None:
    [hits] = reader("/search/smj/?q=kultur").find("ol", class_="hits")
    # What stands in for a page is reached under the language that is read.
    assert all(link.attributes["href"].startswith("/smj/") for link in hits.find("a"))
    strategy.CulturePage.objects.get(locale__language_code="sv").unpublish()
    found = visitor.get("/search/sv/?q=kultur").content.decode()
    assert "/sv/utveckling/kultur/" not in found
    assert "<i>" not in visitor.get("/search/sv/?q=<i>x").content.decode()
    for address in ("/search/sv/?q=x&after=zzz", f"/search/sv/?q={'x' * 5000}", "/search/sv/"):
        assert visitor.get(address).status_code == 200
    assert visitor.get("/search/xx/?q=x", follow=True).status_code == 404


def test_the_site_map_names_real_pages_with_their_translations(
    example_site: ExampleSite, visitor: Client
) -> None:
    index = ET.fromstring(visitor.get("/sitemap.xml").content)
    parts = [one.text or "" for one in index.iterfind("s:sitemap/s:loc", SITEMAP)]
    assert {part.rpartition("/")[2] for part in parts} == {"sv.xml", "en.xml", "fi.xml", "smj.xml"}
    found: dict[str, set[str]] = {}
    for part in parts:
        tree = ET.fromstring(visitor.get(part.removeprefix("http://testserver")).content)
        for url in tree.iterfind("s:url", SITEMAP):
            path = (url.findtext("s:loc", "", SITEMAP)).removeprefix("http://testserver")
            assert url.findtext("s:lastmod", "", SITEMAP)
            links = url.iterfind("x:link", SITEMAP)
            found[path] = {link.get("hreflang", "") for link in links}
            assert visitor.get(path).status_code == 200, path
    assert found["/smj/"] == {"sv", "en", "fi", "smj", "x-default"}
    # An alias and what stands in are no pages of the language.
    assert [path for path in found if path.startswith("/smj/")] == ["/smj/"]
    assert example_site.pages[strategy.CulturePage].url in found


def test_stories_have_a_feed_in_each_language(example_site: ExampleSite, visitor: Client) -> None:
    response = visitor.get("/feeds/sv/stories.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    links = [entry.find(f"{atom}link") for entry in feed.iterfind(f"{atom}entry")]
    story = example_site.pages[strategy.StoryPage]
    assert [link.get("href") for link in links if link is not None] == [story.full_url]
    empty = ET.fromstring(visitor.get("/feeds/smj/stories.atom").content)
    assert empty.find(f"{atom}entry") is None
    for address in ("/feeds/xx/stories.atom", "/feeds/sv/nothing.atom"):
        assert visitor.get(address).status_code == 404


def test_robots_are_told_where_the_site_map_is(example_site: ExampleSite, visitor: Client) -> None:
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines


def test_pages_have_data_that_cannot_end_its_element(
    example_site: ExampleSite, reader: Reader
) -> None:
    story = example_site.pages[strategy.StoryPage]
    story.title = "</script><script>alert(1)</script>"
    story.save_revision().publish()
    [element] = reader(story.url).find("script", type="application/ld+json")
    types = {one["@type"]: one for one in json.loads(element.text)["@graph"]}
    assert types["Article"]["headline"] == story.title
    assert types["BreadcrumbList"]["itemListElement"][-1]["name"] == story.title
    [element] = reader("/sv/").find("script", type="application/ld+json")
    start = {one["@type"] for one in json.loads(element.text)["@graph"]}
    assert start == {"GovernmentOrganization", "WebSite", "Dataset"}


def test_a_missing_page_offers_a_search_and_the_way_home(
    example_site: ExampleSite, visitor: Client
) -> None:
    html = visitor.get("/smj/nej/").content.decode()
    assert 'action="/search/smj/"' in html
    assert 'href="/smj/"' in html
    assert 'href="/fi/"' in html
