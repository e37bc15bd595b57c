"""Words in another language, from the editor's button to readers and translators, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite
from tests.running.test_pasting_in_browser import PASTE

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

BUTTON = "[data-contentpath=introduction] button[name=LANGUAGE]"


def select_last_word(page: Page) -> None:
    page.keyboard.press("End")
    page.keyboard.press("Control+Shift+ArrowLeft")


def choose_language(page: Page, name: str) -> None:
    """Chooses from what the button lists, by the keyboard."""
    page.locator(BUTTON).first.click()
    dialog = page.locator("dialog.cms-languages")
    expect(dialog).to_contain_text("På vilket språk är orden?")
    expect(dialog.get_by_role("button", name="svenska")).to_have_count(0)
    dialog.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def test_an_editor_marks_a_word_in_another_language(running_site: RunningSite) -> None:
    with swedish_tab(running_site) as page:
        log_in(page, "redaktor", running_site)
        about = json_at(running_site, "/api/v3/pages/find/?html_path=/sv/om-webbplatsen/")
        page.goto(f"/admin/pages/{about['id']}/edit/")
        place = page.locator("[data-contentpath=introduction] [contenteditable=true]").first
        place.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        place.evaluate(PASTE, '<p><a href="https://www.jokkmokk.se/">Jokkmokk</a></p>')
        expect(place).to_contain_text("Jokkmokk")
        page.keyboard.press("Control+A")
        page.locator(BUTTON).first.click()
        expect(page.locator(".messages .warning")).to_contain_text("Det finns en länk i orden")
        expect(place).to_have_attribute("contenteditable", "true")
        place.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type("Vi möts i Jåhkåmåhkke")
        select_last_word(page)
        choose_language(page, "suomi")
        expect(place.locator(".cms-part[lang=fi]")).to_have_text("Jåhkåmåhkke")
        select_last_word(page)
        choose_language(page, "På textens eget språk")
        expect(place.locator(".cms-part")).to_have_count(0)
        select_last_word(page)
        choose_language(page, "julevsámegiella")
        expect(place.locator(".cms-part[lang=smj]")).to_have_text("Jåhkåmåhkke")
        expect(page.locator("input[name=introduction]")).to_have_value(re.compile('"lang":"smj"'))
        publish_in_editor(page)

        published = json_at(running_site, f"/api/v3/pages/{about['id']}/")["introduction"]
        assert published == '<p>Vi möts i <span lang="smj">Jåhkåmåhkke</span></p>'
        page.goto("/sv/om-webbplatsen/")
        expect(page.locator("main span[lang=smj]")).to_have_text("Jåhkåmåhkke")

        log_in(page, "oversattare-smj", running_site)
        page.goto("/admin/translation/work/?type=home.ContentPage")
        page.get_by_role("button", name=re.compile("^Om webbplatsen – börja")).click()
        expect(page.locator("[data-ready]")).to_be_visible()
        row = page.locator(".string", has_text="Vi möts i").first
        expect(row.locator(".string-source [lang=smj]")).to_have_text("Jåhkåmåhkke")
        row.locator(".string-box").click()
        expect(row.get_by_role("button", name="julevsámegiella: Jåhkåmåhkke")).to_be_visible()
        row.get_by_role("button", name="Kopiera källtexten").click()
        expect(row.locator(".string-box a[lang=smj]")).to_have_text("Jåhkåmåhkke")
