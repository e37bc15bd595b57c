"""*Export* in a browser: chosen, watched, fetched, and nobody else's."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.export.bundle.check_bundle import Bundle, faults
from tests.running.browsing import log_in, swedish_tab
from tests.running.conftest import RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

SCREEN = "/admin/export/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


def open_screen(tab: Page) -> None:
    tab.locator("#wagtail-sidebar").get_by_role("link", name="Exportera").click()
    expect(tab.get_by_role("heading", name="Exportera")).to_be_visible()


def choose(tab: Page, *labels: str) -> None:
    for label in labels:
        tab.get_by_label(label).check()


def make(tab: Page) -> str:
    """Asks for the file, and says where one can see how far it is."""
    tab.get_by_role("button", name="Skapa filen").click()
    expect(tab.locator("#job")).to_be_visible()
    return tab.url


def fetch(tab: Page, path: Path) -> Path:
    """Waits until the file is there, without doing anything, and downloads it."""
    link = tab.get_by_role("link", name="Ladda ner filen")
    expect(link).to_be_visible(timeout=60_000)
    with tab.expect_download() as download:
        link.click()
    target = path / download.value.suggested_filename
    download.value.save_as(target)
    return target


def states_until_done(tab: Page) -> list[dict[str, Any]]:
    """The states that the page is told, asked again and again, until there is a file."""
    found: list[dict[str, Any]] = []
    while not found or not found[-1]["finished"]:
        found.append(tab.request.get(f"{tab.url}state/").json())
        tab.wait_for_timeout(50)
    return found


def test_a_bundle_is_chosen_watched_and_fetched(
    tab: Page, running_site: RunningSite, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    log_in(tab, "redaktor", running_site)
    open_screen(tab)

    # What does not belong to the kind is not asked; all of it can be reached from the keyboard.
    expect(tab.get_by_label("Bara det som läsare ser")).to_be_visible()
    expect(tab.get_by_label("Även bilder och filer")).to_be_hidden()
    tab.get_by_label("TMX 1.4b").focus()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_label("Paket (ZIP)")).to_be_checked()
    expect(tab.get_by_label("Bara det som läsare ser")).to_be_hidden()
    expect(tab.get_by_text("Ett paket har bara de språk som du väljer")).to_be_visible()
    tab.get_by_label("Även bilder och filer").focus()
    tab.keyboard.press("Space")
    choose(tab, "sv · svenska", "en · English")

    # Nobody works yet: it waits, and says so.
    make(tab)
    expect(tab.locator("#job-label")).to_have_text("väntar")
    expect(tab.get_by_role("progressbar")).to_be_visible()
    request.getfixturevalue("worker")
    states = states_until_done(tab)
    assert states[-1]["state"] == "done"
    assert states[-1]["done"] == states[-1]["total"]
    # It can be watched although it is all read within one transaction.
    assert any(0 < state["done"] < state["total"] for state in states)

    path = fetch(tab, tmp_path)
    assert path.name.startswith("content-sv-en-")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "bundle")
    assert list(faults(Bundle(tmp_path / "bundle"))) == []
    manifest = json.loads((tmp_path / "bundle/manifest.json").read_text(encoding="utf-8"))
    assert manifest["selection"]["locales"] == ["en", "sv"]
    assert manifest["selection"]["media"]
    documents = sum(language["documents"] for language in manifest["languages"])
    assert {each.name for each in (tmp_path / "bundle/content").iterdir()} == {
        "en.ndjson",
        "sv.ndjson",
    }
    expect(tab.get_by_text(f"{documents} dokument, {len(manifest['files'])} filer")).to_be_visible()


def test_a_translator_sees_their_own_files_alone(
    tab: Page, running_site: RunningSite, worker: None, tmp_path: Path
) -> None:
    log_in(tab, "redaktor", running_site)
    open_screen(tab)
    choose(tab, "Indikatorer (CSV)")
    expect(tab.get_by_label("sv · svenska")).to_be_hidden()
    tab.locator("select[name=language]").select_option("en")
    editors = make(tab)
    rows = list(csv.DictReader(io.StringIO(fetch(tab, tmp_path).read_text(encoding="utf-8"))))
    assert {row["kind"] for row in rows} == {"measured", "baseline", "target"}
    assert all(row["goal"] for row in rows if row["kind"] == "target")

    log_in(tab, "oversattare-smj", running_site)
    open_screen(tab)
    expect(tab.get_by_text("redaktor")).to_have_count(0)
    answer: Any = tab.goto(editors)
    assert answer.status == 404
    assert tab.request.get(f"{editors}file/").status == 404
    tab.goto(SCREEN)
    choose(tab, "CSV, sida vid sida", "smj · julevsámegiella")
    make(tab)
    path = fetch(tab, tmp_path)
    assert path.name.startswith("texts-smj-")
    table = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert {"sv", "smj", "smj_status"} <= table[0].keys()
    assert "en" not in table[0]

    # On a phone, too, the buttons are within the screen.
    tab.set_viewport_size(PHONE)  # type: ignore[arg-type]
    tab.goto(SCREEN)
    expect(tab.locator(".export-files tbody tr")).to_have_count(1)
    for name in ("Ladda ner", "Ta bort"):
        box: Any = tab.locator(".export-files").get_by_text(name).bounding_box()
        assert box["x"] + box["width"] <= PHONE["width"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tab.get_by_role("button", name="Ta bort").click()
    expect(tab.get_by_text("Filen är borttagen")).to_be_visible()
    expect(tab.locator(".export-files")).to_have_count(0)
