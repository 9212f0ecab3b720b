from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.carrying import (
    carrying,
    education_means_the_same,
    meaning,
    means_the_same,
)
from assessments.domain.definition import Field
from tests.definitions import EIGHT, FIELDS, definition, definitions, law, requirement

OLD = definition(requirement("python"), requirement("sql"), requirement("r"))


def reworded(role, *slugs):
    """The role with another sentence at level 3 of these skills."""

    def other(skill):
        anchors = [replace(a, text=f"{a.text} Now.") if a.level == 3 else a for a in skill.anchors]
        return replace(skill, anchors=tuple(anchors)) if skill.slug in slugs else skill

    return replace(role, skills=tuple(map(other, role.skills)))


def test_it_works():
    new = reworded(definition(*map(requirement, ["python", "sql", "talking"])), "sql")
    found = carrying(OLD, new, {"python", "sql", "r"})
    assert (found.kept, found.reworded) == (("python",), ("sql",))
    assert (found.new, found.gone) == (("talking",), ("r",))


def test_another_scale_is_another_question():
    new = definition(requirement("python"), scale=EIGHT)
    assert carrying(OLD, new, {"python"}).reworded == ("python",)


@st.composite
def moves(draw):
    """Two definitions that share skills, some of them reworded, and what was answered."""
    old, new = draw(definitions()), draw(definitions())
    slugs = [one.slug for one in new.skills]
    new = reworded(new, *draw(st.sets(st.sampled_from(slugs))))
    return old, new, draw(st.sets(st.sampled_from([one.slug for one in old.skills])))


@law
@given(moves())
def test_every_kept_answer_has_equal_sentences_and_levels_in_both(case):
    old, new, answered = case
    for slug in carrying(old, new, answered).kept:
        assert old.skill(slug).anchors == new.skill(slug).anchors
        assert old.scale_of(slug).levels == new.scale_of(slug).levels


@law
@given(moves())
def test_every_answer_is_kept_asked_again_or_gone(case):
    old, new, answered = case
    found = carrying(old, new, answered)
    places = [*found.kept, *(answered & set(found.reworded)), *found.gone]
    assert sorted(places) == sorted(answered)


@law
@given(moves())
def test_the_mark_of_a_meaning_is_alike_exactly_where_it_is_the_same(case):
    old, new, _answered = case
    for skill in new.skills:
        if skill.slug in old.skills_by_slug:
            alike = meaning(old, skill.slug) == meaning(new, skill.slug)
            assert alike == means_the_same(old, new, skill)


def test_the_mark_knows_nothing_of_targets():
    marks = {meaning(definition(requirement("python", level)), "python") for level in (1, 4)}
    assert len(marks) == 1


def test_a_degree_keeps_while_its_field_goes_by_the_same_name():
    old = definition(fields=FIELDS)
    renamed = definition(fields=(Field("mathematics", "Astrology"), FIELDS[1]))
    assert education_means_the_same(old, old, "mathematics")
    assert not education_means_the_same(old, renamed, "mathematics")
    assert not education_means_the_same(old, definition(), "mathematics")
    assert education_means_the_same(old, renamed, "")


def test_another_field_may_be_listed_now():
    old, more = definition(fields=FIELDS[:1]), definition(fields=FIELDS)
    assert education_means_the_same(more, old, "other")
    assert not education_means_the_same(old, more, "other")
