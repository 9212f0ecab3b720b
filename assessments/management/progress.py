"""How far a long command is, on a terminal only: elsewhere the lines would end up in a log."""

from collections.abc import Callable
from time import monotonic
from typing import TextIO

WIDTH = 30
STEP = 0.1  # seconds between two drawings
SURE_AFTER = 1.0  # seconds, before which what is left is guesswork


class Progress:
    """One bar, drawn over itself."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.started = clock()
        self.drawn: float | None = None
        self.shows = stream.isatty()
        self.longest = 0

    def at(self, part: float, what: str) -> None:
        """`part` of the whole, from 0 to 1, is done; `what` is what happens now."""
        now = self.clock()
        if not self.shows or (self.drawn is not None and now - self.drawn < STEP):
            return
        self.drawn = now
        text = line(what, min(max(part, 0.0), 1.0), now - self.started)
        self.stream.write("\r" + text.ljust(self.longest))
        self.stream.flush()
        self.longest = max(self.longest, len(text))

    def done(self) -> None:
        """Takes the bar away, so that what is said next starts on a clean line."""
        if self.longest:
            self.stream.write("\r" + " " * self.longest + "\r")
            self.stream.flush()
            self.longest = 0


def line(what: str, part: float, seconds: float) -> str:
    filled = round(WIDTH * part)
    text = f"{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {int(100 * part):3} %"
    if part > 0 and seconds >= SURE_AFTER:
        text += f", {left(seconds * (1 - part) / part)} left"
    return text


def left(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
