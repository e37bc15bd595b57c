"""Whole responses of the API, one for each page type."""

from typing import Any

import pytest
from django.test import Client

from home.models import ContentPage, HomePage
from strategy.models import StoryPage
from tests.factories.site import PAGE_TYPES, ExampleSite
from tests.fixtures.snapshots import Snapshot


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_the_document_of_a_page_stays_as_it_is(
    page_type: type[Any], example_site: ExampleSite, visitor: Client, matches_snapshot: Snapshot
) -> None:
    response = visitor.get(f"/api/v3/pages/{example_site.pages[page_type].pk}/")
    assert response.status_code == 200, response.content
    matches_snapshot(f"documents/{page_type.__name__}", response.json())


@pytest.mark.parametrize(
    ("name", "page_type", "language"),
    [
        ("ContentPage-partly-translated", ContentPage, "fi"),
        ("ContentPage-alias", ContentPage, "smj"),
        ("HomePage-partly-translated", HomePage, "smj"),
        ("StoryPage-translated", StoryPage, "en"),
    ],
)
def test_the_document_of_a_translation_stays_as_it_is(
    name: str,
    page_type: type[Any],
    language: str,
    example_site: ExampleSite,
    visitor: Client,
    matches_snapshot: Snapshot,
) -> None:
    page = example_site.translations[page_type, language]
    response = visitor.get(f"/api/v3/pages/{page.pk}/")
    assert response.status_code == 200, response.content
    matches_snapshot(f"documents/{name}", response.json())


def test_api_v2_gives_the_same_document(
    example_site: ExampleSite, visitor: Client, matches_snapshot: Snapshot
) -> None:
    response = visitor.get(f"/api/v2/pages/{example_site.pages[StoryPage].pk}/")
    assert response.status_code == 200, response.content
    matches_snapshot("documents/StoryPage-v2", response.json())


def test_the_list_of_languages_stays_as_it_is(
    example_site: ExampleSite, visitor: Client, matches_snapshot: Snapshot
) -> None:
    response = visitor.get("/api/v3/languages/")
    assert response.status_code == 200, response.content
    matches_snapshot("languages", response.json())


def test_the_list_of_pages_stays_as_it_is(
    example_site: ExampleSite, visitor: Client, matches_snapshot: Snapshot
) -> None:
    response = visitor.get("/api/v3/pages/?locale=en&limit=5")
    assert response.status_code == 200, response.content
    matches_snapshot("pages", response.json())
