"""A chart holds whatever was measured: within its box, in the order of time, on round steps."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.content.reader.charts.line_chart import (
    MOST_DRAWN,
    MOST_POINTS,
    LineChart,
    Measured,
    Spot,
    line_chart,
)
from cms.content.reader.charts.time_axis import MOST_YEARS, time_axis
from cms.content.reader.charts.value_axis import value_axis
from tests.harness.sampling import examples

FIGURES = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-100, 100).map(float)
YEARS = st.integers(1900, 2200)


@st.composite
def measured(draw: st.DrawFn) -> list[Measured]:
    days = draw(st.lists(st.dates(), unique=True, max_size=8))
    return [Measured(day, draw(FIGURES)) for day in days]


@st.composite
def aims(draw: st.DrawFn) -> tuple[Measured, Measured]:
    first, last = sorted([draw(YEARS), draw(YEARS)])
    ends = [Measured(dt.date(year, 12, 31), draw(FIGURES)) for year in (first, last)]
    return ends[0], ends[1]


def spots_of(chart: LineChart) -> list[Spot]:
    ends = [spot for one in chart.line for spot in (one.start, one.end)]
    aim = [chart.aim.start, chart.aim.end] if chart.aim else []
    return [*ends, *chart.points, *aim, *([chart.latest] if chart.latest else [])]


@settings(max_examples=examples(150, 5000), deadline=None)
@given(values=measured(), aim=aims() | st.none())
def test_everything_is_in_the_box_and_ticks_cover_it(
    values: list[Measured], aim: tuple[Measured, Measured] | None
) -> None:
    chart = line_chart(values, aim)
    if chart is None:
        assert not values
        assert aim is None
        return
    assert all(0 <= spot.x <= 100 and 0 <= spot.y <= 100 for spot in spots_of(chart))
    places = [one.start.x for one in chart.line] + [one.end.x for one in chart.line[-1:]]
    assert places == sorted(places)
    shown = [one.value for one in [*values, *(aim or ())]]
    axis = chart.values
    assert axis.low <= Decimal(repr(min(shown)))
    assert axis.high >= Decimal(repr(max(shown)))
    assert 2 <= len(axis.ticks) <= 7
    assert [axis.ticks[0].y, axis.ticks[-1].y] == [100, 0]
    steps = {one.value - other.value for other, one in pairwise(axis.ticks)}
    assert len(steps) == 1
    [step] = steps
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert all(round(tick.value, axis.decimals) == tick.value for tick in axis.ticks)
    years = [tick.year for tick in chart.time.ticks]
    assert 1 <= len(years) <= MOST_YEARS
    assert years == sorted(set(years))
    assert all(0 <= tick.x <= 100 for tick in chart.time.ticks)
    if aim:
        assert aim[1].day.year in years or chart.time.start > aim[1].day.toordinal()


@settings(max_examples=examples(60, 2000), deadline=None)
@given(values=st.lists(FIGURES, min_size=2, max_size=8), day=st.dates())
def test_a_higher_value_never_stands_lower(values: list[float], day: dt.date) -> None:
    axis = value_axis(values)
    heights = [axis.place(value) for value in sorted(values)]
    assert heights == sorted(heights, reverse=True)
    assert time_axis([day]).place(day) in {0.0, 100.0} or time_axis([day]).ticks


@pytest.mark.parametrize(
    ("values", "ticks", "exponent"),
    [
        ([62, 71.4, 80], ["60", "65", "70", "75", "80"], 0),
        ([0, 1], ["0.0", "0.5", "1.0"], 0),
        ([-12, 10], ["-20", "-10", "0", "10"], 0),
        # A value that never changes has room on both sides, and none below nothing.
        ([100, 100], ["90", "95", "100", "105", "110"], 0),
        ([0], ["0.0", "0.5", "1.0"], 0),
        # Huge and tiny ones are divided, so that they can be read.
        ([1.2e10, 4e10], ["10", "20", "30", "40"], 9),
        ([1.2e-6, 4e-6], ["1", "2", "3", "4"], -6),
    ],
)
def test_ticks_are_round(values: list[float], ticks: list[str], exponent: int) -> None:
    axis = value_axis(values)
    assert [f"{tick.value:.{axis.decimals}f}" for tick in axis.ticks] == ticks
    assert axis.exponent == exponent


def test_years_are_named_back_from_the_target() -> None:
    days = [dt.date(2019, 12, 31), dt.date(2024, 6, 30), dt.date(2030, 12, 31)]
    axis = time_axis(days, 2030)
    assert [tick.year for tick in axis.ticks] == [2020, 2022, 2024, 2026, 2028, 2030]
    # Days within one year, and one day alone, have a year to stand in.
    assert [tick.year for tick in time_axis([dt.date(2024, 6, 30)]).ticks] == [2023, 2024]
    assert [tick.year for tick in time_axis([dt.date(2024, 12, 31)]).ticks] == [2023, 2024, 2025]


def test_many_values_are_few_lines_that_keep_their_peaks() -> None:
    start = dt.date(2000, 1, 1)
    values = [Measured(start + dt.timedelta(days=7 * at), float(at % 13)) for at in range(800)]
    values[400] = Measured(values[400].day, 99.0)
    chart = line_chart(values)
    assert chart is not None
    assert len(chart.line) < MOST_DRAWN
    peak = chart.values.place(99.0)
    assert peak in {one.end.y for one in chart.line}
    assert chart.points == (chart.latest,)
    few = line_chart(values[:MOST_POINTS])
    assert few is not None
    assert len(few.points) == MOST_POINTS


def test_the_last_figure_gives_way_to_the_targets() -> None:
    aim = (Measured(dt.date(2020, 12, 31), 10), Measured(dt.date(2030, 12, 31), 50))
    near = line_chart([Measured(dt.date(2029, 12, 31), 49)], aim)
    far = line_chart([Measured(dt.date(2024, 12, 31), 20)], aim)
    after = line_chart([Measured(dt.date(2034, 12, 31), 20)], aim)
    assert near
    assert far
    assert after
    assert near.latest_caption is None
    assert far.latest_caption is not None
    assert [near.is_target_last, after.is_target_last] == [True, False]
