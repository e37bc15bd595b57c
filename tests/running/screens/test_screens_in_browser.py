"""Every screen of the admin speaks the reader's language, and axe finds nothing of ours on it."""

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.harness.databases import Databases
from tests.harness.sampling import amount
from tests.running.screens.axe import faults_of_screen
from tests.running.screens.content import Content
from tests.running.screens.preparation import ROLES, Screen
from tests.running.screens.pseudo_language import OPENS, without_marked
from tests.running.screens.walking import WalkedSite, Walker, walked_site, walker

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TRIES: Final = 4
"""So many things of a kind are tried before a role is taken to have no such screen."""

MOST: Final = 40
"""Of many faults the first are shown."""

WIDTHS: Final = (1360, 390)
NO_SCREENS: Final = ("/admin/logout/", "/admin/failwhale/")
"""The first ends the visit; the second is there to fail."""

EDITOR: Final = "edit strategy/culturepage"
SHARES: Final = dict(zip(ROLES, range(len(ROLES)), strict=True))
"""Each role opens another share of all kinds in ``make test``."""


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WalkedSite]:
    with walked_site(databases, tmp_path_factory.mktemp("screens")) as made:
        yield made


@pytest.fixture(scope="module")
def somebody(site: WalkedSite) -> Iterator[Walker]:
    with walker(site) as made:
        yield made


def opened(somebody: Walker, screens: list[Screen], role: str, of: int) -> Iterator[Screen]:
    """The screens of a role, one of each kind, each while it is open; of ``of`` kinds one."""
    somebody.sign_in(role)
    tries: Counter[str] = Counter()
    for screen in screens:
        share = zlib.crc32(screen.kind.encode()) % amount(of, 1)
        if screen.address in NO_SCREENS or share != SHARES[role] % amount(of, 1):
            continue
        if tries[screen.kind] < TRIES:
            tries[screen.kind] += 1
            if somebody.open(screen):
                tries[screen.kind] = TRIES
                yield screen


@pytest.mark.parametrize("role", ROLES)
def test_every_text_is_in_the_language_of_who_reads(
    role: str, site: WalkedSite, somebody: Walker
) -> None:
    content = Content(site.prepared.content)
    found: dict[str, str] = {}
    number = 0
    for screen in opened(somebody, site.prepared.screens, role, 32):
        number += 1
        for text, where in somebody.texts():
            if left := content.without(without_marked(text)):
                found.setdefault(f"{left[:200]!r} at {where}", screen.address)
    assert number > amount(3, 200)
    report([f"{text} on {address}" for text, address in found.items()])


def test_the_walk_would_see_what_is_not_translated(site: WalkedSite, somebody: Walker) -> None:
    somebody.sign_in("editor")
    assert somebody.open(Screen("start", "/admin/"))
    assert OPENS in somebody.tab.locator("main").inner_text()
    somebody.tab.evaluate(
        """() => {
            const template = document.createElement("template");
            template.innerHTML = '<p title="Read this">⟦Läs <b>det här</b> nu⟧</p>';
            document.querySelector("main").append("Hello there", template);
        }"""
    )
    content = Content(site.prepared.content)
    left = [content.without(without_marked(text)) for text, _where in somebody.texts()]
    assert [text for text in left if text] == ["Hello there", "Read this"]


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_of_ours(role: str, site: WalkedSite, somebody: Walker) -> None:
    faults: list[str] = []
    tab = somebody.tab
    screens = [screen for screen in site.prepared.screens if "?" not in screen.kind]
    for screen in opened(somebody, screens, role, 80):
        # Not a dialogue within JSON, nor a preview, which is a page for readers.
        if tab.url.endswith(screen.address) and tab.evaluate('typeof axe !== "undefined"'):
            for width in WIDTHS:
                tab.set_viewport_size({"width": width, "height": 900})
                faults += [f"{screen.address} at {width}: {each}" for each in faults_of_screen(tab)]
    tab.set_viewport_size({"width": WIDTHS[0], "height": 900})
    report(faults)


def test_axe_finds_nothing_in_what_an_editor_opens(site: WalkedSite, somebody: Walker) -> None:
    """Side panels, and the dialogues in which an image and a page are chosen."""
    somebody.sign_in("editor")
    tab = somebody.tab
    faults: list[str] = []
    editors = [screen for screen in site.prepared.screens if screen.kind.startswith("edit ")]
    for screen in editors if amount(0, 1) else [one for one in editors if one.kind == EDITOR]:
        assert somebody.open(screen)
        for name, faults_there in opening(tab):
            faults += [f"{screen.address}, {name}: {each}" for each in faults_there]
    report(faults)


def opening(tab: Page) -> Iterator[tuple[str, list[str]]]:
    """Opens what an editor holds closed, and yields what axe finds in each."""
    for toggle in tab.locator("[data-side-panel-toggle]:visible").all():
        name = toggle.get_attribute("data-side-panel-toggle") or ""
        toggle.click()
        tab.locator(f"[data-side-panel={name}]").wait_for()
        yield name, faults_of_screen(tab)
    toggle.click()
    for chooser in ("image", "page"):
        button = tab.locator(
            f"[data-chooser-url*='{chooser}'] [data-chooser-action-choose]:visible"
        )
        if button.count():
            button.first.click()
            tab.locator(".modal-body").wait_for()
            # What is only half there has no contrast yet.
            tab.evaluate(FADED_IN)
            yield f"{chooser} chooser", faults_of_screen(tab)
            tab.keyboard.press("Escape")
            tab.locator(".modal-body").wait_for(state="detached")


FADED_IN = """() => Promise.all(
    document.querySelector(".modal").getAnimations({ subtree: true }).map((one) => one.finished)
)"""


def report(found: list[str]) -> None:
    """Fails with the first of what was found."""
    if found:
        pytest.fail("\n".join([*found[:MOST], f"{len(found)} in all."]), pytrace=False)
