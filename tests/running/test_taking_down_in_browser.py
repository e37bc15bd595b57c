"""The editor's tour of the README, up to a page that is taken down with its translations."""

import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

CULTURE = "/api/v3/pages/find/?html_path=/sv/utvecklingsomraden/kultur/"
WIDTHS = (1400, 390)


@pytest.fixture
def editor(running_site: RunningSite) -> Iterator[Page]:
    """A tab in which ``redaktor`` is logged in, who has no rights in other languages."""
    with swedish_tab(running_site) as tab:
        log_in(tab, "redaktor", running_site)
        yield tab


def english_of(site: RunningSite) -> str:
    """The address of the English page in the API."""
    links = json_at(site, CULTURE)["translations"]
    [path] = [f"/api/v3/pages/{one['id']}/" for one in links if one["locale"] == "en"]
    return path


def is_live(site: RunningSite, path: str) -> bool:
    try:
        json_at(site, path)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return False
        raise
    return True


def look(tab: Page, name: str, folder: Path) -> None:
    """Takes pictures at both widths, at which nothing stands beside the screen."""
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        fieldset = tab.locator("fieldset", has=tab.locator("[name=translations]"))
        if fieldset.count():
            box = fieldset.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width
    tab.set_viewport_size({"width": 1360, "height": 900})


def test_an_editor_takes_a_page_down_in_all_languages_and_brings_it_back(
    editor: Page, running_site: RunningSite, tmp_path: Path
) -> None:
    english = english_of(running_site)
    page = json_at(running_site, CULTURE)["id"]
    editor.goto(f"/admin/pages/{page}/edit/")
    editor.get_by_role("button", name="Status").first.click()
    panel = editor.locator("[data-side-panel=status]")
    expect(panel).to_contain_text("engelska")
    expect(panel).not_to_contain_text("Inga andra översättningar")
    look(editor, "status", tmp_path)

    editor.goto(f"/admin/pages/{page}/unpublish/")
    choice = editor.locator("fieldset", has=editor.locator("[name=translations]"))
    expect(choice).to_contain_text("engelska")
    expect(editor.locator("[name=translations][value=take_down]")).to_be_checked()
    look(editor, "unpublish", tmp_path)
    editor.locator("form button[type=submit]").last.click()
    expect(editor.locator(".messages .success")).to_be_visible()
    assert not is_live(running_site, english)

    editor.goto(f"/admin/pages/{page}/edit/")
    publish_in_editor(editor)
    assert is_live(running_site, english)


def documents(site: RunningSite) -> dict[str, Any]:
    """All that other sites get of all pages and facts, by key and language."""
    found: dict[str, Any] = {}
    after = ""
    while True:
        answer = json_at(site, f"/api/v3/changes/?limit=1000{after}")
        for item in answer["items"]:
            document = item.get("document") or {}
            document.pop("modified_at", None)
            found[f"{item['key']} {item['locale']}"] = document
        if not answer["more"]:
            return found
        after = f"&since={answer['next']}"


def test_a_deleted_page_comes_back_as_it_was(
    editor: Page, running_site: RunningSite, tmp_path: Path
) -> None:
    before = documents(running_site)
    culture = json_at(running_site, CULTURE)
    editor.goto(f"/admin/pages/{culture['id']}/delete/")
    expect(editor.locator("main")).to_contain_text("30 dagar")
    editor.locator("form input[type=submit].serious").click()
    with pytest.raises(urllib.error.HTTPError):
        json_at(running_site, f"/api/v3/pages/{culture['id']}/")
    editor.locator(".messages").get_by_role("link", name="Papperskorgen").click()
    expect(editor.get_by_role("table")).to_contain_text("30 dagar")
    look(editor, "list", tmp_path)
    editor.get_by_role("link", name=culture["title"]).click()
    expect(editor.locator("main")).to_contain_text("Det här kommer tillbaka")
    expect(editor.locator("main")).to_contain_text("engelska")
    look(editor, "bring-back", tmp_path)
    # Nobody but an administrator removes a page for good.
    expect(editor.get_by_role("link", name="Radera för gott")).to_have_count(0)
    editor.get_by_role("button", name="Ta tillbaka").click()
    expect(editor.locator(".messages .success")).to_contain_text("är tillbaka")
    look(editor, "back", tmp_path)
    editor.goto("/admin/wastebasket/")
    expect(editor.locator("main")).to_contain_text("Här ligger inget")
    assert documents(running_site) == before


def test_an_editor_deletes_a_page_and_leaves_its_translations(
    editor: Page, running_site: RunningSite, tmp_path: Path
) -> None:
    english = english_of(running_site)
    page = json_at(running_site, CULTURE)["id"]
    editor.goto(f"/admin/pages/{page}/delete/")
    editor.locator("[name=translations][value=leave]").check()
    look(editor, "delete", tmp_path)
    editor.locator("form input[type=submit].serious, form button.serious").first.click()
    expect(editor.locator(".messages .success")).to_be_visible()
    assert is_live(running_site, english)
    assert json_at(running_site, english)["language"] == "en"
