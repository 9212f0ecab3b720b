"""The words for the levels of the scale on which O*NET rates skills and knowledge.

The source numbers its levels and gives examples at some of them; the words are our own.
"""

from dataclasses import dataclass

from .definition import Anchor, Level, Scale, Skill

SLUG = "onet-level"
NAME = "O*NET level"
WORDS = ("None", "Beginning", "Basic", "Moderate", "Solid", "Strong", "Advanced", "Expert")


@dataclass(frozen=True)
class Examples:
    """The example at a level, or those next to it; "" where there is none."""

    at: str
    below: str
    above: str


def gives_examples(scale: Scale) -> bool:
    """Its anchors are examples of work at a few levels, not sentences about oneself at each."""
    return scale.slug == SLUG


def examples(skill: Skill, level: int) -> Examples:
    below = [anchor for anchor in skill.anchors if anchor.level < level]
    above = [anchor for anchor in skill.anchors if anchor.level > level]
    return Examples(
        at=skill.anchor(level),
        below=max(below, key=_level).text if below else "",
        above=min(above, key=_level).text if above else "",
    )


def levels(top: int) -> tuple[Level, ...]:
    """From 0 to `top`, at least 1, as the release gives it; words in proportion.

    A longer scale than there are words for gets a number beside each.
    """
    return tuple(Level(value, _word(value, top)) for value in range(top + 1))


def _level(anchor: Anchor) -> int:
    return anchor.level


def _word(value: int, top: int) -> str:
    last = len(WORDS) - 1
    word = WORDS[(2 * value * last + top) // (2 * top)]
    return word if top <= last else f"{word} ({value})"


LEVELS = levels(len(WORDS) - 1)
