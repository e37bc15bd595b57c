"""Figures and days are written as each language does."""

import datetime as dt

import pytest

from cms.content.reader.figures import day_text, figure_text

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (1234567.25, f"1{NBSP}234{NBSP}567,25", "1,234,567.25"),
        (100_000, f"100{NBSP}000", "100,000"),
        (9999, "9999", "9999"),
        (2024.0, "2024", "2024"),
        (-0.5, "-0,5", "-0.5"),
        (0.1 + 0.2, "0,3", "0.3"),
        (1e-7, "0,0000001", "0.0000001"),
    ],
)
def test_a_figure_in_each_language(number: float, swedish: str, english: str) -> None:
    assert {figure_text(number, code) for code in ("sv", "fi", "fit", "se", "smj", "sma")} == {
        swedish
    }
    assert {figure_text(number, code) for code in ("en", "yi")} == {english}


def test_decimals_that_are_asked_for() -> None:
    assert figure_text(1, "sv", decimals=1) == "1,0"
    assert figure_text(-0.01, "sv", decimals=1) == "0,0"


def test_a_day_in_a_sentence() -> None:
    day = dt.date(2024, 3, 5)
    assert day_text(day, "sv") == "5 mars 2024"
    assert day_text(day, "en") == "5 March 2024"
    assert day_text(day, "fi") == "5. maaliskuuta 2024"
    # Nobody told us their months.
    assert {day_text(day, code) for code in ("se", "smj", "yi", "rom")} == {"2024-03-05"}
