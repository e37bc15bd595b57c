"""The lists that other sites ask for by what the documents say: the stories."""

from collections.abc import Iterator

from cms.content.api.collections import (
    ChoiceFilter,
    Collection,
    Document,
    KeyFilter,
    YearFilter,
    moment_value,
    register_collection,
    year_value,
)
from strategy.fields import FIRST_YEAR, LAST_YEAR
from strategy.models import GoalPage, Municipality, Programme, StoryPage
from strategy.models.relations import AREA_TYPES

_GOAL = GoalPage._meta.label


def _municipality(story: Document) -> Iterator[str]:
    if story["municipality"]:
        yield story["municipality"]["key"]


def _programme(story: Document) -> Iterator[str]:
    if story["programme"]:
        yield story["programme"]["key"]


def _areas_and_goals(story: Document) -> Iterator[str]:
    return (row["page"]["key"] for row in story["related_pages"] if row["page"])


def _goals(story: Document) -> Iterator[str]:
    pages = (row["page"] for row in story["related_pages"])
    return (page["key"] for page in pages if page and page["type"] == _GOAL)


def _year_and_publication(story: Document) -> str:
    """By year, then by first publication; a story without a year comes before all others."""
    published = moment_value(story["meta"]["first_published_at"])
    return f"{year_value(story['year'] or 0)} {published}"


STORIES = Collection(
    name="stories",
    type=StoryPage._meta.label,
    summary="List stories",
    description="By the year of the support, then by first publication.",
    rank=_year_and_publication,
    keys=(
        KeyFilter(
            "municipality",
            "Key of a municipality, or its code, such as 2580.",
            (Municipality._meta.label,),
            _municipality,
            code="code",
        ),
        KeyFilter(
            "area",
            "Key of a development area, or of a goal, to which the story belongs.",
            (*AREA_TYPES, _GOAL),
            _areas_and_goals,
        ),
        KeyFilter(
            "programme",
            "Key of the programme from which the support came.",
            (Programme._meta.label,),
            _programme,
        ),
        KeyFilter("goal", "Key of a goal to which the story belongs.", (_GOAL,), _goals),
    ),
    choices=(
        ChoiceFilter(
            "kind",
            "Who had the support.",
            tuple(StoryPage.Kind.values),
            lambda story: str(story["kind"]),
        ),
    ),
    years=(
        YearFilter(
            "year",
            "Year in which the support was decided.",
            FIRST_YEAR,
            LAST_YEAR,
            lambda story: story["year"],
        ),
    ),
)


def register() -> None:
    """Registers the collections of this application."""
    register_collection(STORIES)
