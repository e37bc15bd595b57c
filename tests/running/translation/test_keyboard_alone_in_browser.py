"""A translator of Lule Sámi translates half of the culture page without a mouse, and publishes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.harness.sampling import amount
from tests.running.browsing import json_at, log_in, swedish_tab
from tests.running.conftest import RunningSite
from tests.running.translation.translating import box_of

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

CULTURE = "/api/v3/pages/find/?html_path=/sv/utvecklingsomraden/kultur/"
TYPED = amount(12, 39)
"""Strings that are typed. The page has forty, its address among them."""

# Plainly no Lule Sámi: nobody here can vouch for a sentence in it.
MARK = "[prov]"


@pytest.fixture
def editor(running_site: RunningSite) -> Iterator[Page]:
    with swedish_tab(running_site) as page:
        log_in(page, "oversattare-smj", running_site)
        page.goto("/admin/translation/work/?type=strategy.CulturePage")
        begin = page.get_by_role("button", name="Kultur – börja översätta")
        link = page.locator("main").get_by_role("link", name="Kultur", exact=True)
        begin.or_(link).first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("[data-ready]")).to_be_visible()
        yield page


def put_links_around_the_last_word(page: Page, number: int) -> None:
    """Types a word for each link of the source and makes it that link, by its key."""
    for link in range(number):
        page.keyboard.type(f" lenka{link}")
        page.keyboard.press("Control+Shift+ArrowLeft")
        page.keyboard.press(f"Alt+{link + 1}")
        page.keyboard.press("End")


def test_half_of_a_page_by_keys_alone(editor: Page, running_site: RunningSite) -> None:
    typed: list[str] = []
    refs: list[str] = []
    here = editor.locator(".string.is-current")
    linked = 0
    for number in range(TYPED):
        editor.keyboard.press("Alt+N")
        box = box_of(here)
        expect(box).to_be_focused()
        ref = here.get_attribute("id")
        links = here.locator(".string-source [data-code]").count()
        editor.keyboard.type(f"{MARK} {number}")
        if links:
            put_links_around_the_last_word(editor, links)
            linked += 1
            expect(box.locator("a, .editor-link, [data-code]")).to_have_count(links)
        typed.append(f"{MARK} {number}")
        refs.append(str(ref))
    assert linked >= 1
    editor.keyboard.press("Escape")
    for ref in refs:
        expect(editor.locator(f"#{ref}")).to_have_attribute("data-state", "done")
    with editor.expect_response("**/publish/") as published:
        editor.keyboard.press("Alt+Enter")
    assert published.value.ok

    source = json_at(running_site, CULTURE)
    [own] = [one for one in source["translations"] if one["locale"] == "smj"]
    document = json_at(running_site, f"/api/v3/pages/{own['id']}/")
    assert document["language"] == "smj"
    assert document["title"] == typed[0]
    swedish = {pointer for pointer, code in document["languages"].items() if code == "sv"}
    assert "/title" not in swedish
    if TYPED < 39:
        assert "/meta/search_description" in swedish
    assert MARK not in str([_at(document, pointer) for pointer in swedish])


def _at(document: object, pointer: str) -> object:
    """The value at a JSON Pointer."""
    found = document
    for part in pointer.split("/")[1:]:
        if isinstance(found, list):
            found = found[int(part)]
        elif isinstance(found, dict):
            found = found[part.replace("~1", "/").replace("~0", "~")]
    return found
