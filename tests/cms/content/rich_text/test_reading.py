"""HTML is stored as a browser shows it, or refused with how else to write it."""

import cProfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import translation

from cms.content.blocks.paragraph import PARAGRAPH_FEATURES
from cms.content.rich_text.normalising import NotStorable, normalised
from cms.content.rich_text.parsing import _as_in_browser, _as_written, parsed

FEATURES = tuple(PARAGRAPH_FEATURES)


def stored(html: str, features: tuple[str, ...] = FEATURES) -> str:
    return normalised(html, features)[0]


JOKKMOKK = '<a linktype="language" lang="smj">Jåhkåmåhkke</a>'

TAKEN = [
    ("Ett", "<p>Ett</p>"),
    ("<p>Ett<p>Två", "<p>Ett</p><p>Två</p>"),
    ("<div>Ett<div>Två</div>Tre</div>", "<p>Ett</p><p>Två</p><p>Tre</p>"),
    ("<p> Ett\n  två&nbsp;tre </p>", "<p>Ett två\xa0tre</p>"),
    ("<p>Ett<br>två<br></p>", "<p>Ett<br/>två</p>"),
    ("<p></p><p>&nbsp;</p><p>\u200b</p><p><br></p><p>x</p>", "<p>x</p>"),
    ('<p>a <a href="https://a.example/"></a> b</p>', "<p>a b</p>"),
    ('<p>a<a href="/x"> </a>b</p>', "<p>a b</p>"),
    ("<p>10<sup>3</sup> CO<sub>2</sub></p>", "<p>10<sup>3</sup> CO<sub>2</sub></p>"),
    ("<strong>x</strong><em>y</em>", "<p><b>x</b><i>y</i></p>"),
    ("<p>< 5 &amp; > 3 &quot;x&quot;</p>", '<p>&lt; 5 &amp; &gt; 3 "x"</p>'),
    # Lists.
    ("<ul><li><p>Ett</p></li><li><p>Två</p></li></ul>", "<ul><li>Ett</li><li>Två</li></ul>"),
    ("<ul><li><p>a</p><p>b</p>c</li></ul>", "<ul><li>a<br/>b<br/>c</li></ul>"),
    (
        "<ol><li>Ett<ul><li>a</li></ul></li><li>Två</li></ol>",
        "<ol><li>Ett<ul><li>a</li></ul></li><li>Två</li></ol>",
    ),
    (
        "<ol><li>Ett</li><ul><li>a</li></ul><li>Två</li></ol>",
        "<ol><li>Ett<ul><li>a</li></ul></li><li>Två</li></ol>",
    ),
    ('<ol start="5"><li>Fem</li></ol>', '<ol start="5"><li>Fem</li></ol>'),
    ('<ol><li value="7">Sju</li></ol>', '<ol start="7"><li>Sju</li></ol>'),
    (
        "<ol><li>a</li></ol><ol><li>b</li></ol>",
        '<ol><li>a</li></ol><ol start="1"><li>b</li></ol>',
    ),
    ("<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol>",
     "<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol>"),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<ul><ul><li>x</li></ul></ul>", "<ul><li>x</li></ul>"),
    ("<ul><li></li><li>x</li></ul>", "<ul><li>x</li></ul>"),
    ("<li>x</li>", "<ul><li>x</li></ul>"),
    # What cannot stand around a paragraph stands in it.
    ('<a href="/x"><p>a</p><p>b</p></a>',
     '<p><a href="/x">a</a></p><p><a href="/x">b</a></p>'),
    ("<b><ul><li>a</li></ul></b>", "<ul><li><b>a</b></li></ul>"),
    ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
    ('<span style="font-weight:700">a</span>', "<p><b>a</b></p>"),
    ('<p>x<span style="vertical-align:super">2</span></p>', "<p>x<sup>2</sup></p>"),
    ('<em style="font-style:normal">a</em>', "<p>a</p>"),
    # Links.
    ('<p><a linktype="page" id="3">a</a></p>', '<p><a linktype="page" id="3">a</a></p>'),
    ('<p><a href="mailto:a@b.se">a</a></p>', '<p><a href="mailto:a@b.se">a</a></p>'),
    ('<p><a name="x">a</a></p>', "<p>a</p>"),
    ('<a href="/x">a<br>b</a>', '<p><a href="/x">a</a><br/><a href="/x">b</a></p>'),
    # Words in another language; the innermost says it, and a link is in none of its own.
    ('<p>Vi i <span lang="smj">Jåhkåmåhkke</span></p>', f"<p>Vi i {JOKKMOKK}</p>"),
    ('<p>Vi i <i lang="SMJ-se">Jåhkåmåhkke</i></p>',
     f"<p>Vi i {JOKKMOKK.replace('Jåhkåmåhkke', '<i>Jåhkåmåhkke</i>')}</p>"),
    ('<p lang="fi">a <span lang="smj">Jåhkåmåhkke</span></p>',
     f'<p><a linktype="language" lang="fi">a</a> {JOKKMOKK}</p>'),
    ('<p>a <span lang="fi">b<br>c</span></p>',
     '<p>a <a linktype="language" lang="fi">b</a><br/><a linktype="language" lang="fi">c</a></p>'),
    ('<p><span lang="en-US">a</span> <b lang="xx">b</b> <span lang="">c</span></p>',
     "<p>a <b>b</b> c</p>"),
    ('<p><a linktype="language" lang="xx">a</a><a linktype="language">b</a></p>', "<p>ab</p>"),
    ('<p>a<span lang="smj"> </span>b</p>', "<p>a b</p>"),
    ('<p><a href="/x"><span lang="smj">a</span></a></p>', '<p><a href="/x">a</a></p>'),
    ('<p><span lang="smj">a <a href="/x">b</a></span></p>',
     '<p><a linktype="language" lang="smj">a</a> <a href="/x">b</a></p>'),
    # Nothing that does anything.
    ('<p onclick="x()" class="y" style="color:red" id="z">a</p>', "<p>a</p>"),
    ("<meta charset='utf-8'><p>a<!-- b --></p><wbr>", "<p>a</p>"),
    ("<p>a\x00\x08b&#8;&#xD800;</p>", "<p>ab\ufffd</p>"),
    ("<p>\ud800a</p>", "<p>a</p>"),
    ("<p>&#150; &euro;</p>", "<p>– €</p>"),
    ("<![CDATA[x]]><?php y ?>z", "<p>z</p>"),
    ("", ""),
]  # fmt: skip
"""HTML, and what is stored of it."""


@pytest.mark.parametrize(("html", "expected"), TAKEN)
def test_a_text_is_stored_as_a_browser_shows_it(html: str, expected: str) -> None:
    assert stored(html) == expected
    assert stored(expected) == expected


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<table><tr><td>2025</td><td>12</td></tr></table>", "<table>"),
        ("<style>p{color:red}</style><p>x</p>", "<style>"),
        ("<p>x</p><script>alert(1)</script>", "<script>"),
        ("<h2>x</h2>", "heading block"),
        ("<p>x <img src='y'></p>", "image block"),
        ("<p>100 <del>200</del></p>", "struck"),
        ("<pre>x</pre>", "<pre>"),
        ("<hr>", "<hr>"),
        ("<iframe src='x'></iframe>", "<iframe>"),
        ("<svg><text>x</text></svg>", "<svg>"),
        ("<math><mi>x</mi></math>", "<math>"),
        ("<form><input></form>", "<form>"),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", "inner list"),
        ("<ul>a</ul>", "in no item"),
        ("<ol reversed><li>a</li></ol>", "counts down"),
        ("<p>a<span hidden>b</span></p>", "“b” is hidden"),
        ('<p>a<span style="display: none">b</span></p>', "hidden"),
        ('<p>a<span style="mso-hide:all">b</span></p>', "hidden"),
        ('<a href="javascript:alert(1)">x</a>', "javascript:alert(1)"),
        ('<a href="java\tscript:alert(1)">x</a>', "no safe address"),
        ('<a href="data:text/html,x">x</a>', "no safe address"),
        ('<a linktype="page" id="abc">x</a>', "linktype"),
        ('<a linktype="page">x</a>', "linktype"),
        ('<a linktype="other" id="1">x</a>', "linktype"),
        ("<b>" * 50_000 + "x", "50 elements"),
        ("<b>" * 60 + "</x>" * 60 + "x", "50 elements"),
        ("<font size=1>" * 60, "50 elements"),
        ("<ul><li>" * 60 + "x", "50 elements"),
        ("x" * 2_000_001, "2000000"),
    ],
    ids=lambda value: value[:20],
)
def test_what_cannot_be_stored_is_refused(html: str, named: str) -> None:
    with translation.override("en"), pytest.raises(NotStorable) as refused:
        stored(html)
    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        ("<b>x</b>", "bold"),
        ("<i>x</i>", "italic"),
        ("<sup>x</sup>", "superscript"),
        ("<ol><li>x</li></ol>", "ol"),
        ('<a href="/x">x</a>', "link"),
        ('<a linktype="document" id="1">x</a>', "document-link"),
    ],
)
def test_what_a_field_does_not_offer_is_refused(html: str, missing: str) -> None:
    assert stored(html)
    with pytest.raises(NotStorable):
        stored(html, tuple(set(FEATURES) - {missing}))


def test_what_goes_beside_the_words_is_reported() -> None:
    html, removals = normalised("<p><mark>a</mark> <u>b</u> <span>c</span></p>", FEATURES)
    assert html == "<p>a b c</p>"
    assert [removal.tag for removal in removals] == ["mark", "u"]


def test_words_need_no_mark_of_the_language_of_their_text() -> None:
    html = '<p><span lang="sv">Vi</span> <span lang="smj">a <b lang="sv-SE">i</b></span></p>'
    marked = '<a linktype="language" lang="smj">a</a>'
    assert normalised(html, FEATURES, "sv")[0] == f"<p>Vi {marked} <b>i</b></p>"
    assert stored(html, tuple(set(FEATURES) - {"language"})) == "<p>Vi a <b>i</b></p>"


def test_a_link_in_another_language_is_reported() -> None:
    """A link and a mark cannot stand in one another: the link stays."""
    for html in (
        '<p><a href="/x" lang="fi">Jokkmokk</a></p>',
        '<p><a href="/x"><i lang="fi">Jokkmokk</i></a></p>',
        '<p lang="fi"><a href="/x">Jokkmokk</a></p>',
    ):
        _html, [removal] = normalised(html, FEATURES, "sv")
        assert (removal.attribute, removal.detail) == ("lang", "Jokkmokk")
        assert not normalised(html, FEATURES, "fi")[1]


def test_keys_of_paragraphs_stay_and_are_unique() -> None:
    html = '<p data-block-key="a1">x</p><p data-block-key="a1">y</p><p data-block-key="&lt;">z</p>'
    assert stored(html) == '<p data-block-key="a1">x</p><p>y</p><p>z</p>'


def test_a_text_that_names_a_file_is_not_read(tmp_path: Path) -> None:
    """tinyhtml5 opens a short string that is the path of a file."""
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    assert stored(str(secret)) == f"<p>{secret}</p>"


def test_what_the_editor_writes_is_parsed_alike_by_both_parsers() -> None:
    for html in (
        '<p data-block-key="a">x &amp; <b>y<i>z</i></b><br/><a href="/x?a=&amp;&#x27;">w</a></p>',
        '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>',
    ):
        assert _as_written(html) is not None
        assert _shape(parsed(html)) == _shape(_as_in_browser(html))


@pytest.mark.parametrize(
    "html",
    [
        "<p><p>x</p></p>",
        "<p/>x",
        "<a href='/x'>a<b><a href='/y'>b</a></b></a>",
        "<p><ul><li>x</li></ul></p>",
        "<b><p>x</p></b>",
        "<p>&#150;</p>",
        "<p><![CDATA[x]]></p>",
        "<p>x<!-- y --></p>",
        "<ul><p>x</p></ul>",
        "<x>y</x>",
    ],
)
def test_what_xml_takes_otherwise_is_parsed_as_in_a_browser(html: str) -> None:
    assert _as_written(html) is None


def _shape(element: object) -> object:
    return [
        (child.tag, dict(child.attrib), child.text or "", child.tail or "", _shape(child))
        for child in element  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    "piece", ["<p>x", "<a", "<b>x</b>", "<a href='<b'>", "</b>", "&lt", "<!--"]
)
def test_work_grows_in_proportion_to_the_text(piece: str) -> None:
    """Counted in calls of functions, whatever a text repeats."""

    def calls(repeated: int) -> int:
        profile = cProfile.Profile()
        with profile, suppress(NotStorable):
            normalised.__wrapped__(piece * repeated, FEATURES)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(2_000) < 12 * calls(200)
