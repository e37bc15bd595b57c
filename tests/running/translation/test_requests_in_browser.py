"""An editor asks for a page in a browser, and its translator finds it on their desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.running.browsing import accessibility_faults, json_at, log_in, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

CULTURE = "/api/v3/pages/find/?html_path=/sv/utvecklingsomraden/kultur/"
DAY = (timezone.localdate() + timedelta(12)).isoformat()
NOTE = "Till kulturveckan, <gärna> före fredag."


def assert_sound(tab: Page) -> None:
    """Fails where axe finds something, or the page is wider than a telephone."""
    for width in (1360, 390):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.wait_for_timeout(300)
        assert accessibility_faults(tab) == [], width
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.set_viewport_size({"width": 1360, "height": 900})


def test_from_the_editors_menu_to_the_translators_desk(running_site: RunningSite) -> None:
    page = json_at(running_site, CULTURE)
    with swedish_tab(running_site) as tab:
        log_in(tab, "redaktor", running_site)
        tab.goto(f"/admin/pages/{page['id']}/edit/")
        tab.locator(".w-slim-header [data-w-dropdown-target=toggle]").first.click()
        tab.get_by_role("link", name="Be om översättning").click()
        tab.get_by_label("lulesamiska (julevsámegiella)").check()
        tab.get_by_label("Önskas senast").fill(DAY)
        tab.get_by_label("Meddelande till översättarna").fill(NOTE)
        tab.get_by_role("button", name="Fråga", exact=True).click()
        expect(tab.locator(".messages .success")).to_contain_text("1 språk har fått förfrågan.")
        # Without the message, which fades in.
        tab.reload()
        expect(tab.get_by_text(NOTE)).to_be_visible()
        assert_sound(tab)
        tab.goto("/admin/translation/asked/")
        expect(tab.get_by_role("cell", name=NOTE)).to_be_visible()
        assert_sound(tab)

        log_in(tab, "oversattare-smj", running_site)
        asked = tab.get_by_role("region", name="Efterfrågat")
        expect(asked.get_by_text(NOTE)).to_be_visible()
        assert_sound(tab)
        tab.goto("/admin/account/")
        tab.get_by_role("tab", name="Notifikationer").click()
        expect(tab.get_by_text("E-post till översättare")).to_be_visible()
        assert accessibility_faults(tab) == []
        tab.goto("/admin/")
        tab.get_by_role("button", name="Nästa: Kultur").click()
        tab.wait_for_url("**/admin/translation/editor/*/")

        log_in(tab, "redaktor", running_site)
        tab.goto(f"/admin/translation/ask/{page['key']}/")
        tab.get_by_role("button", name="Återkalla").click()
        expect(tab.locator(".messages .success")).to_contain_text("återkallad")
        log_in(tab, "oversattare-smj", running_site)
        expect(asked.get_by_text("När en redaktör ber om en sida")).to_be_visible()
