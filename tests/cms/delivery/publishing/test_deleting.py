"""Documents that pointed to a row show it no more when it is deleted, live or not as it was."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.delivery.publishing.backlog import render_backlog
from cms.delivery.publishing.consistency_check import differences
from strategy.models import GoalPage, Municipality, StoryPage
from tests.factories.site import ExampleSite

pytestmark = pytest.mark.shared_out


def delete(row: Any) -> None:
    type(row).objects.get(pk=row.pk).delete()
    render_backlog()


def unpublish_alone(row: Any) -> None:
    """Takes one language down, whose translations stay."""
    row.live = False
    row.save()
    render_backlog()


@pytest.mark.parametrize("is_live", [True, False])
def test_a_fact_in_the_sources_language(example_site: ExampleSite, is_live: bool) -> None:
    fact = Municipality.objects.get(locale__language_code="sv")
    story = StoryPage.objects.get(locale__language_code="en", municipality=fact)
    if not is_live:
        unpublish_alone(fact)
    address = f"/api/v3/pages/{story.pk}/"
    assert Client().get(address).json()["municipality"]["language"] == "en"
    delete(fact)
    assert Client().get(address).json()["municipality"] is None
    assert list(differences()) == []


@pytest.mark.parametrize("is_live", [True, False])
def test_a_page_in_the_sources_language(example_site: ExampleSite, is_live: bool) -> None:
    goal = GoalPage.objects.get(locale__language_code="sv")
    if not is_live:
        unpublish_alone(goal)
    assert list(differences()) == []
    delete(Page.objects.get(pk=goal.pk))
    assert list(differences()) == []
