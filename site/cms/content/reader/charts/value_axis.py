"""The axis of values: round steps, which cover all that is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from typing import Final

_STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_WANTED_STEPS: Final = 4
_SAME: Final = Decimal("1e-6")
"""Share of their size by which values differ that one cannot tell apart in a chart."""
_ROOM: Final = Decimal("0.1")
"""Share of its size that is left above and below a value that never changes."""
_DIGITS: Final = 60
_SHORTENED_FROM: Final = Decimal(1_000_000)
_LENGTHENED_UNDER: Final = Decimal("0.01")
_IN_A_GROUP: Final = 3
_MORE_DECIMALS: Final = 2
"""That the figure of a value has beside those of the ticks."""


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A line at a round value.

    Attributes:
        value: the round value, divided by the multiplier of its axis.
        y: share of the height from the top, 0–100.
    """

    value: Decimal
    y: float


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """The axis of values.

    Attributes:
        low, high: its ends; the lowest and the highest tick stand there.
        ticks: from the lowest up, at most seven.
        decimals: of the values of the ticks.
        exponent: of ten: the values of the ticks are to be multiplied by it; 0 where they are as
            they are.
    """

    low: Decimal
    high: Decimal
    ticks: tuple[ValueTick, ...]
    decimals: int
    exponent: int

    def place(self, value: float) -> float:
        """Share of the height from the top, 0–100, at which a value stands."""
        return _from_top(_exactly(value), self.low, self.high)

    def shortened(self, value: float) -> Decimal:
        """A value as its figure stands in the chart: divided as the ticks are, few decimals."""
        with localcontext(prec=_DIGITS):
            divided = _exactly(value).scaleb(-self.exponent)
            return round(divided, self.decimals + _MORE_DECIMALS)


def value_axis(values: Sequence[float]) -> ValueAxis:
    """The axis for some values, at least one."""
    with localcontext(prec=_DIGITS):
        low, high = _span([_exactly(value) for value in values])
        step = _step((high - low) / _WANTED_STEPS)
        first = int((low / step).to_integral_value(ROUND_FLOOR))
        last = int((high / step).to_integral_value(ROUND_CEILING))
        low, high = first * step, last * step
        exponent = _exponent(max(abs(low), abs(high)))
        unit = step.scaleb(-exponent)
        ticks = tuple(
            ValueTick(number * unit, _from_top(number * step, low, high))
            for number in range(first, last + 1)
        )
        # Of 10 as of 1E+1: how many decimals its last digit that is not zero has.
        decimals = max(0, -int(unit.normalize().as_tuple().exponent))
        return ValueAxis(low, high, ticks, decimals, exponent)


def _span(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    low, high = min(values), max(values)
    size = max(abs(low), abs(high))
    if high - low > size * _SAME:
        return low, high
    room = size * _ROOM or Decimal(1)
    # What cannot be negative is not shown as if it could.
    return (max(low - room, Decimal(0)) if low >= 0 else low - room), high + room


def _step(at_least: Decimal) -> Decimal:
    """The next round step: 1, 2 or 5 times a power of ten."""
    magnitude = at_least.adjusted()
    leading = at_least.scaleb(-magnitude)
    return next(step for step in _STEPS if step >= leading).scaleb(magnitude)


def _exponent(largest: Decimal) -> int:
    """A multiple of three, by which numbers that are huge or tiny become short enough to read."""
    if _LENGTHENED_UNDER <= largest < _SHORTENED_FROM or not largest:
        return 0
    return largest.adjusted() // _IN_A_GROUP * _IN_A_GROUP


def _from_top(value: Decimal, low: Decimal, high: Decimal) -> float:
    with localcontext(prec=_DIGITS):
        return round(float(100 * (high - value) / (high - low)), 2)


def _exactly(value: float) -> Decimal:
    """The number that people wrote, not the nearest that a computer has."""
    return Decimal(repr(value))
