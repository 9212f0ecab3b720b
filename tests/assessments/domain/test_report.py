from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.answers import Answer, Degree, Education, LastDone
from assessments.domain.definition import Definition
from assessments.domain.report import report
from tests.definitions import (
    EIGHT,
    answers,
    cases,
    definition,
    law,
    qualification,
    requirement,
    resource,
)


def test_it_works():
    role = definition(requirement("python"), requirement("sql"), requirement("bash"))
    found = report(role, answers(python=3, sql=1), None)
    assert found.as_dict() == {
        "definition": role.content_hash(),
        "gaps": [
            figures("python", 3, "met"),
            figures("sql", 1, "short"),
            figures("bash", None, "unknown"),
        ],
        "priorities": ["sql"],
        "qualifications": [],
        "readiness": {"low": "4/9", "high": "7/9"},
        "met": 1,
        "targets": 3,
    }


def figures(slug, have, standing):
    return {
        "requirement": slug,
        "skill": slug,
        "have": have,
        "need": 3,
        "standing": standing,
        "last_done": "",
    }


def test_it_has_the_hash_it_always_had():
    """Were it to change, reports already made would no longer equal what was taken down."""
    role = definition(requirement("python"), qualifications=(qualification(),))
    said = {"python": Answer(2, LastDone.LONGER_AGO)}
    assert report(role, said, Education(Degree.MASTER, "mathematics")).content_hash() == GOLDEN


GOLDEN = "59278a4a3fc336ccb2d5bc4c8e19eeb2191604795729d3ba175580371f92f93e"


def test_on_seven_steps_too():
    """Taken down before targets could be imprecise."""
    role = definition(
        requirement("reading", 4, essential=True),
        requirement("either", 6, skills=("writing", "speaking"), importance=5),
        requirement("maths", 5),
        requirement("physics", 2),
        scale=EIGHT,
        qualifications=(qualification(),),
        resources=(resource("book", (0, 2), skill="maths"),),
    )
    said = answers(speaking=3, maths=None) | {"reading": Answer(5, LastDone.LONGER_AGO)}
    assert role.content_hash() == GOLDEN_ROLE
    found = report(role, said, Education(Degree.BACHELOR, "physics"))
    assert found.content_hash() == GOLDEN_ON_SEVEN


GOLDEN_ROLE = "971a005621b18119cdd11283eb6440f47a6f4b0aa70196b94286c122bc0c0b4f"
GOLDEN_ON_SEVEN = "f4e2bd625b67d4a87e39afb66096ab20948300e17a594b2cbfbd78fa96c1a207"


def test_an_imprecise_target_is_in_no_figure():
    one, other = (definition(requirement("sql", level, imprecise=True)) for level in (2, 4))
    found = [report(role, answers(sql=3), None).as_dict() for role in (one, other)]
    assert found[0]["gaps"][0]["need"] is None
    assert [one | {"definition": ""} for one in found] == [found[0] | {"definition": ""}] * 2


@law
@given(cases(), st.data())
def test_the_same_input_gives_the_same_bytes(case, data):
    again = Definition.from_json(case.role.canonical_json())
    shuffled = dict(data.draw(st.permutations(list(case.answers.items()))))
    one, other = report(case.role, case.answers, None), report(again, shuffled, None)
    assert one.content_hash() == other.content_hash()
    assert one.as_dict() == other.as_dict()


@law
@given(cases())
def test_an_answer_nobody_asked_for_changes_nothing(case):
    said = case.answers | {"juggling": Answer(4)}
    one, other = report(case.role, case.answers, None), report(case.role, said, None)
    assert one.content_hash() == other.content_hash()


def test_a_different_answer_gives_a_different_hash():
    role = definition(requirement("python"))
    hashes = {
        report(role, said, None).content_hash()
        for said in (
            {},
            answers(python=3),
            answers(python=4),
            {"python": Answer(3, LastDone.NEVER)},
        )
    }
    assert len(hashes) == 4


def test_the_first_three_are_the_first_priorities():
    role = definition(*(requirement(f"s{n}", importance=5 - n) for n in range(5)))
    found = report(role, answers(s0=0, s1=0, s2=0, s3=0, s4=0), None)
    assert [one.gap.skill for one in found.first] == ["s0", "s1", "s2"]


def test_strengths_are_furthest_above_then_what_matters_most():
    role = definition(
        requirement("just", 4),
        requirement("above", 1, importance=1),
        requirement("essential", 4, importance=1, essential=True),
        requirement("important", 4, importance=4),
        requirement("short", 4),
    )
    said = answers(just=4, above=4, essential=4, important=4, short=3)
    order = [gap.requirement.slug for gap in report(role, said, None).strengths]
    assert order == ["above", "essential", "important", "just"]


def test_six_strengths_at_most():
    role = definition(*(requirement(f"s{n}") for n in range(8)))
    found = report(role, answers(**{f"s{n}": 3 for n in range(8)}), None)
    assert len(found.strengths) == 6


def test_qualifications_stand_apart_from_the_score():
    role = definition(requirement("python"), qualifications=(qualification(),))
    said = answers(python=1)
    without = report(replace(role, qualifications=()), said, None)
    with_it = report(role, said, Education(Degree.NONE))
    assert with_it.readiness == without.readiness


def test_recency_is_said_only_where_it_widens_the_range():
    role = definition(requirement("python", 2))
    widened, harmless = Answer(2, LastDone.LONGER_AGO), Answer(3, LastDone.LONGER_AGO)
    assert report(role, {"python": widened}, None).has_recency_range
    assert not report(role, {"python": harmless}, None).has_recency_range
    assert not report(role, answers(python=2), None).has_recency_range


def test_where_there_is_no_level_to_take_off_age_widens_nothing():
    role = definition(requirement("python", 2), requirement("sql", 2))
    said = {slug: Answer(level, LastDone.LONGER_AGO) for slug, level in [("python", 0), ("sql", 1)]}
    assert [gap.skill for gap in report(role, said, None).widened_by_age] == ["sql"]
