from dataclasses import replace

import pytest

from assessments.importers.onet_names import names_of_roles, names_of_skills, taken_over
from assessments.importers.onet_reader import read_release
from assessments.importers.onet_stored import Stored, StoredOccupation, StoredSkill
from tests.onet_files import (
    ANALYST,
    DEVELOPER,
    KNOWLEDGE_OF_MATHEMATICS,
    MATHEMATICS,
    PROGRAMMING,
    tables,
    write_folder,
)

NONE = frozenset()
NOTHING = Stored({}, {}, (), NONE, NONE, NONE, NONE)


@pytest.fixture
def release(tmp_path):
    return read_release(write_folder(tmp_path / "release", tables()))


def row(slug, name, category="O*NET skills"):
    return StoredSkill(1, slug, name, category, "", ())


def test_skill_and_knowledge_of_one_name_are_told_apart(release):
    names = names_of_skills(release, NOTHING)
    assert names[MATHEMATICS].slug == "mathematics"
    assert names[MATHEMATICS].title == "Mathematics"
    assert names[KNOWLEDGE_OF_MATHEMATICS].slug == "knowledge-of-mathematics"
    assert names[KNOWLEDGE_OF_MATHEMATICS].title == "Mathematics (knowledge)"


def test_curated_skills_keep_their_names(release):
    curated = replace(
        NOTHING,
        skill_names=frozenset({"mathematics", "programming"}),
        skill_slugs=frozenset({"mathematics"}),
    )
    names = names_of_skills(release, curated)
    assert (names[MATHEMATICS].slug, names[MATHEMATICS].title) == (
        "mathematics-onet",
        "Mathematics (O*NET)",
    )
    assert (names[PROGRAMMING].slug, names[PROGRAMMING].title) == (
        "programming",
        "Programming (O*NET)",
    )


def test_what_has_a_slug_and_a_name_keeps_them(release):
    stored = {MATHEMATICS: row("maths", "Mathematics (O*NET)")}
    names = names_of_skills(release, replace(NOTHING, skills=stored))
    assert (names[MATHEMATICS].slug, names[MATHEMATICS].title) == ("maths", "Mathematics (O*NET)")


def test_a_new_id_takes_over_the_row_of_a_vanished_one_with_its_name(release):
    stored = replace(
        NOTHING,
        skills={
            "2.Z.9": row("programming-onet", "Programming (O*NET)"),
            "2.Z.8": row("knowledge-of-mathematics", "Mathematics (knowledge)", "O*NET knowledge"),
        },
    )
    assert taken_over(release, stored) == {
        PROGRAMMING: "2.Z.9",
        KNOWLEDGE_OF_MATHEMATICS: "2.Z.8",
    }
    assert names_of_skills(release, stored)[PROGRAMMING].slug == "programming-onet"


def test_curated_roles_keep_their_titles(release):
    curated = replace(
        NOTHING,
        role_titles=frozenset({"software developers"}),
        role_slugs=frozenset({"software-developers"}),
    )
    names = names_of_roles(release, curated)
    assert names[DEVELOPER].title == "Software Developers (O*NET)"
    assert names[DEVELOPER].slug == "software-developers-onet"
    assert names[ANALYST].slug == "operations-research-analysts"


def test_an_occupation_keeps_its_address_when_its_title_changes(release):
    known = StoredOccupation(1, 1, "analysts", "Analysts", False, "", 1, "", (0, 0, 0))
    names = names_of_roles(release, replace(NOTHING, occupations={ANALYST: known}))
    assert (names[ANALYST].slug, names[ANALYST].title) == (
        "analysts",
        "Operations Research Analysts",
    )


def test_two_occupations_of_one_title_get_two_names(release):
    twin = replace(release.occupations[ANALYST], title="Software Developers")
    names = names_of_roles(
        replace(release, occupations={**release.occupations, ANALYST: twin}), NOTHING
    )
    assert len({name.title for name in names.values()}) == 5
    assert len({name.slug for name in names.values()}) == 5
