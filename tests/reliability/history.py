"""What people did and were told, and whether a site that keeps its promises can have said that.

Knows nothing of the site. An answer to one question of one assessment is a register that is
written under a condition: a save names the revision that its page showed, and is refused where
that is no longer the newest. So the accepted saves of a question form a chain, and whatever does
not fit into it was lost, made up or put out of order.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

SAVE, READ, SUBMIT, REPORT = "save", "read", "submit", "report"
OK, FAILED, UNKNOWN = "ok", "failed", "unknown"


@dataclass(frozen=True, slots=True)
class Operation:
    """`began` and `ended` are seconds of one clock. No two saves write the same `value`.

    FAILED: the site said no, and nothing may have happened. UNKNOWN: no answer, or an excuse; it
    may have happened, once. `seen` is the revision that the page showed, `revision` the one that
    the site told. A report's `answers` are values by question.
    """

    kind: str
    key: str
    began: float
    ended: float
    outcome: str = OK
    question: str = ""
    value: str = ""
    seen: int = 0
    revision: int = 0
    submitted_at: str = ""
    answers: dict[str, str] = field(default_factory=dict)


def violations(log: list[Operation]) -> list[str]:
    found = []
    by_key: dict[str, list[Operation]] = defaultdict(list)
    for one in log:
        by_key[one.key].append(one)
    for key, operations in by_key.items():
        found += [f"{key}: {what}" for what in of_assessment(operations)]
    return found


def of_assessment(operations: list[Operation]) -> Iterator[str]:
    by_question: dict[str, list[Operation]] = defaultdict(list)
    for one in operations:
        if one.kind in (SAVE, READ):
            by_question[one.question].append(one)
    reports = [one for one in operations if one.kind == REPORT and one.outcome == OK]
    for question in {*by_question, *(one for report in reports for one in report.answers)}:
        own = by_question[question]
        register = Register(own, [one.answers.get(question, "") for one in reports])
        yield from (f"{question}: {what}" for what in register.violations())
    yield from counts(by_question)
    yield from sending(operations, reports)


def counts(by_question: dict[str, list[Operation]]) -> Iterator[str]:
    """One count for all the saves of an assessment: no two of them share a number."""
    holder: dict[int, str] = {}
    for question, own in by_question.items():
        for revision in {one.revision for one in own if one.revision}:
            if holder.setdefault(revision, question) != question:
                yield f"reordered: revision {revision} of {holder[revision]} and of {question}"


def sending(operations: list[Operation], reports: list[Operation]) -> Iterator[str]:
    submits = [one for one in operations if one.kind == SUBMIT and one.outcome != FAILED]
    told = [one.ended for one in submits if one.outcome == OK]
    if reports and not submits:
        yield "phantom: a report that nobody asked for"
    for earlier, later in pairwise(sorted(reports, key=lambda one: one.began)):
        if earlier.submitted_at != later.submitted_at:
            yield "double submit: the report got another date"
        if earlier.answers != later.answers:
            yield "report: not the same twice"
    if submits:
        looked_at = max(one.seen for one in submits)
        sent = {value for one in reports for value in one.answers.values()}
        for one in operations:
            if one.value in sent and one.kind in (SAVE, READ) and one.revision > looked_at:
                yield f"report: {one.value} was not on the page that was sent"
    for one in operations:
        if one.kind == SAVE and one.outcome == OK and told and one.began > min(told):
            yield f"report: {one.value} was accepted after it was sent"


class Register:
    """One question of one assessment."""

    def __init__(self, own: list[Operation], reported: list[str]) -> None:
        self.saves = {one.value: one for one in own if one.kind == SAVE}
        self.reads = [one for one in own if one.kind == READ and one.outcome == OK]
        self.reported = reported
        self.seen = [one for one in own if one.outcome == OK and one.revision]

    def violations(self) -> Iterator[str]:
        yield from self.phantoms()
        yield from self.reordered()
        yield from self.overwritten()
        yield from self.lost()

    def phantoms(self) -> Iterator[str]:
        for one in self.reads:
            written = self.saves.get(one.value)
            if one.value and (written is None or written.outcome == FAILED):
                yield f"phantom: {one.value} was never saved"
            elif written and written.began > one.ended:
                yield f"phantom: {one.value} was read before it was sent"
        for value in set(self.reported) - {""}:
            if value not in self.saves or self.saves[value].outcome == FAILED:
                yield f"phantom: {value} is reported and was never saved"

    def reordered(self) -> Iterator[str]:
        """Who asks after somebody was told a revision gets that one or a later."""
        values: dict[int, str] = {}
        for one in self.seen:
            if values.setdefault(one.revision, one.value) != one.value:
                yield f"reordered: revision {one.revision} is {values[one.revision]}, {one.value}"
            if one.kind == SAVE and one.revision <= one.seen:
                yield f"reordered: {one.value} on {one.seen} became {one.revision}"
        floors = sorted(
            (one.ended, one.revision or one.seen + 1)
            for one in (*self.saves.values(), *self.reads)
            if one.outcome == OK and (one.revision or one.kind == SAVE)
        )
        floor = at = 0
        looks = [one for one in self.seen if one.kind == SAVE] + self.reads
        for one in sorted(looks, key=lambda look: look.began):
            while at < len(floors) and floors[at][0] < one.began:
                floor, at = max(floor, floors[at][1]), at + 1
            if one.revision < floor:
                yield f"stale: revision {one.revision} of {one.value} after {floor} was told"

    def overwritten(self) -> Iterator[str]:
        """Two saves on the same page revision: the second has not seen what it replaced."""
        on: dict[int, str] = {}
        for one in self.landed():
            if on.setdefault(one.seen, one.value) != one.value:
                yield f"lost: {on[one.seen]} and {one.value} both replaced revision {one.seen}"

    def landed(self) -> list[Operation]:
        visible = {one.value for one in self.reads} | set(self.reported)
        return [
            one
            for one in self.saves.values()
            if one.outcome == OK or (one.outcome == UNKNOWN and one.value in visible)
        ]

    def lost(self) -> Iterator[str]:
        """From what is there at last back to the first: every accepted save lies on the way."""
        if not self.reads and not self.reported:
            return
        last = max(self.reads, key=lambda one: one.began, default=None)
        value = self.reported[-1] if self.reported else last.value if last else ""
        until = float("inf") if self.reported or last is None else last.began
        told = {one.revision: one.value for one in self.seen}
        passed: set[str] = set()
        while value and value in self.saves and value not in passed:
            passed.add(value)
            value = told.get(self.saves[value].seen, "")
        for one in self.saves.values():
            if one.outcome == OK and one.value not in passed and one.ended < until:
                yield f"lost: {one.value} was accepted and is not there"
