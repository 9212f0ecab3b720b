"""What makes a set of anchors usable: one can tell at a glance which sentence is true of one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

MAX_LENGTH = 90
MOST_ALIKE = 0.7

_BEGINS_WITH_I = re.compile(r"I\b(?!['’-]?\w)|I['’](?:m|ve|d|ll)\b")
_VAGUE = re.compile(
    r"\b(?:(?:good|some|expert|basic|solid|strong|deep|sound|excellent|advanced|general|working|"
    r"thorough|in-depth)\s+(?:\w+\s+)?(?:knowledge|understanding|command|grasp|familiarity)\b"
    r"|(?:knowledge|understanding|familiarity)\s+of\b"
    r"|familiar with\b|proficient (?:in|with|at)\b|well[- ]versed\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w+#]+")


class Kind(StrEnum):
    MISSING = "missing"
    NOT_I = "not-i"
    TOO_LONG = "too-long"
    VAGUE = "vague"
    ALIKE = "alike"


@dataclass(frozen=True)
class Problem:
    """`levels` are those concerned: two for sentences that are alike. `detail` is the words at
    fault, or the number of characters."""

    kind: Kind
    levels: tuple[int, ...]
    detail: str = ""


def problems_of(
    sentences: Mapping[int, str], levels: Iterable[int] | None = None
) -> tuple[Problem, ...]:
    """`levels`, where given, must all have a sentence; blank ones are otherwise passed over."""
    written = {level: text.strip() for level, text in sorted(sentences.items()) if text.strip()}
    found = [Problem(Kind.MISSING, (level,)) for level in levels or () if level not in written]
    for level, text in written.items():
        if not _BEGINS_WITH_I.match(text):
            found.append(Problem(Kind.NOT_I, (level,), text.split()[0]))
        if len(text) > MAX_LENGTH:
            found.append(Problem(Kind.TOO_LONG, (level,), str(len(text))))
        if vague := _VAGUE.search(text):
            found.append(Problem(Kind.VAGUE, (level,), vague.group()))
    found += [
        Problem(Kind.ALIKE, (one, other))
        for one, other in combinations(written, 2)
        if likeness(written[one], written[other]) > MOST_ALIKE
    ]
    return tuple(found)


def likeness(one: str, other: str) -> float:
    """The share of their different words that both sentences have, 0 to 1."""
    words = {word.casefold() for word in _WORD.findall(one)}
    others = {word.casefold() for word in _WORD.findall(other)}
    if not words | others:
        return 1.0
    return len(words & others) / len(words | others)
