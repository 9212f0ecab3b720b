"""The checker on histories of a few lines: it objects to broken promises and to nothing else."""

from itertools import count

import pytest

from tests.reliability.history import (
    FAILED,
    OK,
    READ,
    REPORT,
    SAVE,
    SUBMIT,
    UNKNOWN,
    Operation,
    violations,
)

clock = count()


def did(kind, outcome=OK, **more):
    more.setdefault("question", "" if kind in (SUBMIT, REPORT) else "q")
    return Operation(kind, "a", next(clock), next(clock), outcome, **more)


def saved(value, seen, revision=0, outcome=OK, **more):
    return did(SAVE, outcome, value=value, seen=seen, revision=revision, **more)


def read(value, revision, **more):
    return did(READ, value=value, revision=revision, **more)


def sent(seen, outcome=OK):
    return did(SUBMIT, outcome, seen=seen)


def report(at="noon", **answers):
    return did(REPORT, answers=answers, submitted_at=at)


def as_it_should():
    return [
        read("", 0),
        saved("1", 0, 1),
        saved("2", 1),
        read("2", 2),
        saved("other", 0, 3, question="r"),
        saved("refused", 1, outcome=FAILED),
        saved("cut", 2, outcome=UNKNOWN),
        read("cut", 4),
        saved("never arrived", 4, outcome=UNKNOWN),
        sent(4),
        sent(4),
        report(q="cut", r="other"),
        report(q="cut", r="other"),
    ]


def test_a_right_history_passes():
    assert violations(as_it_should()) == []


def test_an_operation_that_overlaps_may_go_either_way():
    during = Operation(READ, "a", 0, 10, question="q", value="", revision=0)
    write = Operation(SAVE, "a", 1, 2, question="q", value="1", seen=0, revision=1)
    after = Operation(READ, "a", 11, 12, question="q", value="1", revision=1)
    assert violations([during, write, after]) == []


@pytest.mark.parametrize(
    ("fault", "history"),
    [
        ("lost", lambda: [saved("1", 0), read("", 0)]),
        ("lost", lambda: [saved("1", 0), saved("2", 0), read("2", 2)]),
        ("lost", lambda: [saved("1", 0, 1), saved("2", 1, 2), read("1", 1)]),
        ("lost", lambda: [saved("1", 0, 1), sent(1), report()]),
        ("phantom", lambda: [read("never", 1)]),
        ("phantom", lambda: [saved("1", 0, outcome=FAILED), read("1", 1)]),
        ("phantom", lambda: [read("1", 1), saved("1", 0, 1)]),
        ("phantom", lambda: [sent(1), report(q="never")]),
        ("phantom", lambda: [saved("1", 0, 1), report(q="1")]),
        ("stale", lambda: [saved("1", 0, 1), read("", 0), read("1", 1)]),
        ("stale", lambda: [saved("1", 0, 1), saved("2", 1, 2), read("1", 1), read("2", 2)]),
        ("reordered", lambda: [saved("1", 5, 5), read("1", 5)]),
        ("reordered", lambda: [saved("1", 0, 1), saved("2", 0, 1, question="r")]),
        ("reordered", lambda: [saved("1", 0, 1), saved("2", 1, 2), read("1", 2)]),
        ("double submit", lambda: [sent(0), report("noon"), sent(0), report("later")]),
        ("report", lambda: [saved("1", 0, 1), sent(1), report(q="1"), report()]),
        ("report", lambda: [saved("1", 0, 1), sent(0), report(q="1")]),
        ("report", lambda: [saved("1", 0, 1), sent(1), saved("2", 1, 2), report(q="2")]),
    ],
)
def test_a_broken_promise_is_found(fault, history):
    assert any(f"{fault}: " in found for found in violations(history()))
