"""A page shows its whole document, well formed, whatever its type."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import translation
from django.utils.html import escape
from django.utils.text import capfirst

from cms.content.reader.parts import plain
from strategy import models as strategy
from strategy.models.goals import GoalIndicator
from tests.cms.content.reader.conftest import Reader
from tests.cms.content.reader.markup import read
from tests.factories.pages import StoryPageFactory
from tests.factories.site import PAGE_TYPES, ExampleSite

pytestmark = pytest.mark.shared_out

NOT_FOR_READERS = frozenset(
    {
        "meta", "id", "key", "type", "language", "languages", "translations", "breadcrumbs",
        "parent", "position", "published_at", "modified_at", "original", "sizes",
        # Seen in what is done with them, or shown by their label.
        "level", "header_row", "header_column", "focal_point", "width", "height", "format",
        "kind", "status", "state", "audience", "better", "mode", "carries", "agenda_goals",
        # For machines: the player of a film, a municipality's code, a file's name and size.
        "player_url", "code", "filename", "size", "path", "sha256",
    }
)  # fmt: skip


def shown_values(value: Any) -> Iterator[str]:
    """Everything in a document that a reader is to meet, as it stands in HTML."""
    if isinstance(value, dict) and "filename" in value:
        # Where a link has a text of its own, the file's title gives way to it.
        yield value["url"]
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in NOT_FOR_READERS:
                yield from shown_values(member)
    elif isinstance(value, list):
        for item in value:
            yield from shown_values(item)
    elif value not in (None, "") and not isinstance(value, bool):
        yield plain(value)


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_shows_its_whole_document(
    page_type: type[Any], swedish_site: ExampleSite, visitor: Client
) -> None:
    page = swedish_site.pages[page_type]
    document = visitor.get(f"/api/v3/pages/{page.pk}/").json()
    html = visitor.get(page.url).content.decode()
    read(html)
    missing = [
        value
        for value in shown_values(document)
        # Rich text stands as it is.
        if value not in html and escape(value) not in html
    ]
    assert not missing


@pytest.mark.parametrize(
    ("page_type", "names"),
    [
        (strategy.StrategyPage, ["state", "adopted_on", "succeeds", "document"]),
        (strategy.GoalPage, ["target_year", "agenda_goals"]),
        (strategy.EffortPage, ["status"]),
        (strategy.CulturePage, ["audience", "contact_role"]),
        (strategy.StoryPage, ["kind", "recipient", "amount_sek", "year", "municipality"]),
    ],
)
def test_fields_have_their_labels_in_the_language_of_the_page(
    page_type: type[Any], names: list[str], swedish_site: ExampleSite, reader: Reader
) -> None:
    page = reader(swedish_site.pages[page_type].url)
    labels = {element.whole_text() for element in page.find("dt")}
    with translation.override("sv"):
        wanted = {capfirst(page_type._meta.get_field(name).verbose_name) for name in names}
    assert wanted <= labels


def test_a_choice_is_shown_by_its_label(swedish_site: ExampleSite, reader: Reader) -> None:
    page = swedish_site.pages[strategy.EffortPage]
    facts = [element.whole_text() for element in reader(page.url).find("dd")]
    assert page.get_status_display() in facts
    assert page.status not in facts


def test_progress_is_text_and_a_bar(swedish_site: ExampleSite, reader: Reader) -> None:
    page = reader(swedish_site.pages[strategy.GoalPage].url)
    [bar, *_rest] = page.find("svg", class_="progress-bar")
    [done] = bar.find("rect", class_="done")
    assert 0 <= float(done.attributes["width"].removesuffix("%")) <= 100
    assert bar.parent is not None
    assert bar.parent.whole_text().endswith("%")


def test_a_level_that_is_kept_has_a_state_and_no_progress(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    goal = swedish_site.pages[strategy.GoalPage]

    def shown() -> str:
        fresh = strategy.GoalPage.objects.get(pk=goal.pk)
        fresh.save_revision().publish()
        return visitor.get(goal.url).content.decode()

    GoalIndicator.objects.update(target_value=F("baseline_value"))
    kept = shown()
    assert "progress-bar" not in kept
    assert ">nått<" in kept or ">efter plan<" in kept
    assert "nivån" in kept.lower()
    strategy.Indicator.objects.get().values.all().delete()
    unknown = shown()
    assert "uppgift saknas" in unknown
    assert "Inget värde" in unknown


def test_a_start_page_leads_to_what_is_under_it(swedish_site: ExampleSite, reader: Reader) -> None:
    addresses = {link.attributes.get("href") for link in reader("/sv/").find("a")}
    assert {child.url for child in swedish_site.home.get_children().live()} <= addresses


def test_what_is_not_public_is_not_listed(swedish_site: ExampleSite, visitor: Client) -> None:
    swedish_site.pages[strategy.CulturePage].unpublish()
    listed = visitor.get(swedish_site.pages[strategy.DevelopmentAreasPage].url).content.decode()
    assert "/sv/utveckling/klimat/" in listed
    assert "/sv/utveckling/kultur/" not in listed


def test_stories_stand_newest_first(swedish_site: ExampleSite, reader: Reader) -> None:
    stories = swedish_site.pages[strategy.StoriesPage]
    for title, year in (("Ny", 2031), ("Utan år", None), ("Gammal", 1999)):
        StoryPageFactory(parent=stories, title=title, slug=title.lower()[:3], year=year)
    links = reader(stories.url).find("section", class_="cards")[-1].find("a")
    by_year = strategy.StoryPage.objects.child_of(stories).order_by(F("year").desc(nulls_last=True))
    assert [link.whole_text() for link in links] == [story.title for story in by_year]


def test_a_page_says_where_its_data_is(swedish_site: ExampleSite, reader: Reader) -> None:
    page = swedish_site.pages[strategy.CulturePage]
    head = reader(page.url).find("head")[0]
    [data] = head.find("link", type="application/json")
    assert data.attributes["href"].endswith(f"/api/v3/pages/{page.pk}/")
    [canonical] = head.find("link", rel="canonical")
    assert canonical.attributes["href"].endswith(page.url)
    assert canonical.attributes["href"].startswith("http")


def test_the_title_and_description_for_search_engines(
    swedish_site: ExampleSite, reader: Reader
) -> None:
    page = swedish_site.pages[strategy.CulturePage]
    page.seo_title, page.search_description = "Kultur & konst", 'Om "kultur"'
    page.save_revision().publish()
    head = reader(page.url).find("head")[0]
    assert head.find("title")[0].whole_text() == "Kultur & konst"
    assert head.find("meta", name="description")[0].attributes["content"] == 'Om "kultur"'
