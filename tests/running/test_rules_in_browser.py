"""An editor is told what is to be mended, in a form that is refused where it lacks its token."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TOLD = "Beskriv bilden eller markera den som dekorativ."


def test_an_image_without_description_is_saved_mended_and_published(
    running_site: RunningSite,
) -> None:
    find = "/api/v3/pages/find/?html_path="
    stories = json_at(running_site, f"{find}/sv/hit-gick-pengarna/")
    with swedish_tab(running_site) as tab:
        log_in(tab, "redaktor", running_site)
        tab.goto(f"/admin/pages/add/strategy/storypage/{stories['id']}/")
        tab.fill("[name=title]", "Ett nytt projekt")
        tab.locator("#id_image-chooser").get_by_role("button").first.click()
        tab.locator(".modal-body [data-chooser-modal-choice]").first.click()
        expect(tab.locator("[name=image]")).not_to_have_value("")
        tab.get_by_role("button", name="Spara utkast").click()
        expect(tab.locator(".messages .success")).to_be_visible()
        counter = tab.locator("[data-side-panel-toggle=rules] [data-side-panel-toggle-counter]")
        expect(counter).to_have_text("1")
        tab.locator("[data-side-panel-toggle=rules]").click()
        panel = tab.locator("[data-side-panel=rules]")
        expect(panel.get_by_text(TOLD)).to_be_visible()
        expect(panel.get_by_text("Hindrar publicering")).to_be_visible()
        _a_telephone_shows_the_form(tab)

        tab.locator("footer [data-w-dropdown-target=toggle]").first.click()
        tab.locator("button[name=action-publish]").click()
        message = tab.locator(".messages .error")
        expect(message).to_contain_text(TOLD)
        expect(tab).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
        message.get_by_role("link").first.click()
        field = tab.locator("[name=image_alt_text]")
        expect(field).to_be_in_viewport()
        field.fill("En älv mellan snöiga fjäll.")
        publish_in_editor(tab)
    page = json_at(running_site, f"{find}/sv/hit-gick-pengarna/ett-nytt-projekt/")
    assert page["image"]["alt"] == "En älv mellan snöiga fjäll."


def _a_telephone_shows_the_form(tab: Page) -> None:
    """The list, which stays open beside a wide form, covers a narrow one when it is asked for."""
    panel = tab.locator("[data-side-panel=rules]")
    wide = tab.viewport_size
    narrow: ViewportSize = {"width": 390, "height": 844}
    assert wide is not None
    tab.set_viewport_size(narrow)
    tab.reload()
    expect(tab.locator(".form-side--initial")).to_have_count(0)
    expect(panel).to_be_hidden()
    tab.set_viewport_size(wide)
    tab.reload()
    expect(panel).to_be_visible()
    tab.set_viewport_size(narrow)
    panel.get_by_role("link").first.click()
    expect(panel).to_be_hidden()
    expect(tab.locator("[name=image_alt_text]")).to_be_in_viewport()
    tab.set_viewport_size(wide)
