"""Where the marks of a dumbbell chart stand. Units are those of the drawing's viewBox."""

from dataclasses import dataclass

WIDTH = 240
HEIGHT = 28
MARGIN = 20
DISC_RADIUS = 6
TICK = 6
SQUARE_SIDE = 18


@dataclass(frozen=True)
class Dumbbell:
    """You: a filled disc at `you` (None when unknown). The target: an open square at `target`
    (None when it is not known well enough to draw).

    The square is larger than the disc, so that both can be seen where they meet.
    """

    you: float | None
    target: float | None
    ticks: tuple[float, ...]

    width = WIDTH
    height = HEIGHT
    middle = HEIGHT / 2
    radius = DISC_RADIUS
    side = SQUARE_SIDE
    tick_top = (HEIGHT - TICK) / 2
    tick_bottom = (HEIGHT + TICK) / 2

    @property
    def start(self) -> float:
        return self.ticks[0]

    @property
    def end(self) -> float:
        return self.ticks[-1]

    @property
    def square_left(self) -> float | None:
        return None if self.target is None else self.target - SQUARE_SIDE / 2

    @property
    def square_top(self) -> float:
        return (HEIGHT - SQUARE_SIDE) / 2


def dumbbell(have: int | None, need: int | None, top: int) -> Dumbbell:
    return Dumbbell(
        you=None if have is None else position(have, top),
        target=None if need is None else position(need, top),
        ticks=tuple(position(level, top) for level in range(top + 1)),
    )


def position(level: int, top: int) -> float:
    return round(MARGIN + (WIDTH - 2 * MARGIN) * level / top, 2)


def level_at(x: float, top: int) -> int:
    """The reverse of `position`, for whoever reads a drawing back."""
    return round((x - MARGIN) * top / (WIDTH - 2 * MARGIN))


@dataclass(frozen=True)
class Span:
    """A bar from `low` to `high` on a line from 0 to 100; both ends are whole points."""

    low: int
    high: int

    width = 100
    height = 12
    least = 2  # so that a single value is still to be seen

    @property
    def left(self) -> int:
        return min(self.low, self.width - self.least)

    @property
    def length(self) -> int:
        return max(self.least, self.high - self.left)
