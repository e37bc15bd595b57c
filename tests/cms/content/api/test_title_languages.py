"""A title that nobody has translated is named with its true language wherever it is shown."""

import re
from typing import Any

import pytest
from django.test import Client

from strategy.models import (
    EffortPage,
    GoalPage,
    Municipality,
    PriorityAreaPage,
    StoriesPage,
    StoryPage,
    StrategyPage,
)
from tests.factories.site import ExampleSite
from tests.factories.translations import marked, only, translate

pytestmark = pytest.mark.shared_out


@pytest.fixture
def finnish(example_site: ExampleSite) -> dict[type[Any], Any]:
    """Pages in Finnish, of which the goal and the municipality keep their Swedish names."""
    pages = example_site.pages
    untranslated = only(marked("fi"), "slug", "body")
    translated: dict[type[Any], Any] = {}
    for model in (StrategyPage, PriorityAreaPage, GoalPage, EffortPage, StoriesPage, StoryPage):
        text_of = untranslated if model is GoalPage else marked("fi")
        translated[model] = translate(pages[model], "fi", text_of)
    translate(pages[StoryPage].municipality, "fi", only(marked("fi"), "nothing"))
    return translated


def document_of(visitor: Client, page: Any) -> Any:
    response = visitor.get(f"/api/v3/pages/{page.pk}/")
    assert response.status_code == 200, response.content
    return response.json()


def test_relation_says_the_language_of_its_title(
    finnish: dict[type[Any], Any], visitor: Client
) -> None:
    story = document_of(visitor, finnish[StoryPage])
    goal = next(
        row["page"]
        for row in story["related_pages"]
        if row["page"] and row["page"]["type"] == "strategy.GoalPage"
    )
    assert goal["id"] == finnish[GoalPage].pk
    assert goal["language"] == "sv"
    assert story["recipient"]["language"] in ("sv", "fi")
    assert story["municipality"]["type"] == Municipality._meta.label
    assert story["municipality"]["language"] == "sv"


def test_breadcrumbs_are_named_with_their_language(
    finnish: dict[type[Any], Any], visitor: Client
) -> None:
    effort = document_of(visitor, finnish[EffortPage])
    titles = [crumb["title"] for crumb in effort["breadcrumbs"]]
    swedish = titles.index(finnish[GoalPage].title)
    # The page is translated; what it leads to and the facts of its indicator are not, nor are
    # names that nobody has said to be the same.
    assert effort["languages"] == {
        f"/breadcrumbs/{swedish}/title": "sv",
        "/meta/parent/title": "sv",
        "/parent/title": "sv",
        "/body/4/value/name": "sv",
        "/body/7/value/image/credit": "sv",
        "/body/8/value/image/credit": "sv",
        "/body/14/value/document/title": "sv",
        "/body/16/value/indicator/source": "sv",
        "/body/16/value/indicator/unit": "sv",
    }
    goal = document_of(visitor, finnish[GoalPage])
    assert goal["languages"]["/title"] == "sv"
    assert goal["languages"][f"/breadcrumbs/{swedish}/title"] == "sv"


def test_reader_marks_the_titles_of_children(
    finnish: dict[type[Any], Any], visitor: Client
) -> None:
    area, goal = finnish[PriorityAreaPage], finnish[GoalPage]
    html = visitor.get(area.get_url_parts()[2]).content.decode()
    links = re.findall(r"<a[^>]*>(?:<[^>]+>)*" + re.escape(goal.title), html)
    assert links
    assert all('lang="sv"' in link for link in links), links
