"""The start page of each language, and what it shows first."""

import pytest
from django.test import Client

from cms.content.rules.judging import what_stops
from home.models import ContentPage, HomePage
from strategy.models import GoalPage
from tests.factories.site import ExampleSite
from tests.factories.whole import set_field

pytestmark = pytest.mark.shared_out


def test_highlights_keep_the_order_of_the_editor(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    home = HomePage.objects.get(pk=swedish_site.home.pk)
    pages = [swedish_site.pages[ContentPage], swedish_site.targets.areas[0]]
    for wanted in (pages, pages[::-1]):
        set_field(home, "highlights", [{"page": page} for page in wanted])
        home.save_revision().publish()
        shown = visitor.get(f"/api/v3/pages/{home.pk}/").json()["highlights"]
        assert [row["page"]["id"] for row in shown] == [page.pk for page in wanted]


def test_a_highlight_that_is_not_published_shows_nothing(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    swedish_site.targets.areas[0].unpublish()
    (row,) = visitor.get(f"/api/v3/pages/{swedish_site.home.pk}/").json()["highlights"]
    assert row["page"] is None


def test_a_start_page_with_an_image_describes_it(swedish_site: ExampleSite) -> None:
    home = HomePage.objects.get(pk=swedish_site.home.pk)
    home.image_alt_text = ""
    home.full_clean()
    assert [one.path for one in what_stops(home)] == [("image_alt_text",)]
    home.image_decorative = True
    assert not what_stops(home)


def test_a_start_page_stands_under_the_root_alone(swedish_site: ExampleSite) -> None:
    assert not HomePage.can_create_at(swedish_site.home)
    assert not HomePage.can_create_at(swedish_site.pages[GoalPage])


def test_content_pages_may_nest(swedish_site: ExampleSite) -> None:
    assert ContentPage.can_create_at(swedish_site.pages[ContentPage])
    assert ContentPage.can_create_at(swedish_site.home)


def test_every_field_but_the_title_may_be_empty(swedish_site: ExampleSite) -> None:
    for page_type in (HomePage, ContentPage):
        page_type(
            title="Tom",
            slug="tom",
            path="000100019999",
            depth=3,
            locale=swedish_site.home.locale,
        ).full_clean()
