"""What an editor does in a browser, and what another site sees of it."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import chromium_path
from tests.running.conftest import RunningSite

pytestmark = pytest.mark.browser

# Chromium's own calls home find no network here and would be refused by the hundred.
QUIET = [
    *["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    *["--disable-background-networking", "--disable-component-update", "--disable-sync"],
]


@pytest.fixture
def browser_page(running_site: RunningSite) -> Iterator[Page]:
    """A tab of a Swedish browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        context = browser.new_context(
            base_url=running_site.url, locale="sv-SE", viewport={"width": 1360, "height": 900}
        )
        yield context.new_page()
        context.close()
        browser.close()


@pytest.fixture
def editor(browser_page: Page, running_site: RunningSite) -> Page:
    """The tab, with ``redaktor`` logged in."""
    browser_page.goto("/admin/login/")
    browser_page.fill("[name=username]", "redaktor")
    browser_page.fill("[name=password]", running_site.password)
    browser_page.click("button[type=submit]")
    expect(browser_page).to_have_url(f"{running_site.url}/admin/")
    return browser_page


def document_at(site: RunningSite, path: str) -> Any:
    """The document of the page at a path."""
    url = f"{site.url}/api/v3/pages/find/?html_path={path}"
    with urllib.request.urlopen(url, timeout=30) as response:
        return json.load(response)


def test_editor_changes_the_lead_and_other_sites_see_it(
    editor: Page, running_site: RunningSite
) -> None:
    culture = document_at(running_site, "/sv/utvecklingsomraden/kultur/")
    editor.goto(f"/admin/pages/{culture['id']}/edit/")
    expect(editor.locator("html")).to_have_attribute("lang", "sv")
    editor.fill("textarea[name=lead]", "Kultur för alla som bor här.")
    editor.locator("button[name=action-publish], .footer__container button.w-dropdown__toggle")
    editor.get_by_role("button", name="Fler alternativ").or_(
        editor.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    editor.locator("button[name=action-publish]").click()
    expect(editor.locator(".messages .success")).to_be_visible()

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
        assert browser_page.locator("script").count() == 0
    assert browser_page.locator("main [lang=sv]").count() > 0


def test_reader_reflows_on_a_narrow_screen(browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 800})
    for path in ("/sv/", "/sv/utvecklingsomraden/transporter/", "/sv/hit-gick-pengarna/"):
        browser_page.goto(path)
        width = browser_page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} pixels wide"
