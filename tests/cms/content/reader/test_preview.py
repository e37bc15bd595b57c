"""Preview shows a draft as it would be, and nothing empty breaks it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.api import APIField
from wagtail.api.conf import get_model_field
from wagtail.fields import StreamField

from home.models import HomePage
from strategy import models as strategy
from tests.cms.content.reader.markup import Element, read, read_preview
from tests.factories.site import PAGE_TYPES, ExampleSite, plant_pages, start_site

pytestmark = pytest.mark.one_database("sqlite")

TITLE = "Ett utkast som aldrig sparats"


def form_data(client: Client, address: str, page_type: type[Any]) -> dict[str, str]:
    """The fields of an editing form as the browser would send them, streams emptied."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = soup.select_one("#page-edit-form")
    assert form is not None
    data: dict[str, str] = {}
    for field in form.select("input[name], textarea[name]"):
        kind = field.get("type")
        if kind not in {"checkbox", "radio", "file", "submit"} or field.has_attr("checked"):
            data[str(field["name"])] = str(field.get("value") or field.text or "")
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        data[str(select["name"])] = str(chosen["value"]) if chosen else ""
    for api_field in APIField.get_fields_for_model(page_type):
        if isinstance(get_model_field(page_type, api_field.name), StreamField):
            data[f"{api_field.name}-count"] = "0"
    return data


def previewed(client: Client, address: str, data: dict[str, str]) -> Element:
    """The preview panel's page for a form that was not saved."""
    answer = client.post(address, data)
    assert answer.json()["is_valid"], answer.content
    response = client.get(address)
    assert response.status_code == 200
    return read_preview(response.content.decode())


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_page_with_nothing_but_a_title_is_shown(
    page_type: type[Any], db: None, visitor: Client
) -> None:
    page = plant_pages(start_site())[page_type]
    response = visitor.get(page.url)
    assert response.status_code == 200, response.content
    [heading] = read(response.content.decode()).find("h1")
    assert heading.whole_text() == page.title


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_new_page_is_previewed_before_it_is_saved(
    page_type: type[Any], swedish_site: ExampleSite, editor: Client
) -> None:
    parent = swedish_site.pages[page_type].get_parent()
    # Several types may stand but once under a parent: make room.
    if page_type is not HomePage:
        swedish_site.pages[page_type].delete()
    parent.refresh_from_db()
    arguments = (page_type._meta.app_label, page_type._meta.model_name, parent.pk)
    data = form_data(editor, reverse("wagtailadmin_pages:add", args=arguments), page_type)
    data |= {"title": TITLE, "slug": "utkast"}
    page = previewed(editor, reverse("wagtailadmin_pages:preview_on_add", args=arguments), data)
    assert page.find("h1")[0].whole_text() == TITLE
    assert page.find("html")[0].attributes["lang"] == "sv"


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_changes_to_a_live_page_are_previewed_before_they_are_saved(
    page_type: type[Any], swedish_site: ExampleSite, editor: Client, visitor: Client
) -> None:
    live = swedish_site.pages[page_type]
    data = form_data(editor, reverse("wagtailadmin_pages:edit", args=[live.pk]), page_type) | {
        "title": TITLE
    }
    page = previewed(editor, reverse("wagtailadmin_pages:preview_on_edit", args=[live.pk]), data)
    assert page.find("h1")[0].whole_text() == TITLE
    public = visitor.get(live.url).content.decode()
    assert TITLE not in public
    assert "userbar" not in public


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda page_type: page_type.__name__)
def test_a_draft_is_previewed_whole(page_type: type[Any], swedish_site: ExampleSite) -> None:
    page = swedish_site.pages[page_type].get_latest_revision_as_object()
    page.title = TITLE
    response = page.make_preview_request()
    assert response.status_code == 200
    assert read(response.content.decode()).find("h1")[0].whole_text() == TITLE


def test_an_indicator_that_is_not_published_leaves_no_gap(
    swedish_site: ExampleSite, visitor: Client
) -> None:
    for indicator in swedish_site.targets.indicators:
        indicator.unpublish()
    response = visitor.get(swedish_site.pages[strategy.GoalPage].url)
    assert response.status_code == 200
    assert not read(response.content.decode()).find("progress")
