"""A fragment and its codes, and what is wrong with a translation's."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import given
from wagtail_localize.strings import StringValue

from cms.common.characters import for_xml
from cms.translation.fragments import damage, fragment, plain_text, tag_of, tokens
from tests.cms.exchange.formats.samples import fragments


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """The tests quote messages as the code has them, not as a catalogue translates them."""
    with translation.override("en"):
        yield


LINKED = 'Läs <a id="a1">planen</a> och <a id="a2">kartan</a>'


@given(fragments())
def test_a_fragment_comes_together_as_it_was(text: str) -> None:
    assert fragment(tokens(text)) == text


@given(fragments())
def test_wagtail_localize_has_nothing_against_it(text: str) -> None:
    assert StringValue.from_translated_html(text).data == text
    assert damage(text, text, is_plain=False) is None


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        (LINKED, 'Låga <a id="a1">plánav</a>', "“a2” is missing"),
        (LINKED, LINKED + '<a id="a1">x</a>', "“a1” is there twice"),
        (LINKED, LINKED + '<a id="a3">x</a>', "no link “a3”"),
        ("Ett <b>två</b>", "Akta <b>guokta", "<b> is not closed"),
        ("Ett <b>två</b>", "Akta guokta</b>", "</b> closes nothing"),
        ("Ett <b>två <i>tre</i></b>", "<b>Akta <i>guokta</b></i>", "closes nothing"),
        ("Ett", "<script>alert(1)</script>", "<script> is not allowed"),
        ("Ett", '<span lang="smj">Akta</span>', "<span> is not allowed"),
        ("Ett", '<b onclick="x()">Akta</b>', "has attributes"),
        ("Ett", '<a href="https://x.se">Akta</a>', "has attributes"),
        ("Ett", "<a>Akta</a>", "no link “a”"),
        ("Ett", "Akta <", "no allowed tag"),
        ("Ett", "&lt;script&gt;alert(1)&lt;/script&gt;", "HTML typed as text"),
        ("Ett", "<b> </b>", "no text"),
        ("Ett", "\u200b \u2060\ufeff\u00ad", "no text"),
        ("Ett", "\u3164\u2800", "no text"),
        (LINKED, '<a id="a1">plánav <a id="a2">kártav</a></a>', "“a2” is in another link"),
        (LINKED, 'Låga <a id="a1"/> <a id="a2">kártav</a>', "not closed"),
        (LINKED, 'Låga <a id="a1"></a>, <a id="a2">kártav</a>', "“a1” is empty"),
        (LINKED, 'Låga <a id="a1"><b>\u200b</b></a>, <a id="a2">kártav</a>', "“a1” is empty"),
        ("Det finns %(count)d sidor", "Gávnnuji sijdo", "%(count)d"),
        ("Hej {name}", "Buoris {namma}", "{name}"),
    ],
)
def test_damage_is_named(source: str, target: str, said: str) -> None:
    assert said in str(damage(source, target, is_plain=False))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (LINKED, '<b>Låga</b> <a id="a2">kártav</a>, <a id="a1">plánav</a>'),
        ("Ett <b>två</b> tre", "Akta guokta gålmmå"),
        ("Ett<br/>två", "Akta guokta"),
        ("1 &lt; 2", "1 &lt; 2, ja 2 &gt; 1"),
        ("Ett", "&lt;Akta"),
        ("Om &lt;b&gt; i HTML", "&lt;b&gt; HTML:n"),
        ("50 % av alla", "50 % gájkajs"),
    ],
)
def test_a_translator_may_move_what_is_no_link(source: str, target: str) -> None:
    assert damage(source, target, is_plain=False) is None


@pytest.mark.parametrize(
    "text", ['Läs <a id="a1"></a>', '<a id="a1">Läs <a id="a2">planen</a></a>', "\u200b"]
)
def test_what_is_odd_in_the_source_may_stay_so(text: str) -> None:
    assert damage(text, text, is_plain=False) is None


def test_a_field_has_a_length() -> None:
    assert damage("Ett", "Akta <b>&amp;</b>", is_plain=False, max_length=6) is None
    said = damage("Ett", "Akta &amp; guokta", is_plain=True, max_length=6)
    assert said == "It has 13 characters; the field holds 6. Shorten it."


def test_a_field_of_text_holds_no_tags() -> None:
    assert "text alone" in str(damage("Ett", "<b>Akta</b>", is_plain=True))
    assert damage("Ett<br/>två", "Akta<br/>guokta", is_plain=True) is None


def test_what_a_person_reads() -> None:
    assert plain_text("Ett<br/><b>två</b> &amp; &lt;tre&gt;") == "Ett\ntvå & <tre>"


def test_a_code_names_its_tag() -> None:
    assert [tag_of(code) for code in ("a1", "a-1", "strong12", "br1")] == ["a", "a", "strong", "br"]
    assert [tag_of(code) for code in ("", "a", "7", "script1")] == [None] * 4


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert for_xml("a\x00b\x0bc\ud800d\n👩") == "abcd\n👩"
