"""Stories are listed whole, newest first, and narrowed by year, municipality, area and kind."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from strategy.models import ClimatePage, CulturePage, StoriesPage, StoryPage
from strategy.models.stories import StoryRelatedPage
from tests.factories.pages import PUBLISHED_AT, StoryPageFactory
from tests.factories.site import ExampleSite
from tests.factories.snippets import MunicipalityFactory
from tests.factories.translations import make_alias, translate
from tests.factories.whole import fill

pytestmark = pytest.mark.shared_out

STORIES = "/api/v3/stories/"


@pytest.fixture
def stories(swedish_site: ExampleSite) -> ExampleSite:
    """Four stories more than the one called Scenen, of 2023 in municipality 2500."""
    boden = MunicipalityFactory(name="Boden", code="2582")
    culture, climate = swedish_site.pages[CulturePage], swedish_site.pages[ClimatePage]

    def make(title: str, days_later: int, areas: list[Any], **fields: Any) -> None:
        story = StoryPageFactory(
            parent=swedish_site.pages[StoriesPage],
            title=title,
            slug=title.lower(),
            first_published_at=PUBLISHED_AT + dt.timedelta(days=days_later),
            **fields,
        )
        for area in areas:
            story.related_pages.add(StoryRelatedPage(page=area))
        story.save()

    make("Gammal", 1, [climate], year=2019, kind="project", municipality=boden)
    make("Ny", 2, [culture, culture], year=2024, kind="company", municipality=boden)
    make("Nyare", 3, [climate, culture], year=2024, kind="project")
    make("Utan", 9, [], kind="project")
    return swedish_site


def titles(visitor: Client, query: str = "") -> list[str]:
    response = visitor.get(f"{STORIES}?locale=sv{query}")
    assert response.status_code == 200, response.content
    listed = response.json()
    assert listed["count"] >= len(listed["items"])
    return [item["title"] for item in listed["items"]]


def test_stories_are_listed_newest_first(stories: ExampleSite, visitor: Client) -> None:
    # By year, then by first publication; a story without a year comes last.
    assert titles(visitor) == ["Nyare", "Ny", "Scenen", "Gammal", "Utan"]


def test_stories_are_narrowed_by_each_filter(stories: ExampleSite, visitor: Client) -> None:
    culture = stories.pages[CulturePage].translation_key
    climate = stories.pages[ClimatePage].translation_key
    assert titles(visitor, "&year=2024") == ["Nyare", "Ny"]
    assert titles(visitor, "&kind=company") == ["Ny", "Scenen"]
    assert titles(visitor, "&municipality=2582") == ["Ny", "Gammal"]
    assert titles(visitor, f"&area={culture}") == ["Nyare", "Ny", "Scenen"]
    assert titles(visitor, f"&area={climate}&year=2024") == ["Nyare"]
    assert titles(visitor, "&kind=company&municipality=2582&year=2019") == []


def test_a_list_is_read_in_parts(stories: ExampleSite, visitor: Client) -> None:
    assert titles(visitor, "&limit=2") == ["Nyare", "Ny"]
    assert titles(visitor, "&limit=2&offset=2") == ["Scenen", "Gammal"]
    assert titles(visitor, f"&offset={2**63 - 1}") == []
    assert visitor.get(f"{STORIES}?locale=sv&limit=2").json()["count"] == 5


def test_a_listed_story_is_the_same_document_as_its_own_address_gives(
    stories: ExampleSite, visitor: Client
) -> None:
    for item in visitor.get(f"{STORIES}?locale=sv").json()["items"]:
        assert visitor.get(f"/api/v3/pages/{item['id']}/").json() == item


def test_stories_of_a_language_are_those_that_are_translated(
    stories: ExampleSite, visitor: Client
) -> None:
    for page_type in (StoriesPage, StoryPage):
        page = page_type.objects.get(pk=stories.pages[page_type].pk)
        translate_with_parents(page)
    make_alias(stories.pages[StoryPage], "smj")
    area = stories.pages[CulturePage].translation_key
    english = visitor.get(f"{STORIES}?locale=en&area={area}").json()["items"]
    assert [item["title"] for item in english] == ["Scenen [en]"]
    assert visitor.get(f"{STORIES}?locale=smj").json()["items"] == []
    assert visitor.get(f"{STORIES}?locale=yi").json() == {"count": 0, "items": []}


def translate_with_parents(page: Any) -> None:
    parent = page.get_parent().specific
    if not parent.is_root() and not parent.has_translation(_english()):
        translate_with_parents(parent)
    if not page.has_translation(_english()):
        translate(page, "en")


def _english() -> Any:
    from wagtail.models import Locale

    return Locale.objects.get(language_code="en")


def test_a_story_that_is_hidden_is_not_listed(stories: ExampleSite, visitor: Client) -> None:
    StoryPage.objects.get(title="Ny").unpublish()
    PageViewRestriction.objects.create(
        page=StoryPage.objects.get(title="Gammal").page_ptr,
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert titles(visitor) == ["Nyare", "Scenen", "Utan"]


def test_the_key_of_a_hidden_area_is_unknown(stories: ExampleSite, visitor: Client) -> None:
    area = stories.pages[CulturePage]
    type(area).objects.filter(pk=area.pk).update(live=False)
    response = visitor.get(f"{STORIES}?locale=sv&area={area.translation_key}")
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "locale"),
        ("locale=xx", "locale"),
        ("locale=", "locale"),
        ("locale=sv&bogus=1", "bogus"),
        ("locale=sv&area=kultur", "area"),
        ("locale=sv&area=5f0e7a52-3c1b-4f6e-9a43-0f4c2d1b7e90", "area"),
        ("locale=sv&municipality=0000", "municipality"),
        ("locale=sv&municipality=%00", "municipality"),
        ("locale=sv&kind=förening", "kind"),
        ("locale=sv&year=1066", "year"),
        ("locale=sv&year=x", "year"),
        ("locale=sv&limit=0", "limit"),
        ("locale=sv&limit=101", "limit"),
        ("locale=sv&offset=-1", "offset"),
        ("locale=sv&offset=99999999999999999999", "offset"),
    ],
)
def test_a_wrong_parameter_is_named(
    query: str, parameter: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"{STORIES}?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert parameter in response.json()["errors"][0]["loc"]


def test_a_list_costs_the_same_whatever_its_length(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    area = swedish_site.pages[CulturePage].translation_key

    def queries() -> int:
        address = f"{STORIES}?locale=sv&municipality=2500&area={area}&limit=100"
        visitor.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address).status_code == 200
        return len(captured)

    with_one = queries()
    for number in range(6):
        story = StoryPageFactory(
            parent=swedish_site.pages[StoriesPage], title=f"Nr {number}", slug=f"nr-{number}"
        )
        fill(story, swedish_site.targets, size=3)
    assert queries() == with_one == 16


def test_wagtails_own_list_filters_and_orders_stories_too(
    stories: ExampleSite, visitor: Client
) -> None:
    listed = visitor.get(
        "/api/v3/pages/?type=strategy.StoryPage&order=-year&kind=project&year=2024"
    )
    assert [item["title"] for item in listed.json()["items"]] == ["Nyare"]
    municipality = StoryPage.objects.get(title="Ny").municipality_id
    listed = visitor.get(
        f"/api/v3/pages/?type=strategy.StoryPage&order=-year&municipality={municipality}"
    )
    assert [item["title"] for item in listed.json()["items"]] == ["Ny", "Gammal"]
