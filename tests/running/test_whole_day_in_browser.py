"""An editor's day: a page is made, told what is missing, shared, approved, live, gone and back.

Each step is what the screen says in Swedish: a button, a link or a label by its words.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.harness.sampling import amount
from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]


@dataclass(frozen=True, slots=True)
class Kind:
    """A page type that an editor makes a page of.

    Attributes:
        name: as the list of types has it.
        parent: the path of the page below which it is made.
        in_place_of: the path of the page of which there is but one, deleted before.
        writer: who makes it.
        approver: who approves it, where its section has a workflow.
    """

    name: str
    parent: str
    in_place_of: str = ""
    writer: str = "redaktor"
    approver: str = ""

    def __str__(self) -> str:
        return self.name


_AREAS: Final = "/sv/utvecklingsomraden/"
KINDS: Final = (
    Kind("Berättelse", "/sv/hit-gick-pengarna/", writer="skribent", approver="granskare"),
    Kind("Innehållssida", "/sv/"),
    Kind("Strategi", "/sv/"),
    Kind("Insatsområde", "/sv/rus-2030/"),
    Kind("Mål", "/sv/rus-2030/livskvalitet/"),
    Kind("Insats", "/sv/rus-2030/livskvalitet/motesplatser/"),
    Kind("Kultur", _AREAS, f"{_AREAS}kultur/"),
    Kind("Klimat", _AREAS, f"{_AREAS}klimat/"),
    Kind("Kompetens", _AREAS, f"{_AREAS}kompetens/"),
    Kind("Transporter", _AREAS, f"{_AREAS}transporter/"),
    Kind("Industri", _AREAS, f"{_AREAS}industrietableringar/"),
    Kind("Unga", _AREAS, f"{_AREAS}unga/"),
)
MINUTES: Final = 10
READS: Final = 2_500
SAVES_BY_ITSELF: Final = 1_500
"""Milliseconds after which a form has begun to save what was typed."""

FILM: Final = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
TOLD: Final = ("Beskriv bilden", "Fyll i ”Titel”", "som rubriker", "Ingen film kan spelas")


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        page.set_default_timeout(20_000)
        yield page


@pytest.mark.parametrize("kind", KINDS[: amount(1, len(KINDS))], ids=str)
def test_a_page_is_made_from_nothing(kind: Kind, tab: Page, running_site: RunningSite) -> None:
    title = f"Prov av {kind}"
    if kind.in_place_of:
        log_in(tab, "redaktor", running_site)
        delete(tab, page_id(running_site, kind.in_place_of))
    began = time.monotonic()
    log_in(tab, kind.writer, running_site)
    begin_page(tab, kind, running_site)
    tab.fill("[name=title]", title)
    add_picture_table_and_film(tab)
    save(tab)
    panel = what_is_missing(tab)
    for words in TOLD:
        expect(panel).to_contain_text(words)
    mend(tab)
    save(tab)
    expect(what_is_missing(tab)).not_to_contain_text("Hindrar publicering")
    edited = tab.url
    share_with_a_colleague(tab, title, running_site)
    tab.goto(edited)
    if kind.approver:
        submit_and_approve(tab, kind, title, running_site)
    else:
        publish_in_editor(tab)
    path = see_it_live(tab, title, running_site)
    number = page_id(running_site, path)
    delete(tab, number)
    bring_back(tab, title)
    see_it_live(tab, title, running_site)
    assert time.monotonic() - began < MINUTES * 60


def page_id(site: RunningSite, path: str) -> int:
    return int(json_at(site, f"/api/v3/pages/find/?html_path={path}")["id"])


def begin_page(tab: Page, kind: Kind, site: RunningSite) -> None:
    """Goes to the section, asks for a page there, and chooses its type where there are several."""
    tab.goto(f"/admin/pages/{page_id(site, kind.parent)}/")
    tab.get_by_role("link", name="Lägg till undersida").first.click()
    if "add_subpage" in tab.url:
        tab.get_by_role("link", name=re.compile(rf"^{kind}\b")).click()
    tab.wait_for_url("**/add/**")


def add_block(tab: Page, name: str) -> Locator:
    """Adds a block at the end of the running text."""
    body = tab.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Lägg till ett block").last.click()
    blocks = body.locator("[data-streamfield-child]")
    number = blocks.count()
    tab.get_by_role("option", name=name, exact=True).click()
    expect(blocks).to_have_count(number + 1)
    return blocks.last


def add_picture_table_and_film(tab: Page) -> None:
    """Does as little as somebody does who is in a hurry."""
    picture = add_block(tab, "Bild")
    picture.get_by_role("button", name="Välj en bild").click()
    tab.locator(".modal-body [data-chooser-modal-choice]").first.click()
    expect(tab.locator(".modal-body")).to_have_count(0)
    table = add_block(tab, "Tabell")
    table.get_by_role("textbox", name="Rad 1, kolumn 1").click()
    for text in ("Kommun", "Kronor", "2040"):
        tab.keyboard.type(text)
        tab.keyboard.press("Tab")
    expect(table.get_by_role("textbox", name="Rad 1, kolumn 2")).to_have_value("Kronor")
    # A new table has a row of headers; this one has lost it.
    table.get_by_label("Tabellens rubriker").select_option("neither")
    film = add_block(tab, "Film")
    film.get_by_label("Adress").fill("https://example.org/en-film")


def mend(tab: Page) -> None:
    """Fills in what the panel has told, once it is read."""
    # Wagtail misses what is typed in the first two seconds.
    tab.wait_for_timeout(READS)
    described = tab.locator("[data-contentpath=body] [name$=alt_text]")
    described.fill("En älv mellan snöiga fjäll.")
    tab.locator("[data-contentpath=body]").get_by_label("Tabellens rubriker").select_option("row")
    film = tab.locator("[data-contentpath=body] [data-streamfield-child]").last
    film.get_by_label("Adress").fill(FILM)
    film.get_by_label("Titel").fill("En film om älven")


def save(tab: Page) -> None:
    # What the form saves by itself is saved: otherwise it tells of another window.
    tab.wait_for_timeout(SAVES_BY_ITSELF)
    expect(tab.get_by_text("Sparat", exact=True).first).to_be_visible(timeout=20_000)
    # What was saved before has its message, too.
    with tab.expect_navigation():
        tab.get_by_role("button", name="Spara utkast").click()
    expect(tab.locator(".messages .success")).to_be_visible()


def what_is_missing(tab: Page) -> Locator:
    """The panel that says it, opened."""
    panel = tab.locator("[data-side-panel=rules]")
    if not panel.is_visible():
        tab.locator("[data-side-panel-toggle=rules]").click()
    expect(panel).to_be_visible()
    return panel


def share_with_a_colleague(tab: Page, title: str, site: RunningSite) -> None:
    """Makes a link, which shows the draft to somebody without an account."""
    tab.get_by_role("button", name="Åtgärder").first.click()
    tab.get_by_role("link", name="Dela ett utkast").click()
    tab.get_by_label("För vem").fill("Aili på biblioteket")
    tab.get_by_role("button", name="Skapa länken").click()
    link = tab.locator("main input[readonly]").input_value()
    assert tab.context.browser is not None
    stranger = tab.context.browser.new_context(locale="sv-SE")
    try:
        elsewhere = stranger.new_page()
        elsewhere.goto(link)
        expect(elsewhere.get_by_role("heading", level=1)).to_have_text(title)
        expect(elsewhere.locator("body")).to_contain_text("Det här är ett utkast.")
        table = elsewhere.get_by_role("table")
        expect(table.get_by_role("columnheader").first).to_have_text("Kommun")
    finally:
        stranger.close()


def submit_and_approve(tab: Page, kind: Kind, title: str, site: RunningSite) -> None:
    """One submits, and another one finds it on the start page and approves it."""
    tab.locator("footer [data-w-dropdown-target=toggle]").first.click()
    tab.get_by_role("button", name=re.compile("Lämna in till")).click()
    expect(tab.locator(".messages .success")).to_be_visible()
    log_in(tab, kind.approver, site)
    tab.get_by_role("link", name=title).first.click()
    tab.wait_for_url("**/edit/**")
    tab.locator("footer [data-w-dropdown-target=toggle]").first.click()
    tab.get_by_role("button", name="Godkänn och publicera").first.click()
    expect(tab.locator(".messages .success")).to_be_visible()


def see_it_live(tab: Page, title: str, site: RunningSite) -> str:
    """Follows the message's link to the page, and returns its path."""
    link = tab.locator(".messages").get_by_role("link", name="Visa publicerad").first
    path = str(link.get_attribute("href")).removeprefix(site.url)
    assert tab.context.browser is not None
    reader = tab.context.browser.new_context(locale="sv-SE")
    try:
        page = reader.new_page()
        page.goto(f"{site.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        expect(page.get_by_role("table")).to_contain_text("Kronor")
        expect(page.locator("main img").first).to_have_attribute("alt", re.compile("älv"))
    finally:
        reader.close()
    return path


def delete(tab: Page, number: int) -> None:
    tab.goto(f"/admin/pages/{number}/delete/")
    tab.locator("form input[type=submit].serious, form button.serious").first.click()
    expect(tab.locator(".messages .success")).to_be_visible()


def bring_back(tab: Page, title: str) -> None:
    """Follows the message to the wastebasket."""
    tab.locator(".messages").get_by_role("link", name="Papperskorgen").click()
    tab.get_by_role("link", name=title).click()
    tab.get_by_role("button", name="Ta tillbaka").click()
    expect(tab.locator(".messages .success")).to_contain_text("är tillbaka")
