"""An indicator of a goal as readers see it: read from the goal's document, with its chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cms.content.reader.charts.line_chart import LineChart, Measured, line_chart
from strategy.models.indicators import State, expected_progress


@dataclass(frozen=True)
class Measure:
    """One of the indicators of a goal, as the goal's document has it.

    Attributes:
        baseline, target: on the last day of their year.
        values: in the order of time.
        progress: from the baseline, 0, to the target, 1; ``None`` where there is no way to go, or
            nothing was measured since.
    """

    baseline: Measured
    target: Measured
    values: tuple[Measured, ...]
    progress: float | None
    state: State

    @cached_property
    def latest(self) -> Measured | None:
        """The value by which the state is judged; ``None`` where nothing was measured since."""
        if not self.values or self.values[-1].day.year <= self.baseline.day.year:
            return None
        return self.values[-1]

    @cached_property
    def expected(self) -> float | None:
        """The share of the way at which the straight line stands on the day of the latest value."""
        if self.latest is None or not self.has_way:
            return None
        return expected_progress(self.baseline.day.year, self.target.day.year, self.latest.day)

    @property
    def expected_value(self) -> float | None:
        """The value at which the straight line stands on the day of the latest value."""
        if self.expected is None:
            return None
        return self.baseline.value + self.expected * (self.target.value - self.baseline.value)

    @property
    def has_way(self) -> bool:
        """Tells whether the target is another value than the baseline."""
        return self.baseline.value != self.target.value

    @cached_property
    def chart(self) -> LineChart | None:
        """The chart of its values."""
        return line_chart(self.values, (self.baseline, self.target))


def read_measure(row: Mapping[str, Any]) -> Measure | None:
    """The measure in a row of a goal's indicators; ``None`` where its indicator is not published.

    Args:
        row: the JSON of a row, as the goal's document has it.
    """
    indicator = row["indicator"]
    if not indicator:
        return None
    return Measure(
        baseline=_at_end(row["baseline_year"], row["baseline_value"]),
        target=_at_end(row["target_year"], row["target_value"]),
        values=read_values(indicator),
        progress=row["progress"],
        state=State(row["state"]),
    )


def read_values(indicator: Mapping[str, Any]) -> tuple[Measured, ...]:
    """The values of an indicator, as documents show it, in the order of time."""
    values = (
        Measured(date.fromisoformat(one["date"]), one["value"]) for one in indicator["values"]
    )
    return tuple(sorted(values, key=lambda one: one.day))


def _at_end(year: int, value: float) -> Measured:
    return Measured(date(year, 12, 31), value)
