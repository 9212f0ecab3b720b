"""Pure: what would happen, from the file and from what is here."""

from dataclasses import replace

import pytest

from assessments.importers.my_data_plan import Here, Known, outlook
from tests.assessments.importers.test_my_data import ASSESSMENT, WHOLE, with_
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.my_data import read

ROLE = definition(requirement("python", 3), qualifications=(qualification(),), fields=FIELDS)
KNOWN = Known(id=7, role=3, number=1, definition=ROLE)
EMPTY = Here(
    versions={"a" * 64: KNOWN},
    reports={},
    open_roles=frozenset(),
    planned=frozenset(),
    has_plan=False,
    room=100,
    links={("book", "python", 0): 5},
)
A, ANSWERS = ("assessments", 0), ("assessments", 0, "answers", 0)
PLANNED = ("plan", "items", 0)


def kinds(data, **here):
    found = outlook(read(data), replace(EMPTY, **here))
    assert found.problems == ()
    return [str(one.kind) for one in (*found.lines, *found.items)]


def problem(data):
    found = outlook(read(data), EMPTY)
    (one,) = found.problems
    return f"{one.place}: {one.text}"


def test_it_works():
    found = outlook(read(WHOLE), EMPTY)
    assert kinds(WHOLE) == ["report", "planned"]
    assert found.lines[0].figures.readiness.met == 1
    assert found.items[0].link == 5
    assert found.sets_pace
    assert found.writes


def test_a_version_that_is_not_here_takes_its_plan_along():
    assert kinds(WHOLE, versions={}) == ["no-version", "no-report"]


def test_one_that_is_here_is_known_by_role_time_and_answers():
    mark = outlook(read(WHOLE), EMPTY).lines[0].mark
    assert kinds(WHOLE, reports={mark: 1}) == ["here", "planned"]
    other = with_((*ANSWERS, "example"), "Another.")
    assert kinds(other, reports={mark: 1}) == ["report", "planned"]


def test_twice_in_one_file_counts_once():
    twice = WHOLE | {"assessments": [ASSESSMENT, ASSESSMENT | {"number": 2}]}
    assert kinds(twice) == ["report", "here", "planned"]


def test_one_that_is_open_here_stays():
    unfinished = with_((*A, "submitted_at"), None) | {"plan": None}
    assert kinds(unfinished) == ["open"]
    assert kinds(unfinished, open_roles=frozenset({3})) == ["one-is-open"]


def test_two_open_on_one_role_in_one_file_are_one():
    one = ASSESSMENT | {"submitted_at": None}
    assert kinds(WHOLE | {"assessments": [one, one | {"number": 2}], "plan": None}) == [
        "open",
        "one-is-open",
    ]


def test_a_plan_only_from_reports():
    assert kinds(with_((*A, "submitted_at"), None)) == ["open", "no-report"]


def test_a_skill_that_is_planned_stays_as_it_is():
    assert kinds(WHOLE, planned=frozenset({"python"}), has_plan=True) == [
        "report",
        "planned-already",
    ]


def test_a_full_plan_takes_no_more():
    assert kinds(WHOLE, room=0) == ["report", "full"]


def test_a_resource_that_is_not_here_is_left_out():
    found = outlook(read(WHOLE), replace(EMPTY, links={}))
    assert found.items[0].link is None


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((*ANSWERS, "level"), 5, "Assessment 1, Tester: python has no level 5. Make it one from 0"),
        ((*ANSWERS, "skill"), "java", "Assessment 1, Tester: The role asks for no skill java."),
        ((*A, "qualification", "field"), "magic", "no field of study “magic”"),
        ((*A, "qualification", "degree"), "none", "Empty field"),
        ((*PLANNED, "skill"), "java", "Plan, skill 1: Its report has no target python"),
        ((*PLANNED, "requirement"), "java", "Plan, skill 1: Its report has no target java"),
        ((*PLANNED, "to_level"), 5, "Make it 4 at most"),
    ],
)
def test_what_does_not_fit_the_definition_is_named(path, value, message):
    assert message in problem(with_(path, value))


def test_another_outlook_has_another_digest():
    digests = {
        outlook(read(WHOLE), here).digest
        for here in (EMPTY, replace(EMPTY, room=0), replace(EMPTY, has_plan=True))
    }
    assert len(digests) == 3
