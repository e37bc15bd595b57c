"""The examples of docs/api.md mirror the site when followed; the API's own page is used at once."""

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.running.browsing import swedish_tab
from tests.running.conftest import PROJECT, RunningSite

DOCUMENT = (PROJECT / "docs/api.md").read_text(encoding="utf-8")
CURSOR_OF_ANOTHER_DATABASE = "WyJjIiwiMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiLDNd"
"""Well formed, and never one of this site's."""

IN_PYTHON = [sys.executable, "-c"]
SHOWN_IN_PYTHON = """
def shown():
    return {" ".join(place): document for place, document in mirror.items()}

exported = shown()
mirror.clear()
fed = catch_up(FIRST_CURSOR), shown()
mirror.clear()
again = catch_up(FOREIGN_CURSOR), shown()
print(json.dumps([[cursor, exported], fed, again]))
"""
IN_JAVASCRIPT = ["node", "--input-type=module", "-e"]
SHOWN_IN_JAVASCRIPT = """
const exported = Object.fromEntries(mirror);
mirror.clear();
const fed = [await catchUp(FIRST_CURSOR), Object.fromEntries(mirror)];
mirror.clear();
const again = [await catchUp(FOREIGN_CURSOR), Object.fromEntries(mirror)];
console.log(JSON.stringify([[cursor, exported], fed, again]));
"""


def example(language: str, site: RunningSite) -> str:
    """The one example in a language, asking the site that runs."""
    [code] = re.findall(rf"```{language}\n(.+?)```", DOCUMENT, flags=re.DOTALL)
    return str(code).replace("http://127.0.0.1:8000", site.url)


def asked(site: RunningSite, path: str) -> bytes:
    with urllib.request.urlopen(f"{site.url}/api/v3/{path}", timeout=30) as answer:
        content: bytes = answer.read()
    return content


def changes(site: RunningSite, query: str) -> Any:
    return json.loads(asked(site, f"changes/?{query}"))


def exported(site: RunningSite) -> dict[str, Any]:
    """The site's documents, by key and language."""
    _header, *lines = asked(site, "export/all.ndjson").splitlines()
    documents = [json.loads(line) for line in lines]
    return {f"{each['key']} {each['meta']['locale']}": each for each in documents}


@pytest.mark.one_database("postgresql")
@pytest.mark.parametrize(
    ("language", "interpreter", "shown"),
    [
        pytest.param("python", IN_PYTHON, SHOWN_IN_PYTHON, id="python"),
        pytest.param(
            "js",
            IN_JAVASCRIPT,
            SHOWN_IN_JAVASCRIPT,
            id="javascript",
            marks=pytest.mark.skipif(
                shutil.which("node") is None, reason="Node.js is not installed; see .ci/run"
            ),
        ),
    ],
)
def test_an_example_mirrors_everything_and_stays_in_step(
    running_site: RunningSite, language: str, interpreter: list[str], shown: str
) -> None:
    """By the export; by the feed, page by page; and anew, when its cursor cannot be continued."""
    first = changes(running_site, "limit=1")
    [first_item] = first["items"]
    shown = shown.replace("FIRST_CURSOR", json.dumps(first["next"]))
    shown = shown.replace("FOREIGN_CURSOR", json.dumps(CURSOR_OF_ANOTHER_DATABASE))
    done = subprocess.run(
        [*interpreter, example(language, running_site) + shown],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    by_export, by_feed, begun_again = json.loads(done.stdout)

    everything = exported(running_site)
    assert everything
    assert by_export[1] == everything
    assert begun_again[1] == everything
    everything.pop(f"{first_item['key']} {first_item['locale']}")
    assert by_feed[1] == everything

    for cursor, _mirror in (by_export, by_feed, begun_again):
        nothing = changes(running_site, f"since={quote(cursor)}")
        assert (nothing["items"], nothing["more"]) == ([], False)


SECONDS = 2.0
TRIES = 5
"""Of which one must be so quick: the machine may have other work."""


def until_used(tab: Page) -> float:
    """Seconds until an operation is open, with the shape of its answer."""
    tab.goto("about:blank")
    begun = time.monotonic()
    tab.goto("/api/v3/docs/")
    operation = tab.locator("#entries_list")
    operation.locator("> summary").click()
    operation.locator("details.shape > summary").first.click()
    expect(operation.get_by_text("items: list of")).to_be_visible()
    return time.monotonic() - begun


@pytest.mark.any_database
@pytest.mark.browser
def test_the_page_of_the_api_is_there_at_once_asks_and_finds(running_site: RunningSite) -> None:
    faults: list[str] = []
    elsewhere: list[str] = []
    with swedish_tab(running_site) as tab:
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("request", lambda request: elsewhere.append(request.url))
        # The description is made once for each process of the server.
        tab.request.get("/api/v3/openapi.json")
        assert any(until_used(tab) < SECONDS for _ in range(TRIES))
        # From another page: within this one an address with a # loads nothing.
        tab.goto("about:blank")
        tab.goto("/api/v3/docs/#entries_list")
        ask_and_find(tab)
    assert faults == []
    assert [url for url in elsewhere if not url.startswith((running_site.url, "about:"))] == []


def ask_and_find(tab: Page) -> None:
    """Use the operation that the address names, and then the search for others."""
    operation = tab.locator("#entries_list")
    expect(operation).to_have_attribute("open", "")
    operation.get_by_label("locale").select_option("sv")
    operation.get_by_label("type").fill("strategy.GoalPage\nstrategy.StoryPage")
    operation.get_by_label("limit").fill("1")
    operation.get_by_role("button", name="Ask").click()
    answer = operation.locator(".answer")
    expect(answer).to_contain_text("200")
    expect(answer).to_contain_text("type=strategy.GoalPage&type=strategy.StoryPage")
    expect(answer).to_contain_text('"items": [')
    shape = operation.locator("details.shape").first
    shape.locator("> summary").click()
    shape.get_by_text("items: list of").click()
    shape.get_by_text("GoalPageSchema", exact=True).click()
    expect(shape.get_by_text("breadcrumbs: list of").first).to_be_visible()
    tab.get_by_label("Show addresses with").fill("changes")
    expect(tab.locator("#changes_list")).to_be_visible()
    expect(operation).to_be_hidden()
