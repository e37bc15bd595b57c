"""The translators' editor in a browser: what is typed is what is stored, and nothing gets lost."""

import gzip
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from cms.translation.fragments import INLINE_TAGS, tokens
from cms.translation.fragments import fragment as written
from tests.harness.sampling import amount
from tests.running.browsing import json_at, log_in, publish_in_editor, swedish_tab
from tests.running.conftest import PROJECT, RunningSite
from tests.running.translation.translating import box_of, row_of

pytestmark = [pytest.mark.browser, pytest.mark.any_database]

TRANSLATOR = "oversattare-smj"
SCRIPTS: Final = PROJECT / "site/cms/translation/static/cms_translation/editor"
FRAGMENT_MODULE: Final = "/static/cms_translation/editor/fragment.js"

FRAGMENTS: Final = [
    "",
    " ",
    "Kultur",
    "A &amp; B &lt;b&gt; &amp;amp;",
    "fi\u0301nt  o\u0308ver\u00a0allt",
    'Läs <a id="a1">mer</a> och <a id="a2"><b>mer</b></a>.',
    "<b>fet <i>och <sup>2</sup></i></b><b>fet</b>",
    "<strong>RUS</strong> – (2030) דער וועג צום ציל",
    "<b>ייִד<i>יש</i></b>",
    "rad<br/>rad<br/><br/>rad",
    "<br/>rad<br/>",
    "<b>rad<br/></b>",
    "<br/>",
    "<br/><br/>",
    'före <a id="a1"></a> efter',
    'i <a id="lang-smj-1"><i>Jåhkåmåhkke</i></a> och <a id="a2">mer</a>',
    "\U0001f9ca is <code>x &lt; y</code>",
]

ROUND_TRIP: Final = """async ([module, fragments]) => {
    const { show, shown } = await import(module);
    const box = document.createElement("div");
    return fragments.map((one) => { show(box, one); return shown(box); });
}"""

SHOWN: Final = "async (box, module) => (await import(module)).shown(box)"

TRANSFER: Final = """(box, [kind, text]) => {
    const data = new DataTransfer();
    data.setData("text/html", `<h1 style="color: red">${text}</h1>`);
    data.setData("text/plain", text);
    const place = box.getBoundingClientRect();
    const where = { clientX: place.right - 5, clientY: place.top + 15 };
    const how = { bubbles: true, cancelable: true };
    box.dispatchEvent(
        kind === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, ...how })
            : new DragEvent("drop", { dataTransfer: data, ...how, ...where }),
    );
}"""

SELECT: Final = """(box, words) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const start = node.data.indexOf(words);
        if (start < 0) continue;
        document.getSelection().setBaseAndExtent(node, start, node, start + words.length);
        return;
    }
    throw new Error(`No text: ${words}`);
}"""

FAULTS: Final = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}"""


@pytest.fixture(scope="module")
def tab(running_site: RunningSite) -> Iterator[Page]:
    """The culture page, open for a translator of Lule Sámi."""
    with swedish_tab(running_site) as page:
        log_in(page, TRANSLATOR, running_site)
        page.goto("/admin/translation/work/?type=strategy.CulturePage")
        page.get_by_role("button", name="Kultur – börja översätta").click()
        expect(page.locator("[data-ready]")).to_be_visible()
        yield page


@pytest.fixture
def editor(tab: Page) -> Page:
    """The same, loaded anew."""
    tab.set_viewport_size({"width": 1360, "height": 900})
    tab.reload()
    expect(tab.locator("[data-ready]")).to_be_visible()
    return tab


def type_over(row: Locator, text: str) -> None:
    """Types a text in the place of what is there."""
    box_of(row).click()
    row.page.keyboard.press("Control+A")
    row.page.keyboard.type(text)


def select(row: Locator, words: str) -> None:
    """Selects words in a box."""
    box_of(row).evaluate(SELECT, words)


def shown(row: Locator) -> str:
    """The fragment that a box shows."""
    return str(box_of(row).evaluate(SHOWN, FRAGMENT_MODULE))


def stored(row: Locator) -> str:
    """The fragment that the server has."""
    context, string = (row.get_attribute("id") or "").removeprefix("string-").split("-")
    publish = row.page.locator("[data-translation-editor-publish-url-value]")
    base = (publish.get_attribute("data-translation-editor-publish-url-value") or "")[:-8]
    answer = row.page.request.get(f"{base}strings/{context}/{string}/history/")
    found = [one["data"] for one in answer.json()["versions"] if one["is_current"]]
    return str(found[0]) if found else ""


def expect_saved(page: Page) -> None:
    expect(page.locator(".editor-status")).to_have_attribute("data-status", "saved")


@contextmanager
def somebody_else(page: Page, name: str, site: RunningSite) -> Iterator[Page]:
    """A tab in which another user is logged in."""
    browser = page.context.browser
    assert browser is not None
    with browser.new_context(base_url=site.url, locale="sv-SE") as context:
        other = context.new_page()
        log_in(other, name, site)
        yield other


def kept(page: Page) -> list[str]:
    """The texts in the browser's store."""
    script = "Object.entries(localStorage).filter(([key]) => key.startsWith('translation-'))"
    return [value for _key, value in page.evaluate(script)]


def random_fragment(chance: random.Random, depth: int = 0) -> str:
    """A fragment of random text, breaks and elements."""
    texts = ("ord", " ", "A & <b>", "čáhci", "ייִדיש", "o\u0308")
    parts = []
    for _number in range(chance.randint(0, 4)):
        kind = chance.random()
        if kind < 0.2:
            parts.append("<br/>")
        elif kind < 0.5 and depth < 3:
            tag = chance.choice(INLINE_TAGS)
            inside = random_fragment(chance, depth + 1) or "x"
            mark = f' id="a{chance.randint(1, 3)}"' if tag == "a" else ""
            parts.append(f"<{tag}{mark}>{inside}</{tag}>")
        else:
            text = chance.choice(texts)
            parts.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return "".join(parts)


def test_a_fragment_comes_back_as_it_was(editor: Page) -> None:
    chance = random.Random(18)
    fragments = [*FRAGMENTS, *(random_fragment(chance) for _number in range(amount(200, 20000)))]
    assert [written(tokens(one)) for one in fragments] == fragments
    assert editor.evaluate(ROUND_TRIP, [FRAGMENT_MODULE, fragments]) == fragments


def test_the_scripts_are_small() -> None:
    sizes = [len(gzip.compress(path.read_bytes())) for path in SCRIPTS.glob("*.js")]
    assert 5_000 < sum(sizes) < 30_000


def test_a_link_moves_and_is_not_typed_away(editor: Page) -> None:
    row, keys = row_of(editor, "Arbetet hör ihop"), editor.keyboard
    type_over(row, "Barggo & <plána> dásse")
    lost = row.locator(".string-lost p")
    expect(lost).to_have_count(2)
    select(row, "plána")
    keys.press("Alt+2")
    select(row, "Barggo")
    keys.press("Alt+1")
    expect(lost).to_have_count(0)
    both = '<a id="a1">Barggo</a> &amp; &lt;<a id="a2">plána</a>&gt; dásse'
    assert shown(row) == both

    # Moved, undone, done again.
    select(row, "dásse")
    row.get_by_role("button", name="Länk: Mötesplatser nära alla").click()
    moved = 'Barggo &amp; &lt;<a id="a2">plána</a>&gt; <a id="a1">dásse</a>'
    assert shown(row) == moved
    keys.press("Control+Z")
    assert shown(row) == both
    keys.press("Control+Y")
    assert shown(row) == moved

    # Written over a link's words, a text stays in the link; deleted, the link is offered again.
    select(row, "plána")
    keys.type("girji")
    assert '<a id="a2">girji</a>' in shown(row)
    select(row, "girji")
    keys.press("Delete")
    expect(lost).to_contain_text("kulturplanen")
    row.locator(".string-lost button").last.click()
    expect(lost).to_have_count(0)
    expect_saved(editor)
    end = 'Barggo &amp; &lt;&gt; <a id="a1">dásse</a> <a id="a2">kulturplanen</a>'
    assert stored(row) == end
    expect(row).to_have_attribute("data-state", "done")


def test_only_text_and_the_codes_of_the_source_get_into_a_box(editor: Page) -> None:
    title, keys = row_of(editor, "Kultur"), editor.keyboard
    type_over(title, "Kultuvra")
    keys.press("Enter")
    keys.press("Control+B")
    box_of(title).evaluate(TRANSFER, ["paste", "\nja\tdáidda\x00"])
    assert shown(title) == "Kultuvra ja dáidda"
    box_of(title).evaluate(TRANSFER, ["drop", "!"])
    assert shown(title) == "Kultuvra ja dáidda!"

    bold = row_of(editor, "Vi ger stöd till")
    type_over(bold, "Mii doarjut museaid")
    keys.press("Control+B")
    keys.press("Control+I")
    keys.press("Enter")
    keys.type("ja  eará ")
    assert shown(bold) == "Mii doarjut <strong>museaid</strong><br/>ja  eará "
    keys.press("Control+A")
    keys.press("Control+B")
    keys.press("Control+B")
    assert shown(bold) == "Mii doarjut museaid<br/>ja  eará "
    assert box_of(bold).evaluate("box => box.querySelectorAll(':not(br)').length") == 0
    expect_saved(editor)


KEYS: Final = (
    *["Alt+1", "Alt+2", "Control+B", "Enter", "Backspace", "Control+Delete", "Home", "End"],
    *["Shift+ArrowLeft", "Control+Shift+ArrowRight", "Shift+Home", "ArrowRight", "Control+A"],
    *["Control+Z", "Control+Z", "Control+Y", "x", "&", "<", " ", "á"],
)


def test_whatever_is_done_a_box_holds_a_fragment(editor: Page) -> None:
    row = row_of(editor, "Arbetet hör ihop")
    type_over(row, "Barggo ja plána")
    editor.keyboard.press("Alt+C")
    whole = shown(row)
    for seed in range(amount(1, 40)):
        chance = random.Random(seed)
        for _number in range(60):
            key = chance.choice(KEYS)
            (editor.keyboard.type if len(key) == 1 else editor.keyboard.press)(key)
            parts = tokens(shown(row))
            links = Counter(part.code for part in parts if part.kind == "open")
            assert set(links) <= {"a1", "a2"}, key
            assert max(links.values(), default=0) <= 1, key
            assert not {"\n", "\xa0"} & set("".join(part.value for part in parts)), key
    row.get_by_role("button", name="Kopiera källtexten").click()
    assert shown(row) == whole
    expect_saved(editor)


def test_a_letter_that_is_composed_is_one_letter(editor: Page) -> None:
    title = row_of(editor, "Kultur")
    type_over(title, "K")
    keyboard = editor.context.new_cdp_session(editor)
    for typed in ("´", "á", "ář"):
        end = {"selectionStart": len(typed), "selectionEnd": len(typed)}
        keyboard.send("Input.imeSetComposition", {"text": typed, **end})
    keyboard.send("Input.insertText", {"text": "áŋ"})
    assert shown(title) == "Káŋ"
    editor.keyboard.press("Control+Z")
    assert shown(title) == "K"
    expect_saved(editor)


def test_a_mixed_text_stands_as_it_is_read(editor: Page) -> None:
    """A Yiddish box begins at the right, whatever letters come first."""
    box = box_of(row_of(editor, "Kultur"))
    box.evaluate("box => { box.dir = 'rtl'; box.lang = 'yi'; }")
    type_over(row_of(editor, "Kultur"), "RUS – (2030) דער וועג")
    places: dict[str, Any] = box.evaluate("""box => {
        const range = document.createRange();
        const node = box.firstChild;
        return Object.fromEntries(["R", "2", "ד", "ג"].map((letter) => {
            const at = node.data.indexOf(letter);
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            return [letter, range.getBoundingClientRect().x];
        }));
    }""")
    assert places["ג"] < places["ד"] < places["R"] < places["2"]
    expect_saved(editor)


def test_two_at_once_lose_nothing(editor: Page, running_site: RunningSite) -> None:
    source = "Konst och kultur"
    mine = row_of(editor, source)
    type_over(mine, "Mu teaksta")
    expect_saved(editor)
    with somebody_else(editor, "admin", running_site) as other:
        other.goto(editor.url)
        theirs = row_of(other, source)
        type_over(theirs, "Su teaksta")
        expect_saved(other)
    type_over(mine, "Mu ođđa teaksta")
    expect(mine.locator(".string-conflict")).to_contain_text("Su teaksta")
    assert stored(mine) == "Su teaksta"
    assert shown(mine) == "Mu ođđa teaksta"
    mine.locator(".string-conflict button").first.click()
    expect_saved(editor)
    assert stored(mine) == "Mu ođđa teaksta"

    # Theirs is in the history, and comes back at a click.
    mine.get_by_role("button", name="Historik").click()
    mine.locator("li", has_text="Su teaksta").get_by_role("button").click()
    expect_saved(editor)
    assert stored(mine) == "Su teaksta"


def test_a_session_that_ends_takes_no_text_along(editor: Page, running_site: RunningSite) -> None:
    row, status = row_of(editor, "Grönt norrsken"), editor.locator(".editor-status")
    editor.context.clear_cookies()
    type_over(row, "Ruoná guovssahas")
    expect(status).to_have_attribute("data-status", "trouble")
    [text] = kept(editor)
    assert "Ruoná guovssahas" in text
    with editor.context.expect_page() as opened:
        status.get_by_role("link").click()
    login = opened.value
    login.fill("[name=username]", TRANSLATOR)
    login.fill("[name=password]", running_site.password)
    login.click("button[type=submit]")
    login.wait_for_url("**/admin/")
    login.close()
    editor.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_saved(editor)
    assert kept(editor) == []
    assert stored(row) == "Ruoná guovssahas"


def test_without_a_connection_texts_wait_even_for_another_page(editor: Page) -> None:
    first, second = row_of(editor, "Kultur på många språk"), row_of(editor, "Så arbetar vi")
    status = editor.locator(".editor-status")
    editor.context.set_offline(True)
    type_over(first, "Moatti gillii")
    type_over(second, "Ná mii bargat")
    expect(status).to_contain_text("2")
    expect(status).to_have_attribute("data-status", "trouble")
    editor.context.set_offline(False)
    expect_saved(editor)
    assert (stored(first), stored(second)) == ("Moatti gillii", "Ná mii bargat")

    # A page that is left before the connection is back.
    editor.route("**/strings/**", lambda route: route.abort())
    type_over(first, "Galle gillii")
    expect(status).to_have_attribute("data-status", "trouble")
    editor.once("dialog", lambda dialog: dialog.accept())
    editor.reload()
    editor.unroute("**/strings/**")
    expect(box_of(first)).to_have_text("Galle gillii")
    editor.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(editor)
    assert stored(first) == "Galle gillii"
    assert kept(editor) == []


def test_a_source_that_changes_meanwhile_keeps_what_was_typed(
    editor: Page, running_site: RunningSite
) -> None:
    former, status = row_of(editor, "Konst och kultur"), editor.locator(".editor-status")
    type_over(former, "Dájdda ja kultuvrra")
    expect_saved(editor)
    culture = json_at(running_site, "/api/v3/pages/find/?html_path=/sv/utvecklingsomraden/kultur/")
    with somebody_else(editor, "redaktor", running_site) as other:
        other.goto(f"/admin/pages/{culture['id']}/edit/")
        lead = other.locator("textarea[name=lead]")
        lead.fill(lead.input_value().replace("alla som lever", "dem som bor"))
        publish_in_editor(other)
    type_over(former, "Dájdda ja kultuvrra gájkajda")
    expect(status).to_contain_text("Källan har ändrats")
    expect(former.locator(".string-fault")).not_to_be_empty()
    expect(box_of(former)).to_have_attribute("contenteditable", "false")
    assert kept(editor) == []

    # Loaded again, the new text has a row, which shows what changed and both texts of before.
    status.get_by_role("button").click()
    row = row_of(editor, "dem som bor")
    expect(row).to_have_attribute("data-state", "outdated")
    expect(row.locator("ins")).to_have_text(["dem ", "bor "])
    box_of(row).click()
    suggestion = row.locator(".string-suggestion", has_text="gájkajda")
    suggestion.get_by_role("button", name="Använd den här").click()
    expect(row).to_have_attribute("data-state", "done")
    assert stored(row) == "Dájdda ja kultuvrra gájkajda"


def test_a_text_to_review_is_approved(editor: Page, running_site: RunningSite) -> None:
    with somebody_else(editor, "oversattare-fi", running_site) as other:
        other.goto("/admin/translation/work/?type=strategy.CulturePage")
        other.locator("main").get_by_role("link", name="Kultur", exact=True).first.click()
        expect(other.locator("[data-ready]")).to_be_visible()
        row = other.locator(".string[data-state=review]").first
        ref = row.get_attribute("id")
        other.keyboard.press("Alt+R")
        other.keyboard.press("Alt+A")
        expect(other.locator(f"#{ref}")).to_have_attribute("data-state", "done")
        other.locator(".editor-filter[data-filter=review]").click()
        other.locator(".editor-approve").click()
        expect(other.locator(".string[data-state=review]")).to_have_count(0)


def test_keys_alone_do_all_of_it(editor: Page) -> None:
    keys, here = editor.keyboard, editor.locator(".string.is-current")
    done = editor.locator(".string[data-state=done]")
    before = done.count()
    keys.press("Alt+N")
    first = here.get_attribute("id")
    keys.press("Alt+C")
    expect(here).to_have_attribute("data-state", "same")
    keys.press("Alt+S")
    expect(here).to_have_attribute("data-state", "done")
    keys.press("Alt+N")
    assert here.get_attribute("id") != first
    keys.type("Okta teaksta")
    keys.press("Control+ArrowUp")
    expect(here).to_have_attribute("data-state", "done")
    expect(done).to_have_count(before + 2)
    keys.press("Escape")
    keys.press("?")
    dialog = editor.locator("#keyboard-shortcuts-dialog")
    expect(dialog).to_be_visible()
    expect(dialog.locator("tbody").first).to_contain_text("Alt + n")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    filtered = editor.locator("[data-filter=missing]")
    filtered.focus()
    keys.press("Enter")
    missing = editor.locator(".string[data-state=missing]:visible")
    expect(filtered.locator("b")).to_have_text(str(missing.count()))
    expect(editor.locator(".string:visible")).to_have_count(missing.count())
    keys.press("Alt+Enter")
    expect(editor.locator(".editor-status")).to_contain_text(re.compile("publicera", re.IGNORECASE))


@pytest.mark.parametrize("width", [1360, 390])
def test_nothing_stands_in_anybodys_way(editor: Page, width: int) -> None:
    editor.set_viewport_size({"width": width, "height": 844})
    box_of(row_of(editor, "Arbetet hör ihop")).click()
    assert editor.evaluate(FAULTS) == []
    assert editor.evaluate("document.documentElement.scrollWidth") <= width
