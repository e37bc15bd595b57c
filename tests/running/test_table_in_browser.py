"""A table is made by keyboard alone, and changed with a finger on a telephone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PATH = "/sv/befolkning/"


def test_a_table_by_keyboard_then_by_touch(running_site: RunningSite) -> None:
    with swedish_tab(running_site) as tab:
        log_in(tab, "redaktor", running_site)
        home = json_at(running_site, "/api/v3/pages/find/?html_path=/sv/")
        tab.goto(f"/admin/pages/add/home/contentpage/{home['id']}/")
        tab.fill("[name=title]", "Befolkning")
        _make_by_keyboard(tab)
        publish_in_editor(tab)
        assert _table(running_site) == {
            "caption": "Folkmängd",
            "header_row": True,
            "header_column": True,
            "rows": [["", "2025"], ["Män", "12\n13"], ["Kvinnor", "14"], ["Alla", "26"]],
        }
        browser = tab.context.browser
        assert browser is not None
        phone = _telephone(browser, running_site)
        phone.goto(f"/admin/pages/{_page(running_site)['id']}/edit/")
        _change_by_touch(phone)
        publish_in_editor(phone)
    assert _table(running_site)["rows"] == [["", "2024", "2025"], ["Män", "1", "12\n13"]]


def _make_by_keyboard(tab: Page) -> None:
    press, write = tab.keyboard.press, tab.keyboard.type
    tab.locator(".c-sf-add-button").last.focus()
    press("Enter")
    press("Tab")
    write("Tabell")
    press("Enter")
    grid = tab.locator(".cms-table")
    headers = grid.get_by_label("Tabellens rubriker")
    expect(headers).to_have_value("row")
    headers.focus()
    press("ArrowDown")
    press("ArrowDown")
    expect(headers).to_have_value("both")
    press("Tab")
    write("Folkmängd")
    # Through the cells as they stand.
    for text in ("", "2025", "", "Män", "12"):
        press("Tab")
        write(text)
    press("Alt+Enter")
    write("13")
    press("Enter")
    expect(_cell(grid, "Rad 3, kolumn 2, 2025")).to_be_focused()
    write("15")
    press("ArrowUp")
    expect(_cell(grid, "Rad 2, kolumn 2, 2025, Män")).to_be_focused()
    press("ArrowDown")
    # To the buttons, and back to where one was.
    press("Escape")
    _button(grid, "Lägg till rad nedanför")
    expect(grid.get_by_role("status")).to_have_text("Rad 4 lades till.")
    expect(grid.get_by_role("group", name="Rad 4")).to_be_visible()
    press("Escape")
    expect(_cell(grid, "Rad 4, kolumn 2, 2025")).to_be_focused()
    _paste("Kvinnor\t14\nAlla\t26\nOkänt\t", into=_cell(grid, "Rad 3, kolumn 1"))
    expect(grid.get_by_role("status")).to_have_text("Inklistrat: 3 rader, 2 kolumner.")
    _button(grid, "Ta bort raden", at=_cell(grid, "Rad 5, kolumn 1"))
    _button(grid, "Ta bort kolumnen", at=_cell(grid, "Rad 2, kolumn 3, Män"))
    _button(grid, "Flytta raden nedåt", at=_cell(grid, "Rad 3, kolumn 1"))
    _button(grid, "Flytta raden uppåt", at=_cell(grid, "Rad 4, kolumn 1"))
    _button(grid, "Flytta kolumnen åt höger", at=_cell(grid, "Rad 2, kolumn 1"))
    _button(grid, "Ångra den senaste ändringen av rader eller kolumner")
    # And out again, at both ends.
    press("Tab")
    assert not _is_inside(tab)
    headers.focus()
    press("Shift+Tab")
    assert not _is_inside(tab)
    assert (
        tab.evaluate("async () => (await axe.run('.cms-table')).violations.map((one) => one.id)")
        == []
    )


def _change_by_touch(phone: Page) -> None:
    grid = phone.locator(".cms-table")

    def tap(name: str) -> None:
        grid.get_by_role("button", name=name).tap()

    _cell(grid, "Rad 4, kolumn 1").tap()
    tap("Ta bort raden")
    tap("Ta bort raden")
    _cell(grid, "Rad 2, kolumn 2, 2025, Män").tap()
    tap("Lägg till kolumn till vänster")
    tap("Lägg till rad nedanför")
    tap("Ta bort raden")
    _cell(grid, "Rad 2, kolumn 2, Män").fill("1")
    _cell(grid, "Rad 1, kolumn 2").fill("2024")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def _button(grid: Locator, name: str, at: Locator | None = None) -> None:
    """Presses a button by keyboard, from a cell."""
    keyboard = grid.page.keyboard
    if at is not None:
        at.focus()
        keyboard.press("Escape")
    button = grid.get_by_role("button", name=name)
    for _ in range(12):
        if button.evaluate("(one) => one === document.activeElement"):
            break
        keyboard.press("Tab")
    expect(button).to_be_focused()
    keyboard.press("Enter")


def _cell(grid: Locator, name: str) -> Locator:
    return grid.get_by_role("textbox", name=name, exact=True)


def _paste(text: str, into: Locator) -> None:
    into.evaluate(
        """(cell, text) => {
            cell.focus();
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const options = {clipboardData, bubbles: true, cancelable: true};
            cell.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def _is_inside(tab: Page) -> bool:
    return bool(tab.evaluate("Boolean(document.activeElement.closest('.cms-table'))"))


def _telephone(browser: Browser, site: RunningSite) -> Page:
    context = browser.new_context(
        base_url=site.url,
        locale="sv-SE",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
    )
    page = context.new_page()
    log_in(page, "redaktor", site)
    return page


def _page(site: RunningSite) -> Any:
    return json_at(site, f"/api/v3/pages/find/?html_path={PATH}")


def _table(site: RunningSite) -> Any:
    return _page(site)["body"][0]["value"]
