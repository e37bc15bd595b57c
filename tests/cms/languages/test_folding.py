import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.languages.folding import fold, visible
from cms.languages.registry import LANGUAGES, UnknownLanguage


@pytest.mark.parametrize(
    ("code", "written", "typed"),
    [
        ("se", "čáhci", "cahci"),
        ("se", "Ruoŧŧa", "ruotta"),
        ("se", "maŋŋel", "mannel"),
        ("se", "Ađđa", "adda"),
        ("se", "Šilju žilet", "silju zilet"),
        ("se", "s\u030cilju", "silju"),
        ("se", "S\u030cILJU", "silju"),
        ("smj", "Vájgátj ńála", "vajgatj nala"),
        ("smj", "Jåhkåmåhkke", "jåhkåmåhkke"),
        ("sma", "Åarjelsaemien gïele", "åarjelsaemien giele"),
        ("sma", "Bïevnesh", "bievnesh"),
        ("sv", "Älvsbyn", "älvsbyn"),
        ("sv", "A\u0308lvsbyn", "älvsbyn"),
        ("sv", "Bodø Ærø", "bodö ärö"),
        ("sv", "idé Müller ångström ǻ", "ide muller ångström å"),
        ("sv", "Straße", "strasse"),
        ("en", "Luleå", "luleå"),
        ("fi", "Šakki Äkäslompolo", "sakki äkäslompolo"),
        ("fit", "Meänkieli žurnaali", "meänkieli zurnaali"),
        ("yi", "ייִדיש", "יידיש"),
        ("yi", "װאָס", "וואס"),
        ("yi", "אַרײַן", "אריין"),
        ("yi", "אױף", "אויף"),
        ("yi", "שׂימחה", "שימחה"),
        ("yi", "\ufb2e\ufb4b", "או"),
        ("rom", "romani čhib", "romani chib"),
        ("sv", "utveck\u00adling", "utveckling"),
    ],
)
def test_what_is_written_is_found_as_it_is_typed(code: str, written: str, typed: str) -> None:
    assert fold(written, code) == typed


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("letter", "other"), [("å", "a"), ("ä", "a"), ("ö", "o"), ("å", "ä")])
def test_letters_of_their_own_stay(code: str, letter: str, other: str) -> None:
    assert fold(letter, code) == fold(letter.upper(), code) == letter
    assert fold(letter, code) != fold(other, code)


@pytest.mark.parametrize("code", LANGUAGES)
def test_sami_letters_are_found_without_their_marks_in_every_language(code: str) -> None:
    assert fold("áčđŋšŧžïń", code) == "acdnstzin"
    assert fold("ÁČĐŊŠŦŽÏŃ", code) == "acdnstzin"
    assert fold("øæØÆǿǽ", code) == "öäöäöä"


@given(text=st.text(max_size=100))
def test_folding_twice_is_folding_once_however_the_text_is_composed(text: str) -> None:
    folded = fold(text, "se")
    assert fold(folded, "se") == folded
    assert fold(unicodedata.normalize("NFD", text), "se") == folded
    assert unicodedata.is_normalized("NFC", visible(text))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage, match="'de'"):
        fold("Straße", "de")
