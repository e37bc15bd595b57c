"""The editor: what it is given and gives back is what was stored."""

import json
from typing import Any

import pytest
from wagtail.admin.rich_text import get_rich_text_editor_widget

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.rich_text.editor import RichTextArea


@pytest.fixture
def widget() -> Any:
    found = get_rich_text_editor_widget(features=PARAGRAPH_FEATURES)
    assert isinstance(found, RichTextArea)
    return found


def saved(widget: Any, html: str) -> str:
    """The text as it is stored when a form is saved in which nobody changed it."""
    stored: str = widget.value_from_datadict({"x": widget.format_value(html)}, {}, "x")
    return stored


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="a">Ett <b>två <i>tre</i></b> 10<sup>3</sup> CO<sub>2</sub></p>',
        '<p data-block-key="a">a <a href="https://x.example/?a=1&amp;b=2">b <b>c</b></a> d</p>',
        '<p data-block-key="a"><b>a </b><a href="/x"><b>b</b></a>, c<br/>d</p>',
        (
            '<ol start="5"><li data-block-key="a">Fem<ul><li data-block-key="b">x</li></ul></li>'
            '<li data-block-key="c">Sex</li></ol>'
        ),
        '<ol><li data-block-key="a">a</li></ol><ol start="1"><li data-block-key="b">b</li></ol>',
        '<ul><li data-block-key="a">a<ol start="3"><li data-block-key="b">b</li></ol></li></ul>',
        (
            '<ol><li data-block-key="a">a<ol><li data-block-key="b">b<ul><li data-block-key="c">c'
            '</li></ul></li><li data-block-key="d">d</li></ol></li><li data-block-key="e">e</li>'
            "</ol>"
        ),
        '<p data-block-key="a">Vi i <a linktype="language" lang="smj">Jåhkå<b>måhkke</b></a>.</p>',
        '<p data-block-key="a">&lt;b&gt; &amp;amp; "\'</p>',
    ],
)
def test_a_text_that_nobody_changed_stays_as_it_is(widget: Any, html: str) -> None:
    # Wagtail moves the space before a change of looks; the second time nothing moves.
    once = saved(widget, html)
    assert saved(widget, once) == once
    assert once.replace("</b> ", " </b>") == html.replace("</b> ", " </b>")


def test_a_list_goes_on_after_an_inner_one(widget: Any) -> None:
    """Also where an earlier version stored two lists."""
    former = (
        '<ol><li data-block-key="a">Ett<ul><li data-block-key="b">x</li></ul></li></ol>'
        '<ol><li data-block-key="c">Två</li></ol>'
    )
    assert saved(widget, former) == former.replace("</ol><ol>", "")


def typed(*blocks: dict[str, Any], entities: dict[str, Any] | None = None) -> str:
    """The JSON that the editor posts."""
    return json.dumps({"blocks": blocks, "entityMap": entities or {}})


def block(text: str, kind: str = "unstyled", **more: Any) -> dict[str, Any]:
    plain = {"key": f"k{abs(hash(text)) % 1000}", "depth": 0, "inlineStyleRanges": []}
    return {**plain, "text": text, "type": kind, "entityRanges": [], **more}


def test_a_line_break_in_a_link_stays(widget: Any) -> None:
    link = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "/x"}}}
    posted = typed(
        block("a\nb", key="k", entityRanges=[{"key": 0, "offset": 0, "length": 3}]), entities=link
    )
    assert widget.value_from_datadict({"x": posted}, {}, "x") == (
        '<p data-block-key="k"><a href="/x">a</a><br/><a href="/x">b</a></p>'
    )


def test_paragraphs_and_links_without_words_go(widget: Any) -> None:
    link = {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "/x"}}}
    posted = typed(
        block("", key="a"),
        block("x  ", key="b", entityRanges=[{"key": 0, "offset": 1, "length": 1}]),
        block("\u200b", key="c"),
        entities=link,
    )
    assert widget.value_from_datadict({"x": posted}, {}, "x") == '<p data-block-key="b">x</p>'


def test_characters_that_xml_cannot_hold_are_dropped(widget: Any) -> None:
    posted = typed(block("a\x08b\ufffe\ud800c", key="k"))
    assert widget.value_from_datadict({"x": posted}, {}, "x") == '<p data-block-key="k">abc</p>'


def test_superscript_and_subscript_are_offered(widget: Any) -> None:
    offered = {style["type"] for style in widget.options["inlineStyles"]}
    assert {"SUPERSCRIPT", "SUBSCRIPT", "BOLD", "ITALIC"} <= offered
