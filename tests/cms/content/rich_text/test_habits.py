"""Texts of other programs keep their words, the order, the lists and the looks."""

import random

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html
from playwright.sync_api import sync_playwright

from cms.common.characters import for_xml
from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.rich_text.normalising import normalised
from tests.chromium import chromium_path
from tests.cms.content.rich_text.habits import PROGRAMS, Line, Words, texts
from tests.cms.content.rich_text.test_reading import TAKEN
from tests.harness.sampling import examples
from tests.running.browsing import QUIET

FEATURES = tuple(PARAGRAPH_FEATURES)
LOOKS = {"b", "i", "sup", "sub", "a"}
OWN = "sv"
"""The language of the texts."""


def read(html: str) -> list[Line]:
    """Paragraphs and items of stored HTML by another parser than the product's."""
    lines = []
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iter("p", "li"):
        parents = [each.tag for each in element.iterancestors() if each.tag in {"ul", "ol"}]
        lines.append(
            Line(parents[0] if parents else "p", max(len(parents) - 1, 0), _words(element))
        )
    return lines


def _words(element: lxml_html.HtmlElement) -> tuple[Words, ...]:
    found = [(element.text or "", "")]
    for child in element:
        if child.tag in LOOKS:
            found.append((child.text_content(), child.get("lang") or child.tag))
        found.append((child.tail or "", ""))
    return tuple(Words(word, look) for text, look in found for word in text.split())


@pytest.mark.parametrize("program", PROGRAMS)
def test_words_order_lists_and_looks_stay(program: str) -> None:
    @settings(max_examples=examples(50, 10_000))
    @given(texts())
    def stays(lines: list[Line]) -> None:
        html = PROGRAMS[program](lines)
        stored, _removals = normalised(html, FEATURES, OWN)
        assert read(stored) == lines, html
        assert normalised(stored, FEATURES)[0] == stored

    stays()


@pytest.mark.skipif(chromium_path() is None, reason="Chromium is not installed")
def test_a_browser_shows_the_same_words_before_and_after() -> None:
    """Of what other programs write, and of every text that :data:`TAKEN` has.

    But for characters that XML cannot hold, which browsers show as boxes.
    """
    chance = random.Random(0)
    written = [PROGRAMS[name](_text(chance)) for name in sorted(PROGRAMS) for _each in range(20)]
    sent = [
        *written,
        *(html for html, _stored in TAKEN if for_xml(html) == html and "&#8;" not in html),
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        try:
            page = browser.new_page()
            shown = [page.evaluate(SHOWN, html) for html in sent]
            stored = [page.evaluate(SHOWN, normalised(html, FEATURES, OWN)[0]) for html in sent]
        finally:
            browser.close()
    assert [
        html for html, *pair in zip(sent, shown, stored, strict=True) if pair[0] != pair[1]
    ] == []
    assert any("sup" in html for html in written)


SHOWN = """html => {
    const place = document.createElement('div');
    place.innerHTML = html;
    // Bullets that Word writes as words; a list has its own.
    place.querySelectorAll('[style*="mso-list:Ignore"]').forEach(each => each.remove());
    document.body.replaceChildren(place);
    return place.innerText.split(/[\\s\\u200b]+/).filter(word => word);
}"""
"""Words that a browser shows of HTML, in order."""


def _text(chance: random.Random) -> list[Line]:
    """A text with all kinds of lines and looks."""
    styles = ["", "b", "i", "sup", "sub", "a", "smj"]
    shape = [("p", 0), ("ul", 0), ("ol", 1), ("ol", 1), ("ul", 0), ("p", 0), ("ol", 0)]
    return [
        Line(kind, depth, tuple(Words(f"{chance.choice(styles)}{number}", chance.choice(styles))
                                for number in range(4)))
        for kind, depth in shape
    ]  # fmt: skip
