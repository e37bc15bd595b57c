"""Each language's order, against that of ICU.

The lists in ``icu_order/`` are sorted by PostgreSQL 15 with ICU 72 (``ORDER BY word COLLATE
"se-x-icu"``, and so on; ``root.txt`` by ``und-x-icu``): each letter in several places, and words
that differ by one thing. What is not in them, because our order is another, is tested below by
name.
"""

import random
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages.registry import LANGUAGES, UnknownLanguage
from cms.languages.sorting import LONGEST_LEVEL, sort_key

LISTS: Final = Path(__file__).parent / "icu_order"
CODES: Final = tuple(LANGUAGES)
ALPHABETS: Final = {
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "en": "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "fi": "a b d e f g h i j k l m n o p r s t u v w x y z å ä ö",
    "fit": "a b d e f g h i j k l m n o p r s t u v w y z å ä ö",
    "se": "a á b c č d đ e f g h i j k l m n ŋ o p r s š t ŧ u v z ž ø æ å ä ö",
    "smj": "a á b d e f g h i j k l m n ń o p r s t u v å ä",
    "sma": "a b d e f g h i j k l m n o p r s t u v y å ä ö",
    "yi": "א ב בֿ ג ד ה ו ז ח ט י כּ כ ל מ נ ס ע פּ פֿ צ ק ר ש שׂ תּ ת",
    "rom": "a b c d e f g h i j k l m n o p r s t u v x z",
}
TEXTS: Final = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS: Final = st.text(alphabet="aåäöáÅÄÁčŋøđšzZž -9אבכך", max_size=6)


def words_in_order(collation: str) -> list[str]:
    return (LISTS / f"{collation}.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")


@pytest.mark.parametrize("code", CODES)
def test_the_order_is_that_of_icu(code: str) -> None:
    words = words_in_order(LANGUAGES[code].collation)
    assert len(words) > 300
    wrong = [
        f"{first!r} before {second!r}"
        for first, second in pairwise(words)
        if sort_key(first, code) >= sort_key(second, code)
    ]
    assert not wrong, f"ICU has {', '.join(wrong)}."


@pytest.mark.parametrize("code", CODES)
def test_an_alphabet_is_in_its_order(code: str) -> None:
    letters = ALPHABETS[code].split()
    shuffled = random.Random(2040).sample(letters, len(letters))
    assert sorted(shuffled, key=lambda letter: sort_key(letter, code)) == letters


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        ("sv", ["Arjeplog", "Zakrisson", "Ålloluokta", "Älvsbyn", "Överkalix"]),
        ("en", ["Ålloluokta", "Älvsbyn", "Arjeplog", "Överkalix", "Zakrisson"]),
        ("se", ["ahkku", "áhkku", "cahci", "čáhci", "mana", "maŋŋel", "zahku", "žáhku", "åhkku"]),
        ("fi", ["sakki", "šakki", "sali", "Vesa", "vesi", "Wesa", "wesi"]),
        ("sv", ["co op", "co-op", "coop", "idé", "idéer", "Vilhelm", "Wilhelm"]),
        ("yi", ["בוך", "בֿוך", "גאַס", "Norrbotten"]),
    ],
)
def test_titles_stand_where_a_reader_looks_for_them(code: str, titles: list[str]) -> None:
    shuffled = random.Random(2040).sample(titles, len(titles))
    assert sorted(shuffled, key=lambda title: sort_key(title, code)) == titles


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [("װאָס", "וואָס"), ("הױז", "הויז"), ("ײַ", "ייַ"), ("רב׳", "רב'"), ("צה״ל", 'צה"ל')],
)
def test_yiddish_digraphs_are_their_letters(written: str, otherwise: str) -> None:
    """ICU knows the two letters as a variant of one and not the digraph.

    It so puts one and the same word in two places, by the keyboard that it was typed on.
    """
    assert sort_key(written, "yi") == sort_key(otherwise, "yi")


def test_two_marks_on_a_letter_count_in_the_order_in_which_unicode_puts_them() -> None:
    """ICU sees the ring first, as it has å as one, and so puts this before ä in English.

    No language of ours writes it.
    """
    assert sort_key("ä", "en") < sort_key("a\u0323\u030a", "en")
    assert sort_key("a\u0323\u030a", "en") == sort_key("a\u030a\u0323", "en")


def test_what_is_one_letter_to_unicode_is_one() -> None:
    assert sort_key("ŀl", "en") == sort_key("l·l", "en")
    assert sort_key("utveck\u00adling", "sv") == sort_key("utveckling", "sv")


@pytest.mark.parametrize("code", CODES)
@given(text=TEXTS)
def test_the_same_text_has_the_same_key_however_it_is_composed(code: str, text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text), code) == sort_key(text, code)
    assert sort_key(unicodedata.normalize("NFC", text), code) == sort_key(text, code)


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
def test_what_follows_a_letter_does_not_matter_where_letters_differ(
    code: str, data: st.DataObject
) -> None:
    letters = ALPHABETS[code].split()
    place = data.draw(st.integers(min_value=1, max_value=len(letters) - 1))
    first, second = letters[place - 1 : place + 1]
    # Not in Hebrew letters, some of which are another letter together with the one before.
    endings = st.text(alphabet="abzåößčǀ 9-😀", max_size=8)
    assert sort_key(first + data.draw(endings), code) < sort_key(second + data.draw(endings), code)


@pytest.mark.parametrize("code", CODES)
@given(first=WORDS, second=WORDS)
def test_two_words_never_share_a_place(code: str, first: str, second: str) -> None:
    assert (sort_key(first, code) == sort_key(second, code)) == (first == second)


@given(text=st.text(min_size=0, max_size=3000))
def test_a_key_stays_small_enough_for_an_index(text: str) -> None:
    assert len(sort_key(text, "se")) <= 3 * LONGEST_LEVEL + 2 < 2000


def test_a_title_sorts_in_its_list_whatever_its_own_script() -> None:
    for code in CODES:
        titles = ["2040", "Norrbotten", "ייִדיש"]
        in_order = sorted(titles, key=lambda title: sort_key(title, code))
        expected = ["2040", "ייִדיש", "Norrbotten"] if code == "yi" else titles
        assert in_order == expected, code


def test_an_unknown_language_has_no_order() -> None:
    with pytest.raises(UnknownLanguage, match="'de'"):
        sort_key("Straße", "de")
