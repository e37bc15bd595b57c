"""Tests of the fallbacks of each language, as set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from cms.languages.registry import (
    LANGUAGES,
    InvalidFallbacks,
    chain,
    fallback_chain,
    parse_fallbacks,
)

CODES = list(LANGUAGES)


def test_nothing_set_leaves_the_defaults() -> None:
    assert parse_fallbacks("") == {code: item.fallbacks for code, item in LANGUAGES.items()}


def test_what_is_set_replaces_one_language_and_leaves_the_others() -> None:
    fallbacks = parse_fallbacks(" smj = se , sv ; sma= ")
    assert fallbacks["smj"] == ("se", "sv")
    assert fallbacks["sma"] == ()
    assert fallbacks["fit"] == ("fi", "sv")


def test_the_setting_decides(settings: Settings) -> None:
    settings.LANGUAGE_FALLBACKS = parse_fallbacks("smj=se")
    assert fallback_chain("smj") == ("se", "sv")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("smj", "code=code,code is expected"),
        ("smj=xx", "entry of 'smj': Unknown language 'xx'"),
        ("xx=sv", "Unknown language 'xx'"),
        ("sv=en", "in a circle: sv → en → sv"),
        ("se=smj;smj=sma;sma=se", "in a circle: se → smj → sma → se"),
        ("se=se", "in a circle: se → se"),
    ],
)
def test_what_cannot_work_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(InvalidFallbacks, match=complaint):
        parse_fallbacks(text)


@given(st.dictionaries(st.sampled_from(CODES), st.lists(st.sampled_from(CODES), max_size=3)))
def test_a_chain_ends_and_names_each_language_once(listed: dict[str, list[str]]) -> None:
    try:
        fallbacks = parse_fallbacks(
            ";".join(f"{code}={','.join(codes)}" for code, codes in listed.items())
        )
    except InvalidFallbacks:
        return
    for code in CODES:
        found = chain(code, fallbacks)
        assert len(set(found)) == len(found)
        assert code not in found
        assert set(fallbacks[code]) <= set(found)
