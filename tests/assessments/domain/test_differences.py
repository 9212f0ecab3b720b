from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.definition import (
    Anchor,
    Correspondence,
    Definition,
    Fact,
    Field,
    Group,
    Passage,
)
from assessments.domain.differences import Change, ChangeKind, Part, differences
from tests.definitions import (
    FIELDS,
    FIVE,
    definition,
    definitions,
    law,
    qualification,
    requirement,
    resource,
)

PAY = Fact("pay", "Pay", "41.21", None, "usd-per-hour", "", "A source", "", "2024")
GROWTH = Fact("growth", "Growth", "23", None, "percent", "", "A source", "", "2021", "To 2031.")
PASSAGES = (
    Passage("task", "", "Tests things."),
    Passage("task", "Fix", "Fixes things."),
    Passage("pay", "Pay", "Some."),
)
WHOLE = definition(
    requirement("python"),
    requirement("either", skills=("r", "julia"), group="more"),
    passages=PASSAGES,
    facts=(PAY, GROWTH),
    qualifications=(qualification(),),
    fields=FIELDS,
    resources=(resource("book", (0, 2), (2, 4)), resource("course", (0, 3), skill="r")),
    occupations=("15-2031.00", "15-1221.00"),
)
WHOLE = replace(
    WHOLE,
    skills=(
        replace(
            WHOLE.skills[0],
            correspondences=(
                Correspondence("technology", "Python", False),
                Correspondence("element", "2.B.3.e", True),
            ),
        ),
        *WHOLE.skills[1:],
    ),
)


def mutants(value):
    """Every definition that differs from this one in one place, at any depth."""
    for field in fields(value):
        now = getattr(value, field.name)
        for then in _others(now):
            yield replace(value, **{field.name: then})


def _others(value):
    if is_dataclass(value):
        yield from mutants(value)
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            for other in _others(one):
                yield (*value[:place], other, *value[place + 1 :])
        if value:
            yield from (value[1:], (*value, value[-1]), value[::-1])
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    else:
        yield f"{value or ''}9"


def with_requirement(**changes):
    first, *others = WHOLE.requirements
    return replace(WHOLE, requirements=(replace(first, **changes), *others))


def test_it_works():
    assert differences(WHOLE, with_requirement(level=2)) == (
        Change(Part.REQUIREMENT, ChangeKind.CHANGED, "Target python", "level", "3", "2"),
    )


def test_nothing_changed_is_nothing():
    assert differences(WHOLE, Definition.from_json(WHOLE.canonical_json())) == ()


def test_the_first_version_is_one_change():
    assert differences(None, WHOLE) == (Change(Part.ROLE, ChangeKind.ADDED, "Tester"),)


def test_every_single_change_is_told():
    silent = [
        mutant
        for mutant in mutants(WHOLE)
        if mutant.canonical_json() != WHOLE.canonical_json() and not differences(WHOLE, mutant)
    ]
    assert silent == []
    assert len(list(mutants(WHOLE))) > 200


@law
@given(definitions(), definitions(), st.booleans())
def test_told_exactly_when_the_json_differs(old, other, same):
    new = Definition.from_json(old.canonical_json()) if same else other
    assert bool(differences(old, new)) == (old.canonical_json() != new.canonical_json())


@law
@given(definitions(), definitions())
def test_what_one_way_adds_the_other_way_removes(old, new):
    def named(changes, kind):
        return sorted((one.part, one.name, one.aspect) for one in changes if one.kind == kind)

    there, back = differences(old, new), differences(new, old)
    assert named(there, ChangeKind.ADDED) == named(back, ChangeKind.REMOVED)


def test_a_reworded_anchor_carries_both_texts():
    python = WHOLE.skill("python")
    reworded = replace(python, anchors=(*python.anchors[:3], Anchor(3, "I lead."), Anchor(5, "I.")))
    new = replace(WHOLE, skills=(reworded, *WHOLE.skills[1:]))
    then, last = python.anchors[3].text, python.anchors[4].text
    assert differences(WHOLE, new) == (
        Change(Part.ANCHOR, ChangeKind.CHANGED, "Skill python", "3", then, "I lead."),
        Change(Part.ANCHOR, ChangeKind.REMOVED, "Skill python", "4", last, ""),
        Change(Part.ANCHOR, ChangeKind.ADDED, "Skill python", "5", "", "I."),
    )


@pytest.mark.parametrize(
    ("changes", "aspect", "before", "after"),
    [
        ({"importance": 5}, "importance", "3", "5"),
        ({"essential": True}, "essential", "no", "yes"),
        ({"group": "more"}, "group", "Group main", "Group more"),
        ({"skills": ("python", "r")}, "skills", "Skill python", "Skill python, Skill r"),
    ],
)
def test_a_requirement_is_compared_in_words(changes, aspect, before, after):
    assert differences(WHOLE, with_requirement(**changes)) == (
        Change(Part.REQUIREMENT, ChangeKind.CHANGED, "Target python", aspect, before, after),
    )


def test_two_groups_of_one_name_are_told_apart():
    twins = replace(WHOLE, groups=(Group("main", "Same"), Group("more", "Same")))
    first, *others = twins.requirements
    new = replace(twins, requirements=(replace(first, group="more"), *others))
    (change,) = differences(twins, new)
    assert (change.before, change.after) == ("main", "more")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Part.REQUIREMENT, "requirements"),
        (Part.SKILL, "skills"),
        (Part.FACT, "facts"),
        (Part.GROUP, "groups"),
        (Part.FIELD, "fields"),
        (Part.PASSAGE, "passages"),
        (Part.RESOURCE, "resources"),
    ],
)
def test_another_order_is_one_change(part, name):
    new = replace(WHOLE, **{name: getattr(WHOLE, name)[::-1]})
    assert differences(WHOLE, new) == (Change(part, ChangeKind.MOVED),)


def test_links_of_many_resources_in_another_order_are_one_change():
    resources = tuple(resource(slug, (0, 2), (2, 4)) for slug in ("a", "b", "c"))
    old = replace(WHOLE, resources=resources)
    new = replace(old, resources=tuple(replace(one, links=one.links[::-1]) for one in resources))
    assert differences(old, new) == (Change(Part.LINK, ChangeKind.MOVED),)


@pytest.mark.parametrize("title", ["", "Plan"])
def test_a_passage_put_in_front_is_one_change(title):
    new = replace(WHOLE, passages=(Passage("task", title, "Plans."), *PASSAGES))
    assert differences(WHOLE, new) == (
        Change(Part.PASSAGE, ChangeKind.ADDED, title or "task", "", "", "Plans."),
    )


def test_a_passage_rewritten_under_its_title_is_the_same_passage():
    rewritten = Passage("task", "Fix", "Mends things.")
    new = replace(WHOLE, passages=(PASSAGES[0], rewritten, PASSAGES[2]))
    said = ("Fix", "text", "Fixes things.", "Mends things.")
    assert differences(WHOLE, new) == (Change(Part.PASSAGE, ChangeKind.CHANGED, *said),)


def test_hours_and_level_of_a_link_are_told():
    book, course = WHOLE.resources
    slower = replace(book.links[0], hours=12, to_level=3)
    new = replace(WHOLE, resources=(replace(book, links=(slower, book.links[1])), course))
    told = [(one.name, one.aspect, one.before, one.after) for one in differences(WHOLE, new)]
    name = "Book: Skill python"
    assert told == [(name, "to_level", "2", "3"), (name, "hours", "", "12")]


def test_what_came_and_went_is_named():
    new = replace(WHOLE, fields=(FIELDS[0], Field("logic", "Logic")), scales=(FIVE,))
    assert differences(WHOLE, new) == (
        Change(Part.FIELD, ChangeKind.ADDED, "Logic"),
        Change(Part.FIELD, ChangeKind.REMOVED, "Physics"),
    )


def test_an_uncertain_level_is_never_told_as_if_it_were_sound():
    new = with_requirement(level=2, imprecise=True)
    level, imprecise = differences(WHOLE, new)
    assert (level.before, level.after) == ("3", "2?")
    assert (imprecise.aspect, imprecise.before, imprecise.after) == ("imprecise", "no", "yes")


def test_what_a_skill_answers_to_is_compared():
    python = WHOLE.skill("python")
    loose = replace(python.correspondences[0], loose=True)
    changed = replace(python, correspondences=(loose, Correspondence("technology", "PyPy", True)))
    said = differences(WHOLE, replace(WHOLE, skills=(changed, *WHOLE.skills[1:])))
    assert [(one.kind, one.name, one.after) for one in said] == [
        (ChangeKind.CHANGED, "Skill python: Python", "yes"),
        (ChangeKind.ADDED, "Skill python: PyPy", ""),
        (ChangeKind.REMOVED, "Skill python: 2.B.3.e", ""),
    ]
