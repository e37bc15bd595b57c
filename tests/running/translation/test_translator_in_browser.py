"""A translator of Lule Sámi at work: in the browser, by file, and what other sites see of it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import PROJECT, RunningSite
from tests.running.translation.translating import enter, publish

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TRANSLATOR = "oversattare-smj"
EFFORT = "Bibliotek på väg"
PATH = "/sv/rus-2030/livskvalitet/motesplatser/bibliotek-pa-vag/"

# translate-toolkit is GPL: it runs as a program of its own. It fills in as many empty targets as
# it is told to, whatever they say.
FILL_IN = """
import sys
from translate.storage import factory, xliff2
path, number = sys.argv[1], int(sys.argv[2])
store = xliff2.Xliff2File.parsefile(path) if sys.argv[3] == "2" else factory.getobject(path)
done = 0
for unit in store.units:
    if done < number and unit.source and not unit.target:
        text = str(unit.source)
        # An address is one word of small letters.
        is_address = " " not in text and text == text.lower()
        # No sentence of the source stays whole: it would count as one that is left.
        words = " ".join(reversed(text.split()))
        unit.target = text + "-smj" if is_address else "Tjálos: " + words
        unit.marktranslated()
        done += 1
store.savefile(path) if sys.argv[3] == "2" else store.save()
print(done)
"""

Picture = Callable[[str], None]


@pytest.fixture
def tab(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        yield page


@pytest.fixture
def picture(tab: Page, pytestconfig: pytest.Config) -> Picture:
    """Takes a picture for the documentation, when it is asked for."""

    def take(name: str) -> None:
        if pytestconfig.getoption("--update-pictures"):
            tab.wait_for_timeout(400)
            tab.screenshot(path=PROJECT / "docs" / "pictures" / f"{name}.png")

    return take


def lule_sami_document(site: RunningSite, source: Any) -> Any:
    """The document of the effort in Lule Sámi; ``None`` while it is not live."""
    current = json_at(site, f"/api/v3/pages/{source['id']}/")
    for translation in current["translations"]:
        if translation["locale"] == "smj":
            return json_at(site, f"/api/v3/pages/{translation['id']}/") | {
                "status": translation["status"]
            }
    return None


def carry(tab: Page, format_name: str, number: int, folder: Path) -> str:
    """Downloads the page's file, lets a foreign program fill it in, brings it back."""
    details = tab.locator("details.translation-files")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("select[name=format]").select_option(format_name)
    with tab.expect_download() as download:
        details.get_by_role("button", name="Ladda ner").click()
    path = folder / f"{format_name}.xlf"
    download.value.save_as(path)
    version = "2" if format_name == "xliff2" else "1"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL_IN, str(path), str(number), version],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == str(number), done.stderr
    return bring(tab, path)


def bring(tab: Page, path: Path) -> str:
    """Brings a file back; says what became of its texts."""
    details = tab.locator("details.translation-files")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    details.locator("input[type=file]").set_input_files(path)
    details.get_by_role("button", name="Ta tillbaka").click()
    back = tab.get_by_role("link", name="Tillbaka till översättningen")
    expect(back).to_be_visible()
    said = tab.locator(".help-block").first.inner_text()
    back.click()
    return said


def test_half_a_page_then_a_change_then_files_until_it_is_complete(
    tab: Page, running_site: RunningSite, picture: Picture, tmp_path: Path
) -> None:
    effort = json_at(running_site, f"/api/v3/pages/find/?html_path={PATH}")

    # Only one's own language.
    log_in(tab, TRANSLATOR, running_site)
    expect(tab.get_by_role("heading", name="julevsámegiella")).to_be_visible()
    expect(tab.get_by_text("davvisámegiella")).to_have_count(0)
    picture("start-page")
    assert tab.goto(f"/admin/pages/{effort['id']}/edit/").url.endswith("/admin/")  # type: ignore[union-attr]
    tab.goto("/admin/translation/")
    picture("report")

    # Half a page.
    tab.goto("/admin/translation/work/?type=strategy.EffortPage")
    picture("page-by-page")
    tab.get_by_role("button", name=EFFORT).click()
    tab.wait_for_url("**/admin/translation/editor/*/")
    editor = tab.url
    assert lule_sami_document(running_site, effort) is None
    enter(tab, EFFORT, "Girjjevuorkká jådon")
    enter(tab, "Exempel: Bokbussar", "Buojkulvis: Girjjebussa.")
    picture("editor")
    publish(tab)
    document = lule_sami_document(running_site, effort)
    assert document["status"] == "partial"
    assert (document["title"], document["language"]) == ("Girjjevuorkká jådon", "smj")
    own = {
        pointer: code
        for pointer, code in document["languages"].items()
        if not pointer.startswith("/breadcrumbs") and pointer.count("/") < 4
    }
    assert own["/meta/search_description"] == own["/body/0/value"] == "sv"
    assert "/title" not in own
    assert "/summary" not in own

    # Two sentences change in Swedish, and exactly these two are out of date.
    log_in(tab, "redaktor", running_site)
    tab.goto(f"/admin/pages/{effort['id']}/edit/")
    tab.locator("[name=title]").fill("Bibliotek som rullar")
    summary = tab.locator("[name=summary]")
    summary.fill(summary.input_value().replace("Exempel: Bokbussar", "Exempel: Bokbilar"))
    publish_in_editor(tab)
    document = lule_sami_document(running_site, effort)
    assert (document["status"], document["title"]) == ("outdated", "Girjjevuorkká jådon")
    log_in(tab, TRANSLATOR, running_site)
    picture("start-page-out-of-date")
    tab.get_by_role("link", name="Bibliotek som rullar").first.click()
    rows = tab.locator(".string[data-state=outdated]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Girjjevuorkká jådon")
    expect(rows.first.locator("ins")).to_have_text("som rullar")
    rows.first.get_by_role("textbox").click()
    picture("out-of-date")

    # By file, in both versions of XLIFF, until nothing is left.
    said = carry(tab, "xliff", 3, tmp_path)
    assert "3 tagna" in said
    expect(tab.locator("[data-ready]")).to_be_visible()
    picture("editor-after-file")
    tab.goto(editor)
    assert "2 tagna" in carry(tab, "xliff2", 2, tmp_path)
    tab.goto(editor)
    expect(tab.locator("[data-ready]")).to_be_visible()
    expect(tab.locator(".string:not([data-state=done])")).to_have_count(0)

    # A text of an older file waits to be read, and is used at a click.
    older = tmp_path / "xliff.xlf"
    older.write_text(older.read_text("utf-8").replace("Tjálos: ", "Ådåsis: ", 1), "utf-8")
    assert "1 ändrad här sedan dess" in bring(tab, older)
    kept = tab.locator(".string", has_text="Ådåsis: ")
    expect(kept.get_by_role("textbox")).not_to_contain_text("Ådåsis: ")
    kept.get_by_role("textbox").click()
    with tab.expect_response(lambda response: response.request.method == "PUT"):
        kept.get_by_role("button", name="Använd den här").first.click()
    expect(kept.get_by_role("textbox")).to_contain_text("Ådåsis: ")
    publish(tab)
    document = lule_sami_document(running_site, effort)
    assert document["status"] == "complete"
    assert "Ådåsis: " in str(document)
    assert not {
        pointer for pointer in document["languages"] if pointer.split("/")[1] in ("title", "body")
    }
    tab.goto("/admin/translation-files/")
    picture("files")

    # Nobody else's language was touched.
    for translation in json_at(running_site, f"/api/v3/pages/{effort['id']}/")["translations"]:
        if translation["locale"] in ("en", "fi"):
            assert translation["status"] == "outdated"


def names_in_lule_sami(site: RunningSite) -> set[str]:
    """The municipalities that are live in Lule Sámi."""
    query = "type=strategy.Municipality&fallback=false&limit=100"
    return {item["name"] for item in json_at(site, f"/api/v3/entries/smj/?{query}")["items"]}


def test_a_name_is_said_to_be_the_same(
    tab: Page, running_site: RunningSite, picture: Picture
) -> None:
    log_in(tab, TRANSLATOR, running_site)
    tab.goto("/admin/translation/work/?type=strategy.Municipality&title=Boden")
    tab.get_by_role("button", name="Boden – börja översätta").click()
    expect(tab.locator("[data-ready]")).to_be_visible()
    publish(tab)
    assert "Boden" not in names_in_lule_sami(running_site)
    tab.goto("/admin/translation/same/smj/")
    fact = tab.locator("section.translation-same", has=tab.get_by_role("heading", name="Boden"))
    fact.get_by_role("checkbox").check()
    picture("same-as-in-swedish")
    tab.get_by_role("button", name="De är desamma på").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    assert "Boden" in names_in_lule_sami(running_site)
    tab.goto("/admin/translation/work/?type=strategy.Municipality&title=Boden")
    expect(tab.locator(".translation-count--complete")).to_have_count(1)
    tab.goto("/admin/translation/same/smj/said/")
    tab.locator("li", has_text="Boden").get_by_role("checkbox").check()
    tab.get_by_role("button", name="Ångra").click()
    expect(tab.locator(".messages .success")).to_be_visible()
    assert "Boden" not in names_in_lule_sami(running_site)


def test_an_administrator_is_asked_before_a_translation_is_stopped(
    tab: Page, running_site: RunningSite
) -> None:
    source = json_at(running_site, "/api/v3/pages/find/?html_path=/sv/")
    [start] = [one for one in source["translations"] if one["locale"] == "en"]
    editor = f"/admin/pages/{start['id']}/edit/"
    stop = tab.get_by_role("link", name="Stoppa synkroniseringen")
    log_in(tab, "oversattare-en", running_site)
    tab.goto(editor)
    expect(tab.locator("[data-ready]")).to_be_visible()
    expect(stop).to_have_count(0)
    log_in(tab, "admin", running_site)
    tab.goto(editor)
    stop.click()
    tab.get_by_role("button", name="Ja, stoppa den").click()
    expect(tab.locator("[name=title]")).to_be_visible()
    # The menu beside the button at the foot of Wagtail's own editor.
    tab.locator("footer [data-w-dropdown-target=toggle], footer .dropdown-toggle").first.click()
    tab.get_by_role("link", name="Starta synkroniseringen igen").click()
    tab.get_by_role("button", name="Ja, starta den").click()
    expect(tab.locator("[data-ready]")).to_be_visible()
