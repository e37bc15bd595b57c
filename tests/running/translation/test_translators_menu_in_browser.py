"""The menus of a translator, in a browser: they hold what a translator may do."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.running.browsing import log_in, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

HANDLES = ("[data-w-orderable-target=handle]", "th.ord")
"""By which pages are put in another order."""

REFUSED = ("delete", "unpublish", "move", "copy", "convert_to_alias", "disable")


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


def offered(tab: Page) -> list[str]:
    """The addresses of everything that can be clicked, in open menus and elsewhere."""
    links: list[str] = tab.eval_on_selector_all(
        "a[href], [data-w-action-url-value]",
        "all => all.filter(one => one.checkVisibility()).map("
        "one => one.getAttribute('href') || one.dataset.wActionUrlValue)",
    )
    return links


def offered_in_menus(tab: Page) -> list[str]:
    """The same with each menu opened in its turn."""
    links = offered(tab)
    for toggle in tab.locator("main [data-w-dropdown-target=toggle]:visible").all():
        # One menu lies over the button of the next.
        toggle.evaluate("button => button.click()")
        links += offered(tab)
    return links


@pytest.mark.parametrize("width", [1400, 390])
def test_a_translators_menus_offer_nothing_that_is_refused(
    tab: Page, running_site: RunningSite, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    log_in(tab, "oversattare-fi", running_site)
    tab.goto("/admin/pages/")
    start, listing = f"{running_site.url}/admin/", tab.url
    tab.locator("a[href$='/edit/']").first.wait_for(state="attached")
    editors = tab.eval_on_selector_all("a[href$='/edit/']", "all => all.map(one => one.href)")
    for number, address in enumerate((listing, editors[-1])):
        tab.goto(address)
        expect(tab.locator("main")).to_be_visible()
        links = offered_in_menus(tab)
        if folder := os.environ.get("PICTURES"):
            tab.wait_for_timeout(500)
            tab.screenshot(path=Path(folder) / f"menu-{number}-{width}.png")
        # The menu of a list has it; the translators' editor has its history elsewhere.
        assert number or any("/history/" in link for link in links), links
        assert len(links) > 5
        assert [link for link in links if link.rstrip("/").endswith(REFUSED)] == []
        for selector in HANDLES:
            expect(tab.locator(selector)).to_have_count(0)
        if number:
            # Its arrow, too, is not there where nothing is behind it.
            expect(tab.locator("footer [data-w-dropdown-target=toggle]:visible")).to_have_count(0)
            asked = {link for link in links if link.startswith("/admin/") and link != "/admin/"}
            assert [link for link in asked if tab.request.get(link).url == start] == []
