"""Stories are listed whole with fallback, newest first, and narrowed by what they say."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.delivery.http import document_queries
from cms.delivery.models import DocumentFacet, Entry, PublishedDocument
from cms.delivery.publishing.consistency_check import differences
from cms.languages.registry import LANGUAGES, fallback_chain
from strategy.models import (
    ClimatePage,
    CulturePage,
    GoalPage,
    Programme,
    StoriesPage,
    StoryPage,
)
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


def answer(visitor: Client, query: str = "", locale: str = "sv") -> dict[str, Any]:
    response = visitor.get(f"{STORIES}?locale={locale}{query}")
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def titles(visitor: Client, query: str = "", locale: str = "sv") -> list[str]:
    return [item["title"] for item in answer(visitor, query, locale)["items"]]


def in_parts(visitor: Client, query: str, limit: int = 2) -> Iterator[str]:
    """Titles, read with cursors."""
    cursor = ""
    for _part in range(20):
        found = answer(visitor, f"{query}&limit={limit}{cursor}")
        yield from (item["title"] for item in found["items"])
        if found["next"] is None:
            return
        cursor = f"&cursor={found['next']}"
    raise AssertionError("The list does not end.")


def test_stories_are_listed_newest_first(stories: ExampleSite, visitor: Client) -> None:
    # By year, then by first publication; a story without a year comes last.
    newest_first = ["Nyare", "Ny", "Scenen", "Gammal", "Utan"]
    assert titles(visitor) == titles(visitor, "&order=newest") == newest_first
    assert titles(visitor, "&order=oldest") == newest_first[::-1]
    assert titles(visitor, "&order=title") == ["Gammal", "Ny", "Nyare", "Scenen", "Utan"]


def test_every_language_has_the_stories_of_its_fallbacks(
    stories: ExampleSite, visitor: Client
) -> None:
    area = stories.pages[CulturePage].translation_key
    for code in LANGUAGES:
        if code != "sv" and "sv" not in fallback_chain(code):
            continue
        found = answer(visitor, f"&area={area}", locale=code)["items"]
        assert [item["title"] for item in found] == ["Nyare", "Ny", "Scenen"]
        assert {item["language"] for item in found} == {"sv"}
        if code != "sv":
            assert titles(visitor, "&fallback=false", locale=code) == []
    response = visitor.get(f"{STORIES}?locale=smj")
    assert response.headers["Content-Language"] == "sv"


def test_a_translated_story_takes_the_place_of_its_fallback(
    stories: ExampleSite, visitor: Client
) -> None:
    for page_type in (StoriesPage, StoryPage):
        translate_with_parents(page_type.objects.get(pk=stories.pages[page_type].pk))
    make_alias(stories.pages[StoryPage], "smj")
    assert titles(visitor, locale="en") == ["Nyare", "Ny", "Scenen [en]", "Gammal", "Utan"]
    assert titles(visitor, "&fallback=false", locale="en") == ["Scenen [en]"]
    assert titles(visitor, "&fallback=false", locale="smj") == []
    municipality = stories.targets.municipalities[0].translation_key
    assert titles(visitor, f"&municipality={municipality}", locale="en") == ["Scenen [en]"]


def translate_with_parents(page: Any) -> None:
    parent = page.get_parent().specific
    if not parent.is_root() and not parent.has_translation(_english()):
        translate_with_parents(parent)
    if not page.has_translation(_english()):
        translate(page, "en")


def _english() -> Any:
    from wagtail.models import Locale

    return Locale.objects.get(language_code="en")


def test_stories_are_narrowed_by_each_filter(stories: ExampleSite, visitor: Client) -> None:
    culture = stories.pages[CulturePage].translation_key
    climate = stories.pages[ClimatePage].translation_key
    boden = StoryPage.objects.get(title="Ny").municipality
    assert boden is not None
    assert titles(visitor, "&year=2024") == ["Nyare", "Ny"]
    assert titles(visitor, "&year=2019&year=2023") == ["Scenen", "Gammal"]
    assert titles(visitor, "&year_from=2023") == ["Nyare", "Ny", "Scenen"]
    assert titles(visitor, "&year_to=2023") == ["Scenen", "Gammal"]
    assert titles(visitor, "&year_from=2020&year_to=2023") == ["Scenen"]
    assert titles(visitor, "&kind=company") == ["Ny", "Scenen"]
    assert titles(visitor, "&kind=company&kind=project&year=2024") == ["Nyare", "Ny"]
    assert titles(visitor, "&municipality=2582") == ["Ny", "Gammal"]
    assert titles(visitor, f"&municipality={boden.translation_key}") == ["Ny", "Gammal"]
    assert titles(visitor, "&municipality=2582&municipality=2500") == ["Ny", "Scenen", "Gammal"]
    assert titles(visitor, f"&area={culture}") == ["Nyare", "Ny", "Scenen"]
    assert titles(visitor, f"&area={culture}&area={climate}") == ["Nyare", "Ny", "Scenen", "Gammal"]
    assert titles(visitor, f"&area={climate}&year=2024") == ["Nyare"]
    assert titles(visitor, "&kind=company&municipality=2582&year=2019") == []


def test_stories_of_a_goal_and_of_a_programme(stories: ExampleSite, visitor: Client) -> None:
    goal = stories.pages[GoalPage]
    story = StoryPage.objects.get(title="Ny")
    story.related_pages.add(StoryRelatedPage(page=goal))
    programme = Programme.objects.first()
    assert programme is not None
    story.programme = programme
    story.save_revision().publish()
    assert titles(visitor, f"&goal={goal.translation_key}") == ["Ny", "Scenen"]
    # A goal was always among what an area may be.
    assert titles(visitor, f"&area={goal.translation_key}") == ["Ny", "Scenen"]
    assert "Ny" in titles(visitor, f"&programme={programme.translation_key}")
    culture = stories.pages[CulturePage].translation_key
    assert visitor.get(f"{STORIES}?locale=sv&goal={culture}").status_code == 422


def test_a_story_that_changes_is_found_by_what_it_says_now(
    stories: ExampleSite, visitor: Client
) -> None:
    story = StoryPage.objects.get(title="Gammal")
    story.year, story.municipality = 2025, None
    story.related_pages.clear()
    story.save_revision().publish()
    assert titles(visitor)[0] == "Gammal"
    assert titles(visitor, "&municipality=2582") == ["Ny"]
    assert titles(visitor, f"&area={stories.pages[ClimatePage].translation_key}") == ["Nyare"]
    assert list(differences()) == []


def test_words_are_searched_within_the_filters(stories: ExampleSite, visitor: Client) -> None:
    assert titles(visitor, "&search=ny") == ["Ny", "Nyare"]
    assert titles(visitor, "&search=ny&kind=project", locale="smj") == ["Nyare"]
    found = answer(visitor, "&search=ny&limit=1&year=2024")
    assert list(found["excerpts"]) == [found["items"][0]["key"]]
    rest = answer(visitor, f"&search=ny&limit=1&year=2024&cursor={found['next']}")
    assert [item["title"] for item in rest["items"]] == ["Nyare"]


@pytest.mark.parametrize("order", ["newest", "oldest", "title"])
def test_a_list_is_read_in_parts(stories: ExampleSite, visitor: Client, order: str) -> None:
    whole = titles(visitor, f"&order={order}")
    assert list(in_parts(visitor, f"&order={order}")) == whole
    assert len(whole) == 5


def test_a_list_goes_on_where_it_stopped_while_content_changes(
    stories: ExampleSite, visitor: Client
) -> None:
    parts = in_parts(visitor, "&order=newest", limit=1)
    assert [next(parts), next(parts)] == ["Nyare", "Ny"]
    StoryPage.objects.get(title="Ny").unpublish()
    newest = StoryPage.objects.get(title="Nyare")
    newest.year = 2030
    newest.save_revision().publish()
    assert list(parts) == ["Scenen", "Gammal", "Utan"]


def test_a_cursor_of_another_order_is_refused(stories: ExampleSite, visitor: Client) -> None:
    cursor = answer(visitor, "&limit=1")["next"]
    for address in (
        f"{STORIES}?locale=sv&order=title&cursor={cursor}",
        f"{STORIES}?locale=sv&search=ny&cursor={cursor}",
        f"/api/v3/entries/sv/?cursor={cursor}",
    ):
        response = visitor.get(address)
        assert response.status_code == 422
        assert response.json()["errors"][0]["loc"] == ["query", "cursor"]


def test_a_listed_story_is_the_same_document_as_its_own_address_gives(
    stories: ExampleSite, visitor: Client
) -> None:
    for item in answer(visitor)["items"]:
        assert visitor.get(f"/api/v3/pages/{item['id']}/").json() == item


def test_what_has_not_changed_is_not_sent_again(stories: ExampleSite, visitor: Client) -> None:
    address = f"{STORIES}?locale=smj&kind=project"
    first = visitor.get(address)
    assert first.headers["Cache-Tag"] == "list-smj-strategy.StoryPage"
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    packed = visitor.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"


def test_a_story_that_is_hidden_is_not_listed(stories: ExampleSite, visitor: Client) -> None:
    StoryPage.objects.get(title="Ny").unpublish()
    PageViewRestriction.objects.create(
        page=StoryPage.objects.get(title="Gammal").page_ptr,
        restriction_type=PageViewRestriction.LOGIN,
    )
    assert titles(visitor) == ["Nyare", "Scenen", "Utan"]


def test_the_key_of_a_hidden_area_is_unknown(stories: ExampleSite, visitor: Client) -> None:
    area = stories.pages[CulturePage]
    area.unpublish()
    response = visitor.get(f"{STORIES}?locale=sv&area={area.translation_key}")
    assert response.status_code == 422


def test_a_municipality_without_stories_is_known(stories: ExampleSite, visitor: Client) -> None:
    kiruna = MunicipalityFactory(name="Kiruna", code="2584")
    assert titles(visitor, "&municipality=2584") == []
    assert titles(visitor, f"&municipality={kiruna.translation_key}") == []


@pytest.mark.parametrize(
    ("query", "parameter", "named"),
    [
        ("", "locale", ""),
        ("locale=xx", "locale", "xx"),
        ("locale=", "locale", ""),
        ("locale=sv&bogus=1", "bogus", "bogus"),
        ("locale=sv&offset=1", "offset", "offset"),
        ("locale=sv&area=kultur", "area", ""),
        (f"locale=sv&area={uuid4()}", "area", "key"),
        (f"locale=sv&programme={uuid4()}", "programme", "key"),
        (f"locale=sv&municipality={uuid4()}", "municipality", "key"),
        ("locale=sv&municipality=0000", "municipality", "0000"),
        ("locale=sv&municipality=2500&municipality=0000", "municipality", "0000"),
        ("locale=sv&municipality=", "municipality", ""),
        ("locale=sv&municipality=%00", "municipality", ""),
        ("locale=sv&kind=förening", "kind", ""),
        ("locale=sv&year=1066", "year", ""),
        ("locale=sv&year_from=x", "year_from", ""),
        ("locale=sv&order=best", "order", ""),
        ("locale=sv&order=title&search=ny", "order", ""),
        ("locale=sv&cursor=x", "cursor", "x"),
        ("locale=sv&limit=0", "limit", ""),
        ("locale=sv&limit=101", "limit", ""),
        ("locale=sv&fallback=perhaps", "fallback", ""),
    ],
)
def test_a_wrong_parameter_is_named(
    query: str, parameter: str, named: str, swedish_site: ExampleSite, visitor: Client
) -> None:
    response = visitor.get(f"{STORIES}?{query}")
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    [error] = response.json()["errors"]
    assert parameter in error["loc"]
    assert named in error["msg"]


def test_a_list_costs_the_same_whatever_its_length(
    swedish_site: ExampleSite, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = swedish_site.pages[CulturePage].translation_key
    read: list[str] = []
    fetch = document_queries._fetch

    def counted(statement: str, *arguments: Any, **named: Any) -> Any:
        read.append(statement)
        return fetch(statement, *arguments, **named)

    monkeypatch.setattr(document_queries, "_fetch", counted)

    def queries() -> tuple[int, int]:
        address = f"{STORIES}?locale=smj&municipality=2500&area={area}&limit=100"
        visitor.get(address)
        read.clear()
        with CaptureQueriesContext(connection) as captured:
            assert visitor.get(address).status_code == 200
        return len(captured), len(read)

    with_one = queries()
    for number in range(6):
        story = StoryPageFactory(
            parent=swedish_site.pages[StoriesPage], title=f"Nr {number}", slug=f"nr-{number}"
        )
        fill(story, swedish_site.targets, size=3)
    # Two for the names of what is asked for, one for the digests of what is found.
    assert queries() == with_one
    assert with_one[1] == 1
    assert with_one[0] <= 4


@pytest.mark.one_database("sqlite")
@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "entry_by_rank"),
        ("&order=oldest&kind=company&year_from=2020", "entry_by_rank"),
        ("&order=title&kind=company", "entry_of_type"),
    ],
)
def test_a_list_walks_along_an_index(
    stories: ExampleSite,
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    index: str,
) -> None:
    """However many stories there are, none is read that stands behind the list, and none sorted."""
    read: list[tuple[str, Any]] = []
    fetch = document_queries._fetch

    def noted(statement: str, parameters: Any, **named: Any) -> Any:
        read.append((statement, parameters))
        return fetch(statement, parameters, **named)

    monkeypatch.setattr(document_queries, "_fetch", noted)
    answer(visitor, query, locale="smj")
    statement, parameters = read[0]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plan = [str(row[-1]) for row in cursor.fetchall()]
    assert any(index in step for step in plan), plan
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in plan), plan


def test_a_rebuild_finds_facets_that_are_missing(stories: ExampleSite, visitor: Client) -> None:
    from cms.delivery.publishing.backlog import leave_to_worker, render_backlog
    from cms.delivery.publishing.invalidation import EVERYTHING

    DocumentFacet.objects.all().delete()
    Entry.objects.update(rank=None)
    sequence = PublishedDocument.objects.order_by("-sequence").values_list("sequence").first()
    leave_to_worker([EVERYTHING])
    render_backlog()
    assert titles(visitor, "&kind=company&municipality=2582") == ["Ny"]
    assert titles(visitor) == ["Nyare", "Ny", "Scenen", "Gammal", "Utan"]
    assert list(differences()) == []
    # To others nothing has changed.
    assert sequence == PublishedDocument.objects.order_by("-sequence").values_list("sequence")[0]


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
