"""The pages for people in a browser: axe, narrow screens, keyboard, no script, no dead link."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.harness.node_packages import node_modules
from tests.harness.sampling import amount
from tests.running.browsing import json_at, swedish_tab
from tests.running.conftest import PROJECT, RunningSite

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

LANGUAGES = ("sv", "se", "yi")
WIDTHS = (1280, 320)
SCHEMES: tuple[Any, ...] = ("light", "dark")
RUN_AXE = """async () => {
    const { violations } = await axe.run();
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`);
}"""
_LINK = re.compile(r'\shref="([^"]+)"')
_ID = re.compile(r'\sid="([^"]+)"')


def addresses(site: RunningSite) -> Iterator[tuple[str, str]]:
    """A page of each type in each language, with what stands in for one; and the search."""
    for language in LANGUAGES:
        tree = json_at(site, f"/api/v3/tree/{language}/")["items"]
        source = {one["key"]: one for one in json_at(site, "/api/v3/tree/sv/")["items"]}
        kinds = {one["type"]: source.get(one["key"], one)["path"] for one in tree}
        for kind, path in kinds.items():
            yield kind, re.sub(r"^/\w+/", f"/{language}/", path)
        yield "search", f"/search/{language}/?q=kultur"
        yield "nothing", f"/{language}/nej/"


@pytest.fixture(scope="module")
def tab(running_site: RunningSite) -> Iterator[Page]:
    """A tab of a Swedish browser, for all tests of this module."""
    with swedish_tab(running_site) as page:
        yield page


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    running_site: RunningSite, tab: Page
) -> None:
    """Each page at a width in a colour scheme, in turn; in the release at both in both."""
    axe = (node_modules(PROJECT / "tests/consumer") / "axe-core/axe.min.js").read_text("utf-8")
    # What images show is not looked at, and takes most of the time.
    tab.route("**/media/**", lambda route: route.abort())
    views = [(width, scheme) for width in WIDTHS for scheme in SCHEMES]
    found: list[str] = []
    seen = list(addresses(running_site))
    assert len(seen) > 40
    for number, (_kind, path) in enumerate(seen):
        for width, scheme in [*views, *views][number % 4 :][: amount(1, 4)]:
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(path)
            tab.evaluate(axe)
            at = f"{path} at {width} {scheme}"
            found += [f"{at}: {each}" for each in tab.evaluate(RUN_AXE)]
            if (wide := tab.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"{at}: {wide} wide")
    tab.unroute("**/media/**")
    assert found == []


def test_a_page_is_read_by_keyboard_alone(tab: Page) -> None:
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.goto("/sv/utvecklingsomraden/kultur/")
    tab.keyboard.press("Tab")
    skip = tab.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    languages = tab.locator("details.languages")
    languages.locator("summary").focus()
    tab.keyboard.press("Enter")
    english = languages.get_by_role("link", name="English")
    expect(english).to_be_visible()
    english.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    tab.locator(".menu-button summary").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".menu-button a").first).to_be_visible()


def test_a_page_is_read_without_script_and_changes_language(
    running_site: RunningSite, tab: Page
) -> None:
    assert tab.context.browser is not None
    context = tab.context.browser.new_context(base_url=running_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sv/")
    page.fill("#site-search", "kultur")
    page.press("#site-search", "Enter")
    page.click(".hits a >> nth=0")
    page.click("details.languages summary")
    page.click("details.languages a:has-text('davvisámegiella')")
    assert "/se/" in page.url
    assert "davvisámegiella" in page.inner_text("details.languages summary")
    context.close()


def test_print_opens_accordions_and_hides_the_frame(tab: Page) -> None:
    tab.goto("/sv/utvecklingsomraden/kultur/")
    tab.emulate_media(media="print")
    expect(tab.locator("header.frame")).to_be_hidden()
    for details in tab.locator("main details").all():
        assert details.locator("> :not(summary)").first.bounding_box()
    tab.emulate_media(media="screen")


def fetched(url: str) -> tuple[int, str, str]:
    """The status, the kind and the text of what is at an address."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            kind = answer.headers.get_content_type()
            return answer.status, kind, answer.read().decode() if kind == "text/html" else ""
    except urllib.error.HTTPError as error:
        return error.code, "", ""


def test_no_link_or_anchor_of_the_site_is_dead(running_site: RunningSite) -> None:
    """From three start pages on; in the release from all nine."""
    waiting = [f"{running_site.url}/{code}/" for code in LANGUAGES]
    if amount(0, 1):
        waiting += [f"{running_site.url}/{code}/" for code in ("en", "fi", "fit", "smj", "sma")]
    pages: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    dead: list[str] = []
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        status, kind, html = fetched(address)
        pages[address] = set(_ID.findall(html))
        if status != 200:
            dead.append(f"{address}: {status}")
        if kind != "text/html" or "/api/v3/docs" in address:
            continue
        for link in _LINK.findall(html.partition("<body>")[2]):
            target, anchor = urldefrag(urljoin(address, link.replace("&amp;", "&")))
            if target.startswith(running_site.url):
                wanted.setdefault(target, set()).add(anchor)
                waiting.append(target)
    dead += [
        f"{target}#{anchor}"
        for target, anchors in wanted.items()
        for anchor in anchors
        if anchor and anchor not in pages[target]
    ]
    assert len(pages) > 100
    assert dead == []
