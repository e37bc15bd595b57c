"""The axis of time: days in their true distances, some years named below.

Time runs from left to right in every language, as the digits of years do in Yiddish and Hebrew too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_YEARS: Final = 6
"""That are named below; so many find room on a telephone."""

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_DAYS_OF_A_YEAR: Final = 365.2425


@dataclass(frozen=True, slots=True)
class YearTick:
    """A named year.

    Attributes:
        x: share of the width from the left, 0–100, at which its last day stands.
    """

    year: int
    x: float


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The axis of time.

    Attributes:
        start, end: ordinals of the days at its ends.
        ticks: from the earliest on.
    """

    start: float
    end: float
    ticks: tuple[YearTick, ...]

    def place(self, day: date) -> float:
        """Share of the width from the left, 0–100, at which a day stands."""
        return _from_left(day.toordinal(), self.start, self.end)


def time_axis(days: Sequence[date], anchor: int | None = None) -> TimeAxis:
    """The axis for some days, at least one.

    Args:
        anchor: a year that is to be named if any is, such as that of a target.
    """
    first, last = min(days), max(days)
    start, end = float(first.toordinal()), float(last.toordinal())
    if not _years(start, end, 1, last.year):
        # Within one year: it is shown whole, from the end of the last one.
        start, end = year_end(first.year - 1), year_end(last.year)
    elif start == end:
        # The last day of a year alone: it stands in the middle.
        start, end = year_end(first.year - 1), year_end(last.year + 1)
    named = last.year if anchor is None else anchor
    years = next(
        found for step in _STEPS if len(found := _years(start, end, step, named)) <= MOST_YEARS
    )
    return TimeAxis(
        start, end, tuple(YearTick(year, _from_left(year_end(year), start, end)) for year in years)
    )


def year_end(year: int) -> float:
    """The ordinal of the last day of a year, of those too that Python's calendar lacks."""
    if date.min.year <= year <= date.max.year:
        return float(date(year, 12, 31).toordinal())
    return year * _DAYS_OF_A_YEAR


def _years(start: float, end: float, step: int, anchor: int) -> list[int]:
    """Years whose last day is on the axis, so many apart."""
    first, last = _year_of(start) - 1, _year_of(end) + 1
    begin = first + (anchor - first) % step
    return [year for year in range(begin, last + 1, step) if start <= year_end(year) <= end]


def _year_of(ordinal: float) -> int:
    within = min(max(int(ordinal), date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(within).year


def _from_left(ordinal: float, start: float, end: float) -> float:
    return round(100 * (ordinal - start) / (end - start), 2)
