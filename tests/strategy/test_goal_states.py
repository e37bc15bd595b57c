"""Properties of an indicator's state, whatever its numbers, against a reckoning in fractions."""

from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from hypothesis import example, given, settings
from hypothesis import strategies as st

from strategy.models.indicators import Better, State, goal_state
from tests.harness.sampling import examples

OTHER = {Better.HIGHER: Better.LOWER, Better.LOWER: Better.HIGHER}
RANK = [State.BEHIND, State.ON_TRACK, State.REACHED]
A_CENTURY = 36_600
"""Days."""


class Case(NamedTuple):
    """The numbers that tell a state; whole ones, so that two different shares are never near."""

    baseline: int
    target: int
    latest: int | None
    better: Better
    first: int
    last: int
    day: date | None

    def state(self, scale: float = 1, shift: float = 0) -> State:
        """The state, with values in another unit."""
        baseline, target = (scale * one + shift for one in (self.baseline, self.target))
        latest = None if self.latest is None else scale * self.latest + shift
        return goal_state(
            baseline, self.first, target, self.last, latest, self.day, self.better.value
        )

    def reckoned(self) -> State:
        """The state by the words of the API's description: height of the line, in fractions."""
        if self.latest is None or self.day is None:
            return State.NO_DATA
        rises = self.target > self.baseline or (
            self.target == self.baseline and self.better == Better.HIGHER
        )
        sign = 1 if rises else -1
        if sign * (self.latest - self.target) >= 0:
            return State.REACHED
        start, end = date(self.first, 12, 31), date(self.last, 12, 31)
        if self.target == self.baseline or self.day >= end:
            return State.BEHIND
        slope = Fraction(self.target - self.baseline, (end - start).days)
        line = self.baseline + slope * (self.day - start).days
        return State.ON_TRACK if sign * (self.latest - line) >= 0 else State.BEHIND


numbers = st.integers(-1_000, 1_000)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Cases of every kind: rising, falling and level, in time and late, on the line at times."""
    first = draw(st.integers(1950, 2060))
    last = first + draw(st.integers(-2, 60))
    baseline = draw(numbers)
    target = draw(numbers | st.just(baseline))
    latest = draw(st.none() | numbers | st.sampled_from([baseline, target]))
    later = timedelta(draw(st.integers(1, A_CENTURY)))
    day = draw(st.none() | st.just(date(first, 12, 31) + later) | st.just(date(last, 12, 31)))
    return Case(baseline, target, latest, draw(st.sampled_from(Better)), first, last, day)


HALFWAY = date(2025, 12, 31)
LEVEL = Case(80, 80, 80, Better.HIGHER, 2020, 2030, HALFWAY)
ON_THE_LINE = Case(0, 3652, 1826, Better.HIGHER, 2020, 2030, HALFWAY)


@settings(max_examples=examples(60, 3_000))
@given(case=cases())
@example(case=LEVEL)
@example(case=ON_THE_LINE)
@example(case=ON_THE_LINE._replace(latest=1825))
@example(case=LEVEL._replace(latest=None))
def test_the_state_is_what_fractions_say(case: Case) -> None:
    assert case.state() == case.reckoned()


@settings(max_examples=examples(40, 3_000))
@given(
    case=cases(),
    scale=st.sampled_from([0.01, 0.3, 1.8, 3.6, 7.0, 1_000.0, 1e6]),
    shift=st.sampled_from([0.0, 0.1, 32.0, 273.15, -1_000.0]),
)
@example(case=LEVEL._replace(latest=79), scale=1.8, shift=32.0)
@example(case=ON_THE_LINE, scale=0.3, shift=0.1)
def test_the_state_is_the_same_in_every_unit_and_in_the_mirror(
    case: Case, scale: float, shift: float
) -> None:
    """Among the units are those that turn the scale round: days without work, days with."""
    mirrored = case._replace(better=OTHER[case.better])
    state = case.state()
    assert case.state(scale, shift) == state
    assert mirrored.state(-scale, shift) == state


@settings(max_examples=examples(40, 3_000))
@given(case=cases(), more=st.integers(0, 500))
@example(case=LEVEL, more=0)
def test_a_better_value_has_no_worse_state(case: Case, more: int) -> None:
    state = case.state()
    if case.target != case.baseline:
        # Which way is better is told by baseline and target alone.
        assert case._replace(better=OTHER[case.better]).state() == state
    if case.latest is None or case.day is None:
        assert state == State.NO_DATA
        return
    rises = case.target > case.baseline or (
        case.target == case.baseline and case.better == Better.HIGHER
    )
    better = case._replace(latest=case.latest + (more if rises else -more))
    assert RANK.index(better.state()) >= RANK.index(state)
