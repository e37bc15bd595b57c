"""Figures and days as a language writes them."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import translation
from django.utils.dateformat import format as format_date

from cms.languages.registry import LANGUAGES, SOURCE_LANGUAGE_CODE

GROUPED_FROM: Final = 10_000
"""Digits are grouped from here on: a year never is."""

_DIGITS_IN_A_GROUP: Final = 3
_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
_DAYS: Final = {"sv": "j F Y", "en": "j F Y", "fi": "j. E Y"}
"""Forms of a day, where Django knows the names of the months."""


def figure_text(
    number: int | float | Decimal, language: str, *, decimals: int | None = None
) -> str:
    """A number as a person writes it: no more digits than a sheet shows, and no exponent.

    Args:
        language: code of the language whose decimal sign it has; the source's for an unknown one.
        decimals: how many there are; as many as it needs where nothing is said.
    """
    sign = LANGUAGES.get(language, LANGUAGES[SOURCE_LANGUAGE_CODE]).decimal_sign
    written = f"{_exactly(number):f}" if decimals is None else f"{_exactly(number):.{decimals}f}"
    minus, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    whole, _point, fraction = digits.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    if len(whole) >= len(str(GROUPED_FROM)):
        first = len(whole) % _DIGITS_IN_A_GROUP
        groups = [whole[:first]] if first else []
        groups += [
            whole[at : at + _DIGITS_IN_A_GROUP]
            for at in range(first, len(whole), _DIGITS_IN_A_GROUP)
        ]
        whole = (_NO_BREAK_SPACE if sign == "," else ",").join(groups)
    shown = f"{whole}{sign}{fraction}" if fraction else whole
    # What was rounded to nothing has no side.
    return f"{minus}{shown}" if shown.strip("0,.") else shown


def _exactly(number: int | float | Decimal) -> Decimal:
    return Decimal(f"{number:.15g}") if isinstance(number, float) else Decimal(number)


def day_text(day: date, language: str) -> str:
    """A day in a sentence: ``31 december 2024``; ISO 8601 where nobody told us the months."""
    form = _DAYS.get(language)
    if form is None:
        return day.isoformat()
    with translation.override(language):
        return format_date(day, form)


def is_last_of_year(day: date) -> bool:
    """Tells whether a day stands for its year."""
    return (day.month, day.day) == (12, 31)
