"""The role Machine Learning Engineer as it is delivered: every part of the career page is there."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

import assessments
from assessments.domain import anchors
from assessments.domain.publishing import problems
from assessments.importers.role_file import parse

FOLDER = Path(assessments.__file__).parent / "content"
ROLE = parse((FOLDER / "machine-learning-engineer.yaml").read_bytes())
SKILLS = [pytest.param(skill, id=skill.slug) for skill in ROLE.skills]


def links_to(skill):
    return [
        (resource, link)
        for resource in ROLE.resources
        for link in resource.links
        if link.skill == skill.slug
    ]


def target_of(skill):
    return max(one.level for one in ROLE.requirements if skill.slug in one.skills)


def test_it_can_be_published_and_nothing_deserves_a_second_look():
    assert problems(ROLE) == ()


def test_as_many_requirements_as_the_page_asks_for():
    assert len(ROLE.requirements) >= 27
    assert len(ROLE.skills) >= 34


@pytest.mark.parametrize(
    "skills",
    [
        {"python", "r", "java"},
        {"tensorflow", "pytorch"},
        {"spss", "matlab", "scientific-computing"},
        {"bash", "unix-shell"},
        {"google-docs", "microsoft-word"},
    ],
    ids=lambda one: "-".join(sorted(one)),
)
def test_any_of_several_is_enough(skills):
    assert skills in [set(one.skills) for one in ROLE.requirements]


def test_nothing_else_is_any_of_several():
    assert sum(one.any_of for one in ROLE.requirements) == 5


@pytest.mark.parametrize(
    "skill",
    [
        *("data-structures", "algorithms", "computer-architecture", "problem-solving"),
        *("communication", "ml-system-design", "model-operations", "data-analysis"),
        *("ml-algorithms", "model-validation", "mathematical-modelling", "simulation-modelling"),
        *("cross-functional-work", "decision-makers", "keeping-up", "weighing-alternatives"),
        *("mathematics", "systems-evaluation", "judgement", "complex-problem-solving"),
        *("cloud-computing", "software-practice"),
    ],
)
def test_what_the_page_names_is_asked_for_by_itself(skill):
    assert (skill,) in [one.skills for one in ROLE.requirements]


def test_the_page_s_own_words_decide():
    by_slug = {one.slug: one for one in ROLE.requirements}
    crucial, benefit = by_slug["programming-language"], by_slug["ml-framework"]
    assert (crucial.importance, crucial.essential) == (5, True)
    assert not benefit.essential
    assert not ROLE.qualifications[0].essential
    assert all(one.reason for one in ROLE.requirements)


def test_the_qualification():
    (degree,) = ROLE.qualifications
    assert set(degree.degrees) == {"master", "doctorate"}
    assert {"computer-science", "mathematics"} < set(degree.fields)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        *(("overview", 1), ("responsibility", 5), ("task", 3), ("reason", 1), ("pathway", 2)),
        *(("pay", 1), ("industry", 4), ("outlook", 1), ("learning", 1), ("demand", 1)),
    ],
)
def test_every_part_of_the_page_is_there(kind, least):
    assert len(ROLE.passages_of(kind)) >= least


@pytest.mark.parametrize(
    ("value", "value_to", "unit", "source"),
    [
        ("85720", None, "usd-per-year", "O*NET OnLine"),
        ("41.21", None, "usd-per-hour", "O*NET OnLine"),
        ("100000", "150000", "usd-per-year", "Career page"),
        ("23", None, "percent", "CareerOneStop"),
    ],
)
def test_figures_come_with_source_date_and_note(value, value_to, unit, source):
    (fact,) = [one for one in ROLE.facts if (one.value, one.unit) == (value, unit)]
    assert fact.value_to == value_to
    assert fact.source.startswith(source)
    assert fact.source_date
    assert fact.note
    assert fact.occupation


def test_that_two_pay_figures_disagree_is_explained():
    text = " ".join(one.text for one in ROLE.passages_of("pay"))
    assert "85,720" in text
    assert "operations research analysts" in text


@pytest.mark.parametrize("skill", SKILLS)
def test_a_skill_has_five_sentences_one_can_recognise_oneself_in(skill):
    sentences = {anchor.level: anchor.text for anchor in skill.anchors}
    assert list(sentences) == [0, 1, 2, 3, 4]
    assert all(len(text) <= 90 and text.startswith("I") for text in sentences.values())
    assert anchors.problems_of(sentences, range(5)) == ()
    assert skill.description


def test_no_sentence_stands_twice():
    texts = [anchor.text for skill in ROLE.skills for anchor in skill.anchors]
    assert len(set(texts)) == len(texts)


def test_all_eight_resources():
    assert {resource.name for resource in ROLE.resources} == {
        *("Career.Guide", "Kaggle", "GitHub", "Coursera"),
        *("LinkedIn Learning", "arXiv", "Meetup", "Stack Overflow"),
    }


@pytest.mark.parametrize("skill", SKILLS)
def test_a_skill_has_three_resources_and_one_for_every_level_below_its_target(skill):
    links = links_to(skill)
    assert len({resource.slug for resource, _link in links}) >= 3
    for level in range(target_of(skill)):
        assert any(link.from_level <= level < link.to_level for _resource, link in links)


@pytest.mark.parametrize("resource", ROLE.resources, ids=lambda one: one.slug)
def test_links_lead_to_the_skill_there_and_not_to_the_home_page(resource):
    home = urlsplit(resource.url).hostname.removeprefix("www.")
    for link in resource.links:
        address = urlsplit(link.url)
        assert address.hostname.removeprefix("www.") == home
        assert address.path.strip("/") or address.query
        assert link.url != resource.url
        assert link.reason


def test_it_says_where_such_people_are_counted():
    assert ROLE.occupations[0] == "15-2031.00"
    assert {"15-2051.00", "15-1221.00", "15-1299.08"} == set(ROLE.occupations[1:])


def test_what_means_the_same_as_an_element_is_not_loose():
    same = {
        (skill.slug, one.code)
        for skill in ROLE.skills
        for one in skill.correspondences
        if one.kind == "element" and not one.loose
    }
    assert same == {
        ("weighing-alternatives", "2.A.2.a"),
        ("mathematics", "2.A.1.e"),
        ("systems-evaluation", "2.B.4.h"),
        ("judgement", "2.B.4.e"),
        ("complex-problem-solving", "2.B.2.i"),
    }


def test_knowing_a_language_only_overlaps_with_programming():
    for slug in ("python", "r", "java"):
        assert [one.loose for one in ROLE.skill(slug).correspondences] == [False, True]
