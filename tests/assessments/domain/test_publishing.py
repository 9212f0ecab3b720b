from dataclasses import replace

import pytest
from hypothesis import given

from assessments.domain import anchors
from assessments.domain.definition import Anchor, Fact, Group, Passage
from assessments.domain.publishing import STYLED_SCALE, Problem, ProblemKind, problems
from tests.definitions import (
    EIGHT,
    FIVE,
    definition,
    definitions,
    law,
    requirement,
    resource,
    skill,
)

FACT = Fact("pay", "Pay", "41.21", None, "usd-per-hour", "", "A source", "", "2024")
PAGE = {"passages": (Passage("task", "", "Tests things."),), "facts": (FACT,)}
CURATED = replace(FIVE, slug=STYLED_SCALE)
SENTENCES = ("I watch.", "I try.", "I need help now and then.", "I work alone.", "I teach others.")
STYLED = replace(
    skill("python", CURATED),
    anchors=tuple(Anchor(level, text) for level, text in enumerate(SENTENCES)),
)


def role(*requirements, **parts):
    """One that may be published, but for what the arguments change."""
    slugs = {slug for one in requirements for slug in one.skills}
    served = tuple(resource(f"book-{slug}", (0, 4), skill=slug) for slug in slugs)
    return definition(*requirements, **{"resources": served} | PAGE | parts)


def kinds(role):
    return [problem.kind for problem in problems(role)]


def test_it_works():
    assert problems(role(requirement("python"))) == ()


def test_a_role_asks_for_something():
    assert kinds(role()) == [ProblemKind.NO_REQUIREMENTS]


def test_a_requirement_names_a_skill():
    nothing = replace(requirement("python"), skills=())
    assert kinds(role(nothing)) == [ProblemKind.NO_SKILL]


def test_the_group_must_exist():
    lost = role(requirement("python", group="lost"), groups=())
    assert problems(lost) == (Problem(ProblemKind.UNKNOWN_GROUP, "Target python", "lost"),)


def test_the_top_of_the_scale_may_be_asked_for_and_no_more():
    assert problems(role(requirement("python", 4))) == ()
    assert ProblemKind.TARGET_TOO_HIGH in kinds(role(requirement("python", 5)))


def test_alternatives_share_one_scale():
    mixed = role(
        requirement("any", skills=("python", "r")),
        scales=(FIVE, EIGHT),
        skills=(skill("python"), skill("r", EIGHT)),
    )
    said = "Five levels, Eight levels"
    assert problems(mixed) == (Problem(ProblemKind.MIXED_SCALES, "Target any", said),)


def test_a_skill_counts_once():
    twice = role(requirement("any", skills=("python", "python")))
    assert kinds(twice) == [ProblemKind.REPEATED_SKILL]


@pytest.mark.parametrize("spans", [(), [(3, 4)]])
def test_something_must_lead_up_to_the_target(spans):
    unserved = role(requirement("python", 3), resources=(resource("book", *spans),))
    assert kinds(unserved) == [ProblemKind.NO_RESOURCE]


def test_any_alternative_may_be_the_one_with_a_resource():
    one_of = requirement("any", 3, skills=("python", "r"))
    assert problems(role(one_of, resources=(resource("book", (0, 3), skill="r"),))) == ()


def test_a_level_that_nothing_leads_on_from_is_a_warning():
    broken = role(requirement("python", 4), resources=(resource("book", (0, 1), (2, 3)),))
    (found,) = problems(broken)
    assert found == Problem(ProblemKind.LEVEL_WITHOUT_RESOURCE, "Target python", "1, 3")
    assert not found.blocks


def test_names_differ_by_more_than_case():
    skills = tuple(replace(skill(slug), name=name) for slug, name in [("c", "Go"), ("go", "GO")])
    asked = (requirement("c"), replace(requirement("go"), title="TARGET C"))
    assert problems(role(*asked, skills=skills)) == (
        Problem(ProblemKind.DUPLICATE_SKILL, "GO"),
        Problem(ProblemKind.DUPLICATE_TITLE, "TARGET C"),
    )


def test_what_is_merely_bare_warns():
    groups = (Group("main", "Main"), Group("spare", "Spare"))
    bare = role(requirement("python"), groups=groups, facts=(), passages=())
    assert not any(problem.blocks for problem in problems(bare))
    assert kinds(bare) == [
        ProblemKind.NO_FACTS,
        ProblemKind.NO_PASSAGES,
        ProblemKind.EMPTY_GROUP,
    ]


def test_our_own_sentences_follow_our_style():
    changed = replace(STYLED, anchors=(Anchor(0, "Can watch."), *STYLED.anchors[2:]))
    (missing, not_i) = problems(role(requirement("python"), scale=CURATED, skills=(changed,)))
    assert missing.anchor == anchors.Problem(anchors.Kind.MISSING, (1,))
    assert not_i.anchor == anchors.Problem(anchors.Kind.NOT_I, (0,), "Can")
    assert missing.where == not_i.where == "Skill python"
    assert missing.blocks
    assert not_i.blocks


def test_sentences_from_elsewhere_keep_their_wording():
    foreign = replace(skill("python"), anchors=(Anchor(2, "Good knowledge of Python."),))
    assert problems(role(requirement("python"), skills=(foreign,))) == ()


def test_a_scale_from_elsewhere_needs_a_sentence_all_the_same():
    silent = replace(skill("python"), anchors=())
    assert kinds(role(requirement("python"), skills=(silent,))) == [ProblemKind.NO_ANCHORS]


def test_a_scale_without_levels_is_named_and_nothing_breaks():
    bare = replace(FIVE, levels=())
    found = kinds(role(requirement("python"), scale=bare))
    assert found == [ProblemKind.NO_LEVELS, ProblemKind.NO_ANCHORS]


@law
@given(definitions())
def test_what_blocks_comes_first(role):
    blocks = [problem.blocks for problem in problems(role)]
    assert blocks == sorted(blocks, reverse=True)
