"""A section with more pages than one list shows, put in order with the mouse, keys and a number."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.running.browsing import log_in, swedish_tab
from tests.running.conftest import PROJECT, RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

NUMBER: Final = 120
_MAKE: Final = f"""
from wagtail.models import Page
from tests.factories.many import add_content_pages
from tests.factories.pages import ContentPageFactory
home = Page.objects.get(depth=2, locale__language_code="sv").specific
section = ContentPageFactory(parent=home, title="Många", slug="manga")
add_content_pages(section, {NUMBER})
print(section.pk)
"""


@pytest.fixture(scope="module")
def section(running_site: RunningSite) -> int:
    made = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", _MAKE],
        cwd=PROJECT,
        env=running_site.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(made.stdout)


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


def row(tab: Page, number: int) -> Locator:
    return tab.locator("tbody tr", has=tab.get_by_text(f"Sida {number}", exact=True))


def order(tab: Page) -> list[str]:
    # A message stands above the list and is seen before the last rows have come.
    tab.wait_for_load_state("domcontentloaded")
    return [title.strip() for title in tab.locator("tbody [id$=_title]").all_inner_texts()]


def test_a_long_section_is_put_in_order(
    tab: Page, section: int, running_site: RunningSite, tmp_path: Path
) -> None:
    log_in(tab, "redaktor", running_site)
    address = f"/admin/pages/{section}/"
    tab.goto(f"{address}?p=2")
    assert order(tab) == [f"Sida {number}" for number in range(51, 101)]
    expect(tab.get_by_text("Sida 2 av 3")).to_be_visible()
    tab.screenshot(path=tmp_path / "list.png")

    # With the mouse, within what is shown.
    handle = row(tab, 51).locator(".w-orderable__item__handle")
    with tab.expect_response(lambda answer: "/place/50/" in answer.url) as sent:
        handle.drag_to(row(tab, 54).locator(".w-orderable__item__handle"))
    assert sent.value.status == 200
    dragged = order(tab)
    assert dragged.index("Sida 51") in (2, 3)
    tab.goto(f"{address}?p=2")
    assert order(tab) == dragged

    # With the keyboard.
    handle = row(tab, 60).locator(".w-orderable__item__handle")
    handle.focus()
    with tab.expect_response(lambda answer: "/place/50/" in answer.url):
        tab.keyboard.press("ArrowUp")
        tab.keyboard.press("Enter")
    tab.goto(f"{address}?p=2")
    assert order(tab)[8:10] == ["Sida 60", "Sida 59"]

    # To any place, by its number.
    row(tab, 60).locator(".cms-place__number").click()
    field = tab.locator("[name=place]")
    expect(field).to_have_value("59")
    field.fill(str(NUMBER))
    tab.screenshot(path=tmp_path / "form.png")
    tab.get_by_role("button", name="Flytta").click()
    expect(tab.locator(".messages .success")).to_contain_text(f"nummer {NUMBER} av {NUMBER}")
    assert order(tab)[-1] == "Sida 60"
    tab.screenshot(path=tmp_path / "moved.png")
