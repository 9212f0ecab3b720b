"""Where the marks of a range of pay stand. Units are those of the drawing's viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 240
HEIGHT = 28
MARGIN = 10
NICE = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(3), Decimal(4), Decimal(5))
STEPS = (*NICE, Decimal("7.5"), Decimal(10))


@dataclass(frozen=True)
class PayChart:
    """From nothing at `start` to `top` dollars at `end`.

    A line from the 10th to the 90th percentile, a bar from the 25th to the 75th, a mark at the
    median; None where the figure is not published. `is_open`: the line goes on to `end`, since
    its upper end is only known to be at least that high.
    """

    top: Decimal
    low: float | None
    bar_low: float | None
    median: float | None
    bar_high: float | None
    high: float | None
    is_open: bool

    width = WIDTH
    height = HEIGHT
    start = float(MARGIN)
    end = float(WIDTH - MARGIN)
    middle = HEIGHT / 2
    bar_top = HEIGHT / 2 - 5
    bar_height = 10
    mark_top = HEIGHT / 2 - 10
    mark_bottom = HEIGHT / 2 + 10

    @property
    def line_end(self) -> float | None:
        return self.end if self.is_open else self.high

    @property
    def bar_width(self) -> float | None:
        if self.bar_low is None or self.bar_high is None:
            return None
        return round(self.bar_high - self.bar_low, 2)


def pay_chart(percentiles: Sequence[Decimal | None], top: Decimal, *, is_open: bool) -> PayChart:
    """Of the 10th, 25th, 50th, 75th and 90th, in this order."""
    low, bar_low, median, bar_high, high = (_at(value, top) for value in percentiles)
    return PayChart(top, low, bar_low, median, bar_high, high, is_open and low is not None)


def nice_top(values: Sequence[Decimal]) -> Decimal:
    """The next round number at or above all of them."""
    largest = max(values, default=Decimal(0))
    if largest <= 0:
        return Decimal(1)
    unit = Decimal(1).scaleb(largest.adjusted())
    return next(step * unit for step in STEPS if step * unit >= largest)


def _at(value: Decimal | None, top: Decimal) -> float | None:
    if value is None:
        return None
    return round(MARGIN + (WIDTH - 2 * MARGIN) * float(value / top), 2)
