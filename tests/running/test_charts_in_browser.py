"""Charts in a browser: no fault for axe, room on a telephone, two printed pages."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import wagtail.admin
from playwright.sync_api import Page

from tests.harness.sampling import amount
from tests.running.browsing import accessibility_faults, json_at, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

PROGRESS: Final = "/sv/rus-2030/progress.html"
WIDTHS: Final = (320, 1280)
SCHEMES: Final = ("light", "dark")
# axe comes with Wagtail's admin, in two files.
AXE: Final = [
    Path(wagtail.admin.__file__).parent / "static/wagtailadmin/js" / name
    for name in ("vendor.js", "userbar.js")
]
UNFOLD: Final = "() => document.querySelectorAll('details').forEach((each) => (each.open = true))"
OUTSIDE: Final = """() => [...document.querySelectorAll(".line-chart text")]
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.left < 0 || box.right > innerWidth)
    .map(([words]) => words)"""
OVERLAPPING: Final = """() => [...document.querySelectorAll(".ticks")].flatMap((axis) => {
    const boxes = [...axis.children].map((text) => text.getBoundingClientRect());
    return boxes.slice(1).filter((box, at) =>
        box.left < boxes[at].right && box.right > boxes[at].left &&
        box.top < boxes[at].bottom && box.bottom > boxes[at].top).length;
})"""


@pytest.fixture(scope="module")
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


def test_charts_have_no_fault_and_room(tab: Page, running_site: RunningSite) -> None:
    """Each page in a scheme and a width in turn; in the release in both of each."""
    goals = json_at(running_site, "/api/v3/entries/sv/?type=strategy.GoalPage&fields=path")
    for number, address in enumerate([PROGRESS, *(goal["path"] for goal in goals["items"][:3])]):
        for scheme in [*SCHEMES, *SCHEMES][number % 2 :][: amount(1, 2)]:
            for width in [*WIDTHS, *WIDTHS][number // 2 :][: amount(1, 2)]:
                tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                tab.set_viewport_size({"width": width, "height": 900})
                tab.goto(address)
                for script in AXE:
                    tab.add_script_tag(path=script)
                tab.evaluate(UNFOLD)
                assert accessibility_faults(tab) == [], (address, scheme, width)
                assert tab.evaluate("document.documentElement.scrollWidth") <= width, address
                assert tab.evaluate(OUTSIDE) == [], (address, width)
                assert set(tab.evaluate(OVERLAPPING)) <= {0}, (address, width)
    assert tab.locator("svg.line-chart").count() > 0


def test_how_the_county_is_doing_prints_on_two_pages(tab: Page) -> None:
    tab.goto(PROGRESS)
    assert len(re.findall(rb"/Type\s*/Page\b", tab.pdf(format="A4"))) <= 2
