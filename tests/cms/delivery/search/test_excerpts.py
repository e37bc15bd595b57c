"""The words around a match, as HTML that is safe."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.search.excerpts import EXCERPT_LENGTH, excerpt
from cms.delivery.search.query import parse_query
from tests.cms.delivery.search.publishing import publish, search


def excerpt_of(text: str, query: str, code: str = "sv") -> str:
    return excerpt(text, parse_query(query, code), code, {})


@pytest.mark.parametrize(
    ("code", "query", "text", "expected"),
    [
        ("se", "cahci", "Dá lea čáhci.", "Dá lea <mark>čáhci</mark>."),
        ("se", "čáhci", "Dá lea cahci.", "Dá lea <mark>cahci</mark>."),
        ("se", "cahci", "Dá lea c\u030ca\u0301hci.", "Dá lea <mark>c\u030ca\u0301hci</mark>."),
        ("se", "cah", "Čáhcesuolu ja čáhci", "<mark>Čáhcesuolu</mark> ja <mark>čáhci</mark>"),
        ("sv", "alvsbyn", "Älvsbyn", "Älvsbyn"),
        ("sv", "ÄLVSBYN", "Älvsbyns Älvsbyn", "<mark>Älvsbyns</mark> <mark>Älvsbyn</mark>"),
        ("sv", "älvsbyn kommun", "Älvsbyns kommun", "Älvsbyns <mark>kommun</mark>"),
        ("yi", "יידיש", "אױף ייִדיש", "אױף <mark>ייִדיש</mark>"),
        ("sv", '"grön el"', "grön gas, grön el", "grön gas, <mark>grön</mark> <mark>el</mark>"),
        ("sv", "utvecklingen", "ut\u00advecklingen", "<mark>ut\u00advecklingen</mark>"),
        ("sv", "b", "a < b & c > 'd' \"e\"",
         "a &lt; <mark>b</mark> &amp; c &gt; &#x27;d&#x27; &quot;e&quot;"),
        ("sv", "script", "<script>alert(1)</script>",
         "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("sv", "rad", "en\nrad  till", "en <mark>rad</mark> till"),
        ("sv", "annat", "Inget här", "Inget här"),
        ("sv", "annat", "", ""),
    ],
)  # fmt: skip
def test_a_match_is_marked_and_the_rest_escaped(
    code: str, query: str, text: str, expected: str
) -> None:
    assert excerpt_of(text, query, code) == expected


def test_it_is_about_two_hundred_characters_of_whole_words_around_the_first_match() -> None:
    text = " ".join(f"ord{number}" for number in range(1000))
    shown = excerpt_of(text, "ord500 ord501")
    assert shown.startswith("…ord4")
    assert "<mark>ord500</mark> <mark>ord501</mark> ord502" in shown
    plain = re.sub(r"</?mark>", "", shown)
    assert set(plain.strip("…").split()) <= set(text.split())
    assert plain.endswith("…")
    assert EXCERPT_LENGTH - 20 <= len(plain) <= EXCERPT_LENGTH + 2


@pytest.mark.parametrize(
    ("query", "parts", "expected"),
    [
        ("rad", [(0, 6, "sv")], '<span lang="sv">en <mark>rad</mark></span> och mer'),
        ("mer", [(0, 6, "sv")], '<span lang="sv">en rad</span> och <mark>mer</mark>'),
        ("och", [(0, 6, "sv"), (7, 14, "en")],
         '<span lang="sv">en rad</span> <span lang="en"><mark>och</mark> mer</span>'),
        ("mer", [(20, 30, "sv")], "en rad och <mark>mer</mark>"),
    ],
)  # fmt: skip
def test_another_language_is_marked(
    query: str, parts: list[tuple[int, int, str]], expected: str
) -> None:
    assert excerpt("en rad\noch mer", parse_query(query, "se"), "se", {}, parts) == expected


def test_another_language_is_marked_where_it_is_cut_off() -> None:
    text = "ord " * 100 + "mitt " + "ord " * 100
    shown = excerpt(text, parse_query("mitt", "se"), "se", {}, [(0, len(text), "sv")])
    assert shown.startswith('…<span lang="sv">ord')
    assert shown.endswith("ord</span>…")


def test_without_a_match_it_is_the_beginning() -> None:
    text = "början " + "ord " * 100
    shown = excerpt_of(text, "titel")
    assert shown.startswith("början ord")
    assert shown.endswith(" ord…")


@given(
    text=st.text(alphabet="abcåčá <>&\"'\n-שּ日", max_size=600),
    query=st.text(alphabet='abcåčá "שּ日', max_size=10),
)
def test_it_is_always_a_part_of_the_text_with_nothing_but_marks_in_it(
    text: str, query: str
) -> None:
    shown = excerpt_of(text, query, "se")
    plain = html.unescape(re.sub(r"</?mark>", "", shown))
    assert plain.strip("…") in re.sub(r"\s+", " ", text)
    assert len(plain) <= EXCERPT_LENGTH + 250
    assert not re.search(r"""[<>"']""", shown.replace("<mark>", "").replace("</mark>", ""))
    assert shown.count("<mark>") == shown.count("</mark>")
    assert "<mark></mark>" not in shown


@pytest.mark.django_db
def test_a_hit_has_the_excerpt_of_its_text() -> None:
    publish("Titel", "Dá lea čáhci & eana.", locale="se")
    (hit,) = search("cahci", "se").hits
    assert hit.excerpt == "Dá lea <mark>čáhci</mark> &amp; eana."
