"""The fraction met over time, as a line. Units are those of the drawing's viewBox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

WIDTH = 640
HEIGHT = 220
LEFT = 70
RIGHT = 610
TOP = 20
BOTTOM = 180


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Trend:
    points: tuple[Point, ...]

    width = WIDTH
    height = HEIGHT
    left = LEFT
    right = RIGHT
    top = TOP
    middle = (TOP + BOTTOM) / 2
    bottom = BOTTOM

    @property
    def path(self) -> str:
        """The `points` of an SVG polyline."""
        return " ".join(f"{one.x},{one.y}" for one in self.points)


def trend(reports: Sequence[tuple[datetime, Fraction]]) -> Trend:
    """From the earliest on. Those of one moment stand side by side, all at equal distances."""
    times = [moment.timestamp() for moment, _share in reports]
    span = times[-1] - times[0] if times else 0
    last = max(1, len(times) - 1)
    along = [(time - times[0]) / span if span else place / last for place, time in enumerate(times)]
    return Trend(
        tuple(
            Point(round(LEFT + (RIGHT - LEFT) * part, 2), height(share))
            for part, (_moment, share) in zip(along, reports, strict=True)
        )
    )


def height(share: Fraction) -> float:
    return round(float(BOTTOM - (BOTTOM - TOP) * share), 2)


def share_at(y: float, targets: int) -> Fraction:
    """The reverse of `height` for whoever reads a drawing back: how many of the targets."""
    return Fraction(round((BOTTOM - y) / (BOTTOM - TOP) * targets), targets)
