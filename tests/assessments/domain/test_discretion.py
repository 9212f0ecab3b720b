from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.differences import Part, differences
from assessments.domain.discretion import discreet
from tests.definitions import definition, definitions, law, qualification, requirement, resource

OLD = definition(requirement("python", 2), requirement("sql"))


def with_targets(role, level, importance, essential):
    """The role with other targets, and nothing else."""
    changed = [
        replace(one, level=level, importance=importance, essential=essential, reason=f"{level}!")
        for one in role.requirements
    ]
    return replace(role, requirements=tuple(changed))


def test_it_works():
    new = definition(requirement("python", 3), requirement("talking"))
    found = discreet(differences(OLD, new))
    assert found.targets == 1
    assert {one.part for one in found.said} == {Part.REQUIREMENT, Part.SKILL}
    assert "level" not in {one.aspect for one in found.said}


@law
@given(definitions(), st.integers(1, 4), st.integers(1, 5), st.booleans())
def test_a_change_of_targets_is_never_said(role, level, importance, essential):
    found = discreet(differences(role, with_targets(role, level, importance, essential)))
    assert found.said == ()
    assert found.others == 0


def test_a_change_of_degrees_is_a_change_of_targets():
    old = definition(qualifications=(qualification(),))
    new = definition(qualifications=(qualification(degrees=("bachelor",)),))
    assert discreet(differences(old, new)).targets == 1
    assert discreet(differences(old, definition())).said == ()


def test_resources_are_counted_since_their_levels_lead_to_targets():
    found = discreet(differences(OLD, replace(OLD, resources=(resource("book", (0, 3)),))))
    assert (found.said, found.targets, found.others) == ((), 0, 1)
