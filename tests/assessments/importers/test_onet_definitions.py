from decimal import Decimal

import pytest

from assessments.domain.definition import Definition
from assessments.importers.onet_definitions import Builder, summary_of
from assessments.importers.onet_names import Name
from assessments.importers.onet_reader import read_release
from tests.onet_files import ANALYST, INFANTRY, LABORER, tables, write_folder


@pytest.fixture
def release(tmp_path):
    return read_release(write_folder(tmp_path / "release", tables()))


@pytest.fixture
def builder(release):
    names = {
        element: Name(element.lower().replace(".", "-"), element) for element in release.elements
    }
    return Builder(release, names, Decimal("3.0"))


@pytest.fixture
def built(release, builder):
    return {
        code: builder.built(found, Name(f"role-{code}", found.title))
        for code, found in release.occupations.items()
    }


def test_the_content_is_the_canonical_json_of_the_definition(release, builder, built):
    for code, one in built.items():
        definition = builder.definition(release.occupations[code], one.name)
        assert one.content == definition.canonical_json()
        assert one.content_sha256 == definition.content_hash()


def test_a_rated_occupation_asks_for_what_counts(built):
    definition = Definition.from_json(built[ANALYST].content)
    asked = [
        (one.title, one.level, one.importance, one.essential) for one in definition.requirements
    ]
    assert asked == [
        ("2.C.4.a", 6, 5, True),
        ("2.A.1.e", 6, 5, True),
        ("2.C.10", 1, 3, False),
        ("2.B.3.e", 3, 3, False),
    ]
    assert [group.slug for group in definition.groups] == ["skills", "knowledge"]
    assert definition.scales[0].top == 7
    assert definition.occupations == (ANALYST,)


def test_only_what_is_asked_for_is_in_the_definition(built):
    definition = Definition.from_json(built[LABORER].content)
    assert [one.name for one in definition.skills] == ["2.C.9.b"]
    assert [group.slug for group in definition.groups] == ["knowledge"]


def test_the_page_has_description_tasks_and_preparation(built):
    definition = Definition.from_json(built[ANALYST].content)
    assert definition.summary == "Work out the best way."
    assert definition.passages_of("overview")[0].text == "Work out the best way. Use models for it."
    tasks = [one.text for one in definition.passages_of("task")]
    assert tasks == ["Make models.", "Tell managers about it."]
    preparation = [(one.title, one.text) for one in definition.passages_of("pathway")]
    assert preparation[0] == ("Preparation", "Zone Five")
    assert preparation[2] == ("Education", "A university.")


def test_education_becomes_a_qualification(built):
    [one] = Definition.from_json(built[ANALYST].content).qualifications
    assert (one.title, one.degrees) == ("Master's degree", ("master",))
    assert built[ANALYST].education == "master"
    shares = built[ANALYST].education_shares
    assert shares[5] == {
        "category": 6,
        "name": "Bachelor's Degree",
        "percent": "45.20",
        "suppressed": False,
    }


def test_suppressed_answers_are_told_but_not_shown(built):
    assert not Definition.from_json(built[LABORER].content).qualifications
    assert built[LABORER].education == ""
    assert {one["suppressed"] for one in built[LABORER].education_shares} == {True}
    assert {one["percent"] for one in built[LABORER].education_shares} == {None}


def test_an_unrated_occupation_has_a_page_and_says_why(built):
    infantry = built[INFANTRY]
    definition = Definition.from_json(infantry.content)
    assert (definition.requirements, definition.scales, definition.skills) == ((), (), ())
    assert definition.passages
    assert (infantry.unrated, infantry.ratings) == ("military", "")


def test_ratings_are_kept_with_their_marks(built):
    assert built[ANALYST].ratings.endswith('["2.C.10","3.2","0.3",true,true]]')
    assert '["2.B.3.e","1","0",false,false]' in built[LABORER].ratings


@pytest.mark.parametrize(
    ("description", "summary"),
    [
        ("Do this. Do that.", "Do this."),
        ("Treat e.g. teeth, i.e. the U.S. kind. Do more.", "Treat e.g. teeth, i.e. the U.S. kind."),
        ("Only one", "Only one"),
        ("word " * 300, ("word " * 198) + "word…"),
    ],
)
def test_the_summary_is_the_first_sentence(description, summary):
    assert summary_of(description.strip()) == summary
