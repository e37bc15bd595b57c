"""The registry says what the languages are."""

import subprocess
import sys

import pytest

from cms.languages.registry import (
    LANGUAGES,
    SOURCE_LANGUAGE_CODE,
    UnknownLanguage,
    fallback_chain,
    get_language,
)


def test_the_nine_in_their_order() -> None:
    assert list(LANGUAGES) == ["sv", "en", "fi", "fit", "se", "smj", "sma", "yi", "rom"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sv", ()),
        ("en", ("sv",)),
        ("fi", ("sv",)),
        ("fit", ("fi", "sv")),
        ("se", ("sv",)),
        ("smj", ("sv",)),
        ("sma", ("sv",)),
        ("yi", ("sv",)),
        ("rom", ("sv",)),
    ],
)
def test_default_fallbacks(code: str, expected: tuple[str, ...]) -> None:
    assert fallback_chain(code) == expected


def test_swedish_alone_is_the_source() -> None:
    assert [code for code, language in LANGUAGES.items() if language.is_source] == ["sv"]
    assert SOURCE_LANGUAGE_CODE == "sv"


def test_yiddish_alone_is_written_from_right_to_left() -> None:
    assert [code for code, language in LANGUAGES.items() if language.is_right_to_left] == ["yi"]


def test_the_national_minority_languages() -> None:
    others = {code for code, language in LANGUAGES.items() if not language.national_minority}
    assert others == {"sv", "en"}


@pytest.mark.parametrize("look_up", [get_language, fallback_chain])
def test_an_unknown_language_is_named_with_the_known_ones(look_up: object) -> None:
    assert callable(look_up)
    with pytest.raises(UnknownLanguage, match=r"'de'.*sv, en, fi, fit, se, smj, sma, yi, rom"):
        look_up("de")


def test_the_settings_can_read_it_before_django_is_there() -> None:
    code = "import sys, cms.languages.registry; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
