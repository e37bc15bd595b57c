"""Pages are answered from stored documents: quick, whole, and never older than these."""

import gzip
from collections.abc import Iterable
from typing import Any

import brotli
import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cms.delivery.http.fast_path import Environ, FastPath, StartResponse
from cms.reader.serving.fast_path import PageAnswers
from home.models import SiteSettings
from strategy import models as strategy
from tests.cms.content.reader.conftest import Reader
from tests.factories.pages import StoryPageFactory
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out

CULTURE = "/sv/utveckling/kultur/"


def publish(page: Any, **changes: Any) -> None:
    """Changes fields of a page, and publishes it."""
    fresh = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()


def test_every_encoding_holds_the_same_page(example_site: ExampleSite, visitor: Client) -> None:
    plain = visitor.get(CULTURE)
    packed = visitor.get(CULTURE, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    # Brotli is made for what is asked for often.
    found = [visitor.get(CULTURE, headers={"accept-encoding": "br, gzip"}) for _ in range(4)]
    assert found[-1]["Content-Encoding"] == "br"
    assert brotli.decompress(found[-1].content) == plain.content
    assert len({plain["ETag"], packed["ETag"], found[-1]["ETag"]}) == 3
    assert visitor.head(CULTURE)["Content-Length"] == str(len(plain.content))
    known = visitor.get(CULTURE, headers={"if-none-match": plain["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(
    "changed",
    ["itself", "a page in the menu", "a page below", "the settings of the site", "a related fact"],
)
def test_what_is_shown_is_never_older_than_what_is_published(
    changed: str, example_site: ExampleSite, visitor: Client
) -> None:
    area = example_site.pages[strategy.DevelopmentAreasPage]
    culture = example_site.pages[strategy.CulturePage]
    story = example_site.pages[strategy.StoryPage]
    read = {
        "itself": culture.url,
        "a page in the menu": culture.url,
        "a page below": area.url,
        "the settings of the site": culture.url,
        "a related fact": story.url,
    }[changed]
    before = visitor.get(read)
    if changed == "itself":
        publish(culture, lead="Nytt ord")
    elif changed == "a page in the menu":
        publish(area, title="Nytt ord")
    elif changed == "a page below":
        publish(culture, lead="Nytt ord")
    elif changed == "the settings of the site":
        settings = SiteSettings.objects.get(locale__language_code="sv")
        settings.name = "Nytt ord"
        settings.save_revision().publish()
    else:
        fact = example_site.targets.municipalities[0]
        fact.name = "Nytt ord"
        fact.save()
    after = visitor.get(read, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Nytt ord" in after.content.decode()
    assert "Nytt ord" not in before.content.decode()


def test_a_page_that_is_taken_down_is_gone_at_once(
    example_site: ExampleSite, visitor: Client
) -> None:
    assert visitor.get(CULTURE).status_code == 200
    strategy.CulturePage.objects.get(locale__language_code="sv").unpublish()
    assert visitor.get(CULTURE).status_code == 404


def test_a_page_takes_few_queries_and_a_kept_one_none_but_for_the_version(
    example_site: ExampleSite, visitor: Client, django_assert_num_queries: Any
) -> None:
    visitor.get("/sv/")
    # The version is asked for with SQL that is written out, which Django does not count.
    with django_assert_num_queries(0):
        visitor.get("/sv/")
    publish(example_site.pages[strategy.CulturePage], lead="Nytt ord")
    visitor.get("/sv/")
    # Nothing was read of this one yet, but of the site around it.
    with CaptureQueriesContext(
        connection,
    ) as queries:
        visitor.get("/sv/utveckling/klimat/")
    assert len(queries) <= 30


class Fast:
    """Asks through the fast path, and counts what is handed over."""

    def __init__(self) -> None:
        self.handed_over = 0
        self.path = FastPath(self._behind, PageAnswers())

    def _behind(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.handed_over += 1
        client = Client(headers={"host": "testserver"})
        response: Any = client.get(environ["PATH_INFO"], QUERY_STRING=environ["QUERY_STRING"])
        start_response(f"{response.status_code} ", list(response.items()))
        return (response.content,)

    def __call__(self, path: str) -> tuple[str, dict[str, str], bytes]:
        said: list[Any] = []
        environ = RequestFactory().get(path).environ | {"HTTP_HOST": "testserver"}
        body = b"".join(self.path(environ, lambda *answer: said.extend(answer)))
        return said[0], {name.lower(): value for name, value in said[1]}, body


def test_the_fast_path_answers_the_same_as_the_view(
    example_site: ExampleSite, settings: Any
) -> None:
    ask = Fast()
    slow = ask(CULTURE)
    assert ask.handed_over == 1
    quick = ask(CULTURE)
    assert ask.handed_over == 1
    assert quick[2] == slow[2]
    assert {name: quick[1].get(name) for name in slow[1]} == slow[1]
    ask(f"{CULTURE}?x=1")
    assert ask.handed_over == 2
    publish(example_site.pages[strategy.CulturePage], lead="Nytt ord")
    assert "Nytt ord" in ask(CULTURE)[2].decode()
    assert ask.handed_over == 3


def test_readers_are_led_to_a_front_end_where_one_is_set(
    example_site: ExampleSite, visitor: Client, settings: Any
) -> None:
    settings.FRONT_END_URL = "https://www.example.se"
    response = visitor.get(f"{CULTURE}?a=1")
    assert response.status_code == 302
    assert response["Location"] == f"https://www.example.se{CULTURE}?a=1"
    assert "Disallow: /\n" in visitor.get("/robots.txt").content.decode()


def test_stories_are_narrowed_and_paged_by_their_address(
    example_site: ExampleSite, reader: Reader
) -> None:
    stories = example_site.pages[strategy.StoriesPage]
    for number in range(23):
        StoryPageFactory(
            parent=stories, title=f"Ny {number}", slug=f"ny-{number}", year=1990 + number
        )

    def titles(page: Any) -> list[str]:
        cards = page.find("section", class_="cards")
        return [one.whole_text() for one in cards[-1].find("h2")] if cards else []

    first = reader(stories.url)
    assert len(titles(first)) == 20
    older = [link for link in first.find("a") if "after=" in link.attributes.get("href", "")]
    second = reader(older[0].attributes["href"])
    assert not set(titles(first)) & set(titles(second))
    assert len(titles(first)) + len(titles(second)) == 24
    assert titles(reader(f"{stories.url}?year=1995")) == ["Ny 5"]
    assert titles(reader(f"{stories.url}?year=1444")) == []
    # What is no value of ours changes nothing.
    assert titles(reader(f"{stories.url}?after=nonsense")) == titles(first)
