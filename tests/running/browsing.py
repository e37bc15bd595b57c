"""Helpers of the browser tests."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests.chromium import chromium_path
from tests.running.conftest import RunningSite

# Chromium's own calls home find no network here and would be refused by the hundred.
QUIET = [
    *["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
    *["--disable-background-networking", "--disable-component-update", "--disable-sync"],
]


@contextmanager
def swedish_tab(site: RunningSite) -> Iterator[Page]:
    """A tab of a Swedish browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        context = browser.new_context(
            base_url=site.url, locale="sv-SE", viewport={"width": 1360, "height": 900}
        )
        try:
            yield context.new_page()
        finally:
            context.close()
            browser.close()


def log_in(page: Page, name: str, site: RunningSite) -> None:
    """Signs a demo user in, whoever was signed in before."""
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", site.password)
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{site.url}/admin/")


def publish_in_editor(page: Page) -> None:
    """Chooses *publish* in the menu of a page's editor."""
    page.get_by_role("button", name="Fler alternativ").or_(
        page.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def json_at(site: RunningSite, path: str) -> Any:
    """The API's answer."""
    with urllib.request.urlopen(f"{site.url}{path}", timeout=30) as response:
        return json.load(response)


def accessibility_faults(page: Page) -> list[str]:
    """The faults that axe finds in what the page itself shows; it comes with Wagtail's admin."""
    faults: list[str] = page.evaluate(
        """async () => {
            const found = await axe.run(document.querySelector("main"));
            return found.violations.map(
                (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`
            );
        }"""
    )
    return faults
