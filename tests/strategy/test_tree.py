"""No page can be made in a wrong place."""

from typing import Any

import pytest
from wagtail.models import Page

from home.models import ContentPage, HomePage
from strategy import models as strategy
from tests.factories.site import PAGE_TYPES, ExampleSite

AREAS: set[type[Any]] = {
    strategy.CulturePage,
    strategy.ClimatePage,
    strategy.SkillsPage,
    strategy.TransportPage,
    strategy.IndustryPage,
    strategy.YouthPage,
}

CHILDREN: dict[type[Any], set[type[Any]]] = {
    HomePage: {
        strategy.StrategyPage,
        strategy.DevelopmentAreasPage,
        strategy.StoriesPage,
        ContentPage,
    },
    ContentPage: {ContentPage},
    strategy.StrategyPage: {strategy.PriorityAreaPage},
    strategy.PriorityAreaPage: {strategy.GoalPage},
    strategy.GoalPage: {strategy.EffortPage},
    strategy.EffortPage: set(),
    strategy.DevelopmentAreasPage: AREAS,
    strategy.StoriesPage: {strategy.StoryPage},
    strategy.StoryPage: set(),
    **{area: set() for area in AREAS},
}
"""As docs/content-model.md draws it."""


def test_the_table_of_this_test_has_every_type() -> None:
    assert set(CHILDREN) == set(PAGE_TYPES)


@pytest.mark.parametrize("parent", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_takes_the_children_that_are_documented_and_no_other(parent: type[Any]) -> None:
    allowed = {
        child
        for child in parent.allowed_subpage_models()
        if child.is_creatable and parent in child.allowed_parent_page_models()
    }
    assert allowed == CHILDREN[parent]


@pytest.mark.parametrize("child", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_stands_under_the_parents_that_are_documented_and_no_other(
    child: type[Any],
) -> None:
    documented = {parent for parent, children in CHILDREN.items() if child in children}
    if child is HomePage:
        documented = {Page}
    assert set(child.allowed_parent_page_models()) == documented


def test_there_is_one_page_of_each_area_and_of_each_series(swedish_site: ExampleSite) -> None:
    areas = swedish_site.pages[strategy.DevelopmentAreasPage]
    assert not strategy.CulturePage.can_create_at(areas)
    assert not strategy.StoriesPage.can_create_at(swedish_site.home)
    assert not strategy.DevelopmentAreasPage.can_create_at(swedish_site.home)
    assert strategy.StrategyPage.can_create_at(swedish_site.home)
    swedish_site.pages[strategy.CulturePage].delete()
    assert strategy.CulturePage.can_create_at(areas)
