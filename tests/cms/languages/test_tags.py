"""Tests of language tags: every variant of a language that is known here is that language."""

import pytest

from cms.languages.registry import LANGUAGES
from cms.languages.tags import registered_code


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_of_writing_a_language_is_that_language(code: str) -> None:
    variants = (code, code.upper(), f"{code}-SE", f"{code}_SE", f"{code}_se.UTF-8", f"{code}_SE@x")
    scripts = (f"{code}-Latn", f"{code}-Hebr-SE", f" {code}-SE-x-julev ", f"{code}-1994")
    three_letters = LANGUAGES[code].iso_639_3
    for tag in (*variants, *scripts, three_letters, f"{three_letters.upper()}-NO"):
        assert registered_code(tag) == code, tag


@pytest.mark.parametrize(
    "tag", ["", "de", "de-SE", "x", "s", "sv SE", "sv-", "-sv", "svenska", "*all*"]
)
def test_what_is_no_variant_is_no_language(tag: str) -> None:
    assert registered_code(tag) == ""
