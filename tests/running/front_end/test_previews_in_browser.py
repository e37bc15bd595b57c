"""Drafts on a front end of another origin, in a browser: shown, followed, and led back to edit."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.client.packing import PackedClient
from tests.harness.node_packages import node_is_new_enough
from tests.running.browsing import json_at, log_in, swedish_tab
from tests.running.conftest import RunningSite
from tests.running.front_end.serving import served_front_end

pytestmark = [
    pytest.mark.browser,
    pytest.mark.any_database,
    pytest.mark.skipif(
        not node_is_new_enough(), reason="npm and Node.js 20 are not installed; see .ci/run"
    ),
]

CULTURE: Final = "/sv/utvecklingsomraden/kultur/"
SEND: Final = """([data, origin, fromParent]) => {
    const source = fromParent ? parent : document.querySelector("iframe").contentWindow;
    dispatchEvent(new MessageEvent("message", { data, origin, source }));
}"""


@pytest.fixture(scope="module")
def front_end(running_site: RunningSite, packed_client: PackedClient) -> Iterator[str]:
    script = (packed_client.folder / "dist" / "preview.js").read_text(encoding="utf-8")
    with served_front_end(script, f"{running_site.url}/api/v3/") as address:
        yield address


@pytest.fixture(scope="module")
def tab(running_site: RunningSite, front_end: str) -> Iterator[Page]:
    """A tab of an administrator who has just set the front end's address."""
    with swedish_tab(running_site) as page:
        log_in(page, "admin", running_site)
        page.goto("/admin/settings/delivery_previews/previewaddress/")
        page.fill("[name=address]", f"{front_end}{{path}}?token={{token}}")
        page.locator("footer button[type=submit], main form button[type=submit]").first.click()
        expect(page.locator(".messages .success")).to_be_visible()
        yield page


@pytest.fixture(scope="module")
def culture(running_site: RunningSite) -> int:
    page: Any = json_at(running_site, f"/api/v3/pages/find/?html_path={CULTURE}")
    return int(page["id"])


@pytest.fixture
def editor(tab: Page, culture: int, running_site: RunningSite) -> Page:
    """The editor of the culture page, its preview open."""
    path = f"/admin/pages/{culture}/edit/"
    if urlsplit(tab.url).path != path:
        tab.goto(path)
    if urlsplit(tab.url).path != path:
        # A translator was signed in last.
        log_in(tab, "admin", running_site)
        tab.goto(path)
    panel = tab.locator("[data-side-panel=preview]")
    if not panel.is_visible():
        tab.locator("[data-side-panel-toggle=preview]").click()
    expect(shown(tab).locator("h1")).to_have_text("Kultur", timeout=20_000)
    return tab


def window_of(page: Page) -> FrameLocator:
    """The admin's window around the front end."""
    return page.frame_locator(".front-end-preview, .editor-preview iframe")


def shown(page: Page) -> FrameLocator:
    """The front end in the editor."""
    return window_of(page).frame_locator("iframe")


def frame_at(page: Page, address: str) -> Any:
    """The frame of an origin, to run a script in."""
    return next(frame for frame in page.frames if frame.url.startswith(address))


def type_until_shown(editor: Page, page: FrameLocator) -> None:
    """Type a lead, in one tab, until the front end shows it, there or in another."""
    for attempt in range(8):
        # What is typed before Wagtail has looked at the form is no change to it.
        typed = f"Kultur bor i hela länet, {attempt}."
        editor.fill("textarea[name=lead]", typed)
        with suppress(AssertionError):
            # A busy machine saves slowly, and what is typed again is saved instead.
            patience = 4_000 + 2_000 * attempt
            expect(page.locator("#lead")).to_have_text(typed, timeout=patience)
            return
    pytest.fail("What was typed was never shown.")


def test_what_is_saved_is_shown_at_once(editor: Page, front_end: str) -> None:
    frame = frame_at(editor, front_end)
    frame.evaluate("window.wasHere = true")
    type_until_shown(editor, shown(editor))
    # It was fetched, the page was not loaded anew.
    assert frame_at(editor, front_end).evaluate("window.wasHere") is True


def test_messages_of_others_are_not_heard(editor: Page, front_end: str, culture: int) -> None:
    origin = editor.evaluate("location.origin")
    frame = frame_at(editor, front_end)
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))
    for data, sender in (
        ({"type": "cms:saved"}, "https://evil.example.org"),
        ({"type": "cms:other"}, origin),
        (None, origin),
    ):
        frame.evaluate(SEND, [data, sender, True])
    window = frame_at(editor, f"{origin}/admin/previews/{culture}/")
    for address, sender in (
        (f"{origin}/admin/pages/1/", "https://evil.example.org"),
        ("https://evil.example.org/", front_end),
        ("javascript:alert(1)", front_end),
        (f"{origin}/sv/", front_end),
    ):
        window.evaluate(SEND, [{"type": "cms:open", "address": address}, sender, False])
    for address in ("https://evil.example.org/admin/", "javascript:alert(1)"):
        frame.evaluate(
            "(data) => parent.parent.postMessage(data, '*')",
            {
                "type": "cms:open",
                "address": address,
            },
        )
    before = editor.url
    # One that counts, after all of these: they have been looked at by then.
    with editor.expect_request(lambda request: "/api/v3/preview/" in request.url):
        frame.evaluate(SEND, [{"type": "cms:saved"}, origin, True])
    assert len([url for url in asked if "/api/v3/preview/" in url]) == 1
    assert editor.url == before
    assert not any("evil" in url for url in asked)


def addresses(editor: Page, front_end: str) -> dict[str, str]:
    """The addresses of the fields, as the front end was given them."""
    found: dict[str, str] = frame_at(editor, front_end).evaluate(
        """async () => {
            const api = performance.getEntriesByType("resource").find(
                ({ name }) => name.includes("/preview/?token="),
            ).name;
            return (await (await fetch(api)).json()).source;
        }"""
    )
    return found


def row_of(editor: Page, goal: str) -> Locator:
    """The row of a goal in the form."""
    return editor.locator("#id_goals-FORMS > :not(.deleted)", has_text=goal)


def test_an_address_of_a_field_opens_there(editor: Page, front_end: str) -> None:
    source = addresses(editor, front_end)
    last = max(
        (pointer for pointer in source if re.fullmatch(r"/body/\d+/value", pointer)), key=len
    )
    path = source[last].rpartition(".")[2]
    rows = editor.locator("#id_goals-FORMS > *")
    for pointer, place in (
        (last, editor.locator(f"[data-contentpath='{path}']").first),
        # Far below the blocks, which are made by script.
        ("/goals", rows.first),
        ("/goals/1/goal_row", rows.nth(1)),
    ):
        editor.goto("about:blank")
        editor.goto(source.get(pointer) or source[pointer.rpartition("/")[0]])
        expect(place.locator(":focus")).to_be_in_viewport()
        editor.wait_for_timeout(700)
        expect(place.locator(":focus")).to_be_in_viewport()


def test_a_row_leads_to_its_place_in_the_form(editor: Page) -> None:
    shown_rows = shown(editor).locator("#rows li")
    names = [name.partition(": ")[2] for name in shown_rows.all_inner_texts()]
    assert len(names) == 2

    def click_row(position: int, goal: str) -> None:
        row = shown_rows.nth(position)
        expect(row).to_contain_text(goal, timeout=15_000)
        row.click(position={"x": 2, "y": 5})
        expect(row_of(editor, goal).locator(":focus")).to_be_in_viewport()

    click_row(1, names[1])
    # A section that is closed is opened.
    row_of(editor, names[0]).locator("[data-panel-toggle]").click()
    click_row(0, names[0])
    # Rows that were moved and deleted stand elsewhere; the form was not loaded anew.
    row_of(editor, names[0]).locator("[data-inline-panel-child-move-down]").click()
    click_row(0, names[1])
    row_of(editor, names[1]).get_by_title("Ta bort").click()
    expect(shown_rows).to_have_count(1, timeout=15_000)
    click_row(0, names[0])


def test_what_is_related_leads_to_its_own_editor(
    editor: Page, running_site: RunningSite, culture: int
) -> None:
    editor.on("dialog", lambda dialog: dialog.accept())
    title = shown(editor).locator("#rows b").first
    goal = title.inner_text()
    title.click()
    expect(editor).not_to_have_url(re.compile(rf"/pages/{culture}/edit/"))
    expect(editor.locator("[name=title]")).to_have_value(goal)
    expect(editor.locator("[name=title]")).to_be_focused()
    stories: Any = json_at(running_site, "/api/v3/stories/?locale=sv")
    story = next(one for one in stories["items"] if one["municipality"])
    editor.goto(f"/admin/pages/{story['id']}/edit/")
    panel = editor.locator("[data-side-panel=preview]")
    if not panel.is_visible():
        editor.locator("[data-side-panel-toggle=preview]").click()
    shown(editor).locator("#fact b").click()
    expect(editor).to_have_url(re.compile("/snippets/strategy/municipality/edit/"))
    name = editor.locator("[name=name]")
    expect(name).to_have_value(story["municipality"]["title"])
    expect(name).to_be_focused()


def test_a_click_leads_to_the_field(editor: Page) -> None:
    shown(editor).locator("#lead").click()
    expect(editor.locator("textarea[name=lead]")).to_be_focused()
    # A block far below, and its text.
    shown(editor).locator("#body section", has_text="paragraph:").last.click()
    field = editor.locator(":focus")
    expect(field).to_have_attribute("contenteditable", "true")
    expect(field).to_be_in_viewport()
    # A field on another tab.
    shown(editor).locator("#description").click()
    expect(editor.locator("textarea[name=search_description]")).to_be_focused()
    # What shows nothing of the draft is a link as ever.
    shown(editor).get_by_text("Somewhere else").click()
    expect(shown(editor).locator("h1")).to_have_text("")


def test_a_draft_is_viewed_in_a_window_of_its_own(tab: Page, culture: int, front_end: str) -> None:
    tab.goto(f"/admin/pages/{culture}/view_draft/")
    expect(tab).to_have_url(re.compile(rf"/admin/previews/{culture}/$"))
    page = tab.frame_locator("iframe")
    expect(page.locator("h1")).to_have_text("Kultur")
    with tab.context.expect_page() as opened:
        page.locator("#lead").click()
    field = opened.value.locator("textarea[name=lead]")
    opened.value.wait_for_load_state()
    expect(field).to_be_focused()
    # What is saved in the one tab is shown in the other.
    type_until_shown(opened.value, page)
    opened.value.close()


def test_a_translator_sees_the_translation_grow(
    tab: Page, running_site: RunningSite, front_end: str
) -> None:
    log_in(tab, "oversattare-smj", running_site)
    tab.goto("/admin/translation/work/?type=strategy.CulturePage")
    tab.get_by_role("button", name="Kultur – börja översätta").click()
    expect(tab.locator("[data-ready]")).to_be_visible()
    tab.get_by_role("button", name="Förhandsgranska").click()
    title = shown(tab).locator("h1")
    expect(title).to_have_text("Kultur")
    expect(title).to_have_attribute("lang", "sv")
    row = tab.locator(".string").first
    box = row.get_by_role("textbox").first
    box.click()
    tab.keyboard.type("Kultuvrra")
    box.blur()
    expect(title).to_have_text("Kultuvrra")
    expect(title).to_have_attribute("lang", "smj")
    shown(tab).locator("#lead").click()
    expect(tab.locator(".string.is-current .string-source")).to_contain_text("Konst och kultur")
    expect(tab.locator(".string.is-current")).not_to_have_attribute(
        "id", str(row.get_attribute("id"))
    )


def test_other_readers_see_what_the_cms_shows(editor: Page) -> None:
    mode = editor.locator("#id_preview_mode")
    mode.select_option("readers-en")
    expect(editor.locator(".front-end-preview")).to_be_hidden()
    own = editor.frame_locator("#w-preview-iframe")
    expect(own.locator("html")).to_have_attribute("lang", "en")
    expect(own.locator(".readers-notice")).to_contain_text("engelska")
    mode.select_option("")
    expect(editor.locator(".front-end-preview")).to_be_visible()
