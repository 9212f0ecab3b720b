from dataclasses import fields

import pytest

from assessments.domain import anchors, definition
from assessments.domain.differences import Change, ChangeKind, Part
from assessments.domain.publishing import Problem, ProblemKind
from assessments.wording import ASPECTS, PARTS, anchor_problem, say_change, say_problem

WRITTEN = ProblemKind.ANCHOR, anchors.Problem(anchors.Kind.NOT_I, (2,), "Can")
TEXTS = ("I try.", "I teach.")


def test_it_works():
    kind, anchor = WRITTEN
    said = say_problem(Problem(kind, "Python", anchor=anchor))
    assert said == "Python: Level 2 begins with “Can”. Begin with “I”."


@pytest.mark.parametrize("kind", set(ProblemKind) - {ProblemKind.ANCHOR})
def test_every_problem_is_a_sentence_about_its_place_with_a_cure(kind):
    said = say_problem(Problem(kind, "100 % Python", "2"))
    assert "“100 % Python”" in said
    assert said.endswith(".")
    assert len(said.removesuffix(".").split(". ")) == 2


@pytest.mark.parametrize("kind", anchors.Kind)
def test_every_problem_of_a_sentence_names_its_level_and_a_cure(kind):
    said = anchor_problem(anchors.Problem(kind, (2, 3), "100 %"))
    assert said.startswith(("Level 2 ", "Levels 2 and 3 "))
    assert len(said.removesuffix(".").split(". ")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            Change(Part.REQUIREMENT, ChangeKind.CHANGED, "SQL", "level", "2", "3"),
            "Requirement “SQL”, required level: 2 → 3",
        ),
        (
            Change(Part.REQUIREMENT, ChangeKind.CHANGED, "SQL", "essential", "no", "yes"),
            "Requirement “SQL”, essential: no → yes",
        ),
        (
            Change(Part.LINK, ChangeKind.CHANGED, "Book: SQL", "hours", "", "12"),
            "Link “Book: SQL”, hours it takes: nothing → 12",
        ),
        (Change(Part.SKILL, ChangeKind.ADDED, "100 %s"), "Skill added: 100 %s"),
        (Change(Part.SKILL, ChangeKind.REMOVED, "SQL"), "Skill removed: SQL"),
        (Change(Part.LINK, ChangeKind.MOVED), "Link order changed"),
        (
            Change(Part.ANCHOR, ChangeKind.CHANGED, "SQL", "2", *TEXTS),
            "SQL, level 2: “I try.” → “I teach.”",
        ),
        (
            Change(Part.ANCHOR, ChangeKind.ADDED, "SQL", "2", "", TEXTS[1]),
            "SQL, level 2: new sentence “I teach.”",
        ),
        (
            Change(Part.ANCHOR, ChangeKind.REMOVED, "SQL", "2", TEXTS[0], ""),
            "SQL, level 2: sentence removed, it was “I try.”",
        ),
    ],
)
def test_a_change_is_said_in_words(change, said):
    assert say_change(change) == said


@pytest.mark.parametrize("part", Part)
@pytest.mark.parametrize("kind", ChangeKind)
def test_every_change_of_every_part_is_said(part, kind):
    said = say_change(Change(part, kind, "SQL", "", "before", "after"))
    assert str(PARTS[part]) in said
    assert "%(" not in said


def test_every_attribute_that_may_change_has_a_word():
    compared_by_parts = {"anchors", "correspondences", "levels", "links", "from_level", "skill"}
    parts = (
        "Requirement",
        "Qualification",
        "Fact",
        "Resource",
        "Link",
        "Group",
        "Field",
        "Passage",
    )
    kinds = [getattr(definition, name) for name in (*parts, "Skill", "Scale")]
    names = {field.name for kind in kinds for field in fields(kind)}
    assert names - compared_by_parts <= set(ASPECTS)
