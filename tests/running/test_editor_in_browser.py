"""Tests of an editor's work in a browser, and of what another site sees of it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.languages.slugs import ascii_slug
from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


@pytest.fixture
def browser_page(running_site: RunningSite) -> Iterator[Page]:
    """A tab of a Swedish browser."""
    with swedish_tab(running_site) as page:
        yield page


@pytest.fixture
def editor(browser_page: Page, running_site: RunningSite) -> Page:
    """The tab, with ``redaktor`` logged in."""
    log_in(browser_page, "redaktor", running_site)
    return browser_page


def document_at(site: RunningSite, path: str) -> Any:
    """The document of the page at a path."""
    return json_at(site, f"/api/v3/pages/find/?html_path={path}")


def test_editor_changes_the_lead_and_other_sites_see_it(
    editor: Page, running_site: RunningSite
) -> None:
    culture = document_at(running_site, "/sv/utvecklingsomraden/kultur/")
    editor.goto(f"/admin/pages/{culture['id']}/edit/")
    expect(editor.locator("html")).to_have_attribute("lang", "sv")
    editor.fill("textarea[name=lead]", "Kultur för alla som bor här.")
    publish_in_editor(editor)

    changed = document_at(running_site, "/sv/utvecklingsomraden/kultur/")
    assert changed["lead"] == "Kultur för alla som bor här."
    editor.goto("/sv/utvecklingsomraden/kultur/")
    expect(editor.get_by_text("Kultur för alla som bor här.")).to_be_visible()
    english = document_at(running_site, "/en/development-areas/culture/")
    assert "Kultur" not in english["lead"]


def test_reader_is_plain_right_and_right_to_left(browser_page: Page) -> None:
    for path, language, direction in (("/sv/", "sv", "ltr"), ("/yi/", "yi", "rtl")):
        browser_page.goto(path)
        html = browser_page.locator("html")
        expect(html).to_have_attribute("lang", language)
        expect(html).to_have_attribute("dir", direction)
        assert browser_page.locator("h1").count() == 1
        assert browser_page.locator("script:not([type='application/ld+json'])").count() == 0
    assert browser_page.locator("main [lang=sv]").count() > 0


def test_reader_reflows_on_a_narrow_screen(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 800})
    for path in ("/sv/", "/sv/utvecklingsomraden/transporter/", "/sv/hit-gick-pengarna/"):
        browser_page.goto(path)
        width = browser_page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} pixels wide"


def test_the_browser_makes_the_slug_that_the_server_makes(
    editor: Page, running_site: RunningSite
) -> None:
    home = document_at(running_site, "/sv/")
    editor.goto(f"/admin/pages/add/home/contentpage/{home['id']}/")
    for title in ("Öppna möten 2030", "Čáhci ŋ đ Ŧ Ž – Ærø", "Straße"):
        editor.fill("textarea[name=title], input[name=title]", title)
        editor.keyboard.press("End")
        expect(editor.locator("input[name=slug]")).to_have_value(ascii_slug(title))
    about = document_at(running_site, "/sv/om-webbplatsen/")
    editor.goto(f"/admin/pages/{about['id']}/edit/")
    editor.get_by_role("tab").nth(1).click()
    editor.fill("input[name=slug]", "egna ord på đ")
    editor.locator("input[name=slug]").blur()
    expect(editor.locator("input[name=slug]")).to_have_value("egna-ord-pa-d")


def test_the_checks_panel_counts_what_the_preview_shows(
    editor: Page, running_site: RunningSite
) -> None:
    culture = document_at(running_site, "/sv/utvecklingsomraden/kultur/")
    editor.goto("/sv/utvecklingsomraden/kultur/")
    shown = len(editor.locator("main").inner_text().split())
    editor.goto(f"/admin/pages/{culture['id']}/edit/")
    editor.locator("[data-side-panel-toggle=checks]").first.click()
    words = editor.locator("[data-content-word-count]")
    expect(words).to_have_text(re.compile(r"\d"), timeout=20_000)
    assert int(words.inner_text()) == pytest.approx(shown, rel=0.2)
    expect(editor.locator("[data-content-reading-time]")).to_have_text(re.compile(r"\d"))
    # What axe finds in a draft that is not saved yet; 0 says nothing.
    found = editor.locator("[data-side-panel=checks] [data-content-checker-count]")
    for number in range(8):
        # Wagtail misses what is typed in the first two seconds.
        editor.fill("input[name=image_alt_text]", f"norrsken-{number}.jpg")
        with suppress(AssertionError):
            expect(found).to_have_text("1", timeout=4_000)
            break
    expect(found).to_have_text("1")


def test_the_preview_of_a_translation_is_checked(
    browser_page: Page, running_site: RunningSite
) -> None:
    culture = document_at(running_site, "/en/development-areas/culture/")
    log_in(browser_page, "oversattare-en", running_site)
    browser_page.goto(f"/admin/pages/{culture['id']}/edit/")
    browser_page.get_by_role("button", name="Preview").or_(
        browser_page.get_by_role("button", name="Förhandsgranska")
    ).first.click()
    preview = browser_page.frame_locator(".editor-preview iframe")
    expect(preview.locator("main h1")).to_be_visible()
    expect(preview.locator("#checker-trigger")).to_contain_text(re.compile(r"\d"))


def test_lists_of_the_admin_fit_a_telephone(editor: Page, running_site: RunningSite) -> None:
    home = document_at(running_site, "/sv/")
    editor.set_viewport_size({"width": 390, "height": 844})
    for address in (
        f"/admin/pages/{home['id']}/?ordering=ord",
        "/admin/stories/",
        "/admin/reports/aging-pages/",
        "/admin/pages/search/?q=m%C3%A5l",
    ):
        editor.goto(address)
        cells = editor.locator("main table.listing tbody td:visible")
        assert cells.count() > 3
        edges = cells.evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
        assert max(edges) <= 390, f"{address} is cut off."
        narrowest = min(
            editor.locator("td.title").evaluate_all("all => all.map((one) => one.clientWidth)")
        )
        assert narrowest > 200, f"{address} has titles of a letter a line."
