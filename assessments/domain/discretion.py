"""What of a difference may be said to somebody who is still answering: never a target."""

from collections.abc import Iterable
from dataclasses import dataclass

from .differences import Change, ChangeKind, Part

ABOUT_QUESTIONS = {Part.SKILL, Part.ANCHOR, Part.SCALE, Part.LEVEL, Part.GROUP, Part.FIELD}
ABOUT_TARGETS = {Part.REQUIREMENT, Part.QUALIFICATION}
OPEN_ASPECTS = {"title", "group", "skills"}
"""Of a requirement. Whatever is not listed here stays hidden, also what is added one day."""


@dataclass(frozen=True)
class Discreet:
    """`said` in full; the others in numbers: changes of what is asked for, and all that is left
    (the role's page, which tells the targets in prose, and the resources, which lead to them)."""

    said: tuple[Change, ...]
    targets: int
    others: int


def discreet(changes: Iterable[Change]) -> Discreet:
    everything = tuple(changes)
    said = tuple(one for one in everything if _may_be_said(one))
    targets = sum(1 for one in everything if one not in said and one.part in ABOUT_TARGETS)
    return Discreet(said, targets, len(everything) - len(said) - targets)


def _may_be_said(change: Change) -> bool:
    if change.part is Part.REQUIREMENT:
        return change.kind is not ChangeKind.CHANGED or change.aspect in OPEN_ASPECTS
    return change.part in ABOUT_QUESTIONS
