"""The geometry of a line chart: values over time, and the straight line to a target.

All places are shares of the box from its left and from its top, 0–100, so that one drawing fits a
telephone and a screen while its letters stay as large as those around it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from cms.content.reader.charts.time_axis import TimeAxis, time_axis
from cms.content.reader.charts.value_axis import ValueAxis, value_axis

MOST_DRAWN: Final = 100
"""Values up to so many are all drawn; of more, the lowest and highest of each stretch of time."""
MOST_POINTS: Final = 30
"""Values up to so many have a point each; more would hide the line."""

_STRETCHES: Final = MOST_DRAWN // 2 - 1
_NEAR_TOP: Final = 14.0
_NEAR_LEFT, _NEAR_RIGHT = 10.0, 90.0
_TOO_NEAR_X, _TOO_NEAR_Y = 14.0, 12.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A value on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the box."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line from one place to another."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Caption:
    """A place for a figure beside a spot.

    Attributes:
        anchor: SVG's ``text-anchor``: which end of the text stands at the spot.
        is_above: whether it stands above the spot or below it.
    """

    anchor: str
    is_above: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line chart, ready to be written as SVG.

    Attributes:
        line: between the values in the order of time; none where there is one value or none.
        points: values that have a point.
        latest: the last value; ``None`` without one.
        latest_caption: where its figure stands; ``None`` where there is no room beside the target.
        aim: from the baseline to the target; ``None`` without a target.
        is_target_last: whether nothing stands to the right of the target.
    """

    values: ValueAxis
    time: TimeAxis
    line: tuple[Segment, ...]
    points: tuple[Spot, ...]
    latest: Spot | None
    latest_caption: Caption | None
    aim: Segment | None
    is_target_last: bool


def line_chart(
    measured: Sequence[Measured], aim: tuple[Measured, Measured] | None = None
) -> LineChart | None:
    """The chart of some values, in any order.

    Args:
        aim: baseline and target.

    Returns:
        ``None`` where there is nothing to be drawn.
    """
    ordered = sorted(measured, key=lambda one: one.day)
    everything = [*ordered, *(aim or ())]
    if not everything:
        return None
    values = value_axis([one.value for one in everything])
    time = time_axis([one.day for one in everything], aim[1].day.year if aim else None)

    def spot(one: Measured) -> Spot:
        return Spot(time.place(one.day), values.place(one.value))

    drawn = [spot(one) for one in _thinned(ordered)]
    straight = Segment(spot(aim[0]), spot(aim[1])) if aim else None
    latest = drawn[-1] if drawn else None
    return LineChart(
        values=values,
        time=time,
        line=tuple(Segment(one, other) for one, other in pairwise(drawn)),
        points=tuple(drawn) if len(ordered) <= MOST_POINTS else tuple(drawn[-1:]),
        latest=latest,
        latest_caption=_caption(drawn, straight),
        aim=straight,
        is_target_last=straight is not None and (latest is None or latest.x <= straight.end.x),
    )


def _thinned(ordered: Sequence[Measured]) -> Sequence[Measured]:
    """The first, the last, and of each stretch of time between them the lowest and the highest."""
    if len(ordered) <= MOST_DRAWN:
        return ordered
    return [ordered[0], *_extremes(ordered[1:-1]), ordered[-1]]


def _extremes(between: Sequence[Measured]) -> Iterator[Measured]:
    start = between[0].day.toordinal()
    days = between[-1].day.toordinal() - start + 1
    stretches: dict[int, list[Measured]] = {}
    for one in between:
        stretch = (one.day.toordinal() - start) * _STRETCHES // days
        stretches.setdefault(stretch, []).append(one)
    for found in stretches.values():
        ends = {
            min(found, key=lambda one: one.value),
            max(found, key=lambda one: one.value),
        }
        yield from sorted(ends, key=lambda one: one.day)


def _caption(drawn: Sequence[Spot], aim: Segment | None) -> Caption | None:
    """The side of the last value on which its figure is not crossed by the line before it."""
    if not drawn:
        return None
    latest = drawn[-1]
    if aim and _is_near(latest, aim.end):
        return None
    came_from_below = len(drawn) < 2 or drawn[-2].y >= latest.y
    is_above = latest.y >= 100 - _NEAR_TOP or (came_from_below and latest.y > _NEAR_TOP)
    anchor = "start" if latest.x < _NEAR_LEFT else "end" if latest.x > _NEAR_RIGHT else "middle"
    return Caption(anchor, is_above)


def _is_near(one: Spot, other: Spot) -> bool:
    return abs(one.x - other.x) < _TOO_NEAR_X and abs(one.y - other.y) < _TOO_NEAR_Y
