"""Small releases written over one another."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import assessment as assessing
from assessments.actions import onet as actions
from assessments.actions.onet import ChangedMeanwhile
from assessments.domain import onet_scale
from assessments.importers.onet_plan import plan
from assessments.importers.onet_reader import read_release
from assessments.importers.onet_stored import stored
from assessments.models import (
    Anchor,
    Correspondence,
    Occupation,
    Release,
    Role,
    RoleVersion,
    Scale,
    SearchEntry,
    Skill,
    Wage,
)
from tests.factories import SkillFactory
from tests.onet_files import (
    ANALYST,
    DEVELOPER,
    INFANTRY,
    LABORER,
    MATHEMATICS,
    MEDIA,
    OTHERS,
    PROGRAMMING,
    newer_layout,
    replaced,
    tables,
    write_folder,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(tmp_path):
    def make(release=None, threshold="3.0"):
        found = read_release(write_folder(tmp_path / "release", release or tables()))
        return plan(found, stored(onet_scale.SLUG), threshold=Decimal(threshold))

    return make


@pytest.fixture
def imported(planned):
    def apply(*args):
        made = planned(*args)
        actions.apply(plan=made)
        return made

    return apply


def without(release, code):
    return {table: [line for line in lines if code not in line] for table, lines in release.items()}


def everywhere(release, old, new):
    return {table: [line.replace(old, new) for line in lines] for table, lines in release.items()}


def newer(release):
    return replaced(release, "Read Me", "29.2", "29.3")


def test_a_release_is_written_whole(imported):
    imported()
    assert Occupation.objects.count() == RoleVersion.objects.count() == 5
    assert Release.objects.get().name == "O*NET 29.2"
    analyst = Occupation.objects.get(code=ANALYST)
    assert (analyst.soc, analyst.job_zone, analyst.education) == ("15-2031", 5, "master")
    assert [one.name for one in analyst.technologies.all()] == ["Python", "SPSS"]
    assert [one.to.code for one in analyst.related.all()] == [DEVELOPER, OTHERS]
    assert [one.title for one in analyst.alternate_titles.all()] == ["Decision Analyst"]
    assert SearchEntry.objects.count() == 5


def test_versions_hold_what_their_hash_says(imported):
    imported()
    for version in RoleVersion.objects.select_related("role"):
        assert version.definition.content_hash() == version.sha256
        assert version.title == version.role.title == version.definition.title
        assert (version.number, version.note) == (1, "O*NET 29.2")


def test_rated_elements_are_skills_on_a_scale_of_their_own(imported):
    imported()
    skill = Skill.objects.get(element=MATHEMATICS)
    assert skill.scale.slug == "onet-level"
    assert [level.value for level in skill.scale.levels.all()] == list(range(8))
    assert [one.level for one in skill.anchors.all()] == [2, 4, 6]


def test_every_occupation_without_ratings_says_why(imported):
    imported()
    assert dict(Occupation.objects.values_list("code", "unrated")) == {
        ANALYST: "",
        LABORER: "",
        DEVELOPER: "no-data",
        OTHERS: "all-other",
        INFANTRY: "military",
    }


def test_what_is_imported_is_not_in_the_editors_history(imported):
    imported()
    assert not Role.history.exists()
    assert not Skill.history.exists()
    assert not Anchor.history.exists()


def test_curated_roles_come_first(imported):
    imported()
    Role.objects.create(slug="curated", title="Zookeeper", summary="Feeds.")
    assert Role.objects.first().slug == "curated"
    codes = [role.occupation.code for role in Role.objects.filter(origin="onet")]
    assert codes == sorted(codes)


def test_the_same_release_again_changes_nothing(imported, planned):
    first = imported()
    assert actions.is_held(first.release, Decimal("3.0"))
    assert planned().is_empty
    assert not actions.is_held(first.release, Decimal("3.5"))


def test_what_somebody_took_away_is_noticed_and_put_back(imported, planned):
    first = imported()
    Occupation.objects.get(code=ANALYST).technologies.all().delete()
    assert not actions.is_held(first.release, Decimal("3.0"))
    again = imported()
    assert [built.found.code for built, _row in again.changed] == [ANALYST]
    assert again.versions == 0
    assert Occupation.objects.get(code=ANALYST).technologies.count() == 2


def test_the_newer_layout_of_the_same_data_changes_nothing(imported, planned):
    imported()
    assert planned(newer_layout(tables())).is_empty


def test_a_new_release_publishes_only_what_changed(imported):
    imported()
    release = newer(replaced(tables(), "Skills", "3.49", "3.50"))
    made = imported(release)
    assert (len(made.created), made.unchanged, made.versions) == (0, 4, 1)
    versions = RoleVersion.objects.filter(number=2)
    assert [(one.role.occupation.code, one.note) for one in versions] == [(ANALYST, "O*NET 29.3")]
    asked = {one.slug: one.level for one in versions.get().definition.requirements}
    assert asked["programming"] == 4


def test_other_titles_change_without_a_new_version(imported):
    imported()
    made = imported(replaced(tables(), "Alternate Titles", "Decision Analyst", "Model Builder"))
    assert (len(made.changed), made.versions) == (1, 0)
    [one] = Occupation.objects.get(code=ANALYST).alternate_titles.all()
    assert one.title == "Model Builder"


def test_moved_anchors_are_in_the_catalogue_and_in_new_versions(imported):
    imported()
    old = f"{PROGRAMMING}\tProgramming\tLV\t"
    made = imported(replaced(tables(), "Level Scale Anchors", f"{old}2", f"{old}3"))
    assert made.versions == 1
    levels = Anchor.objects.filter(skill__element=PROGRAMMING).values_list("level", flat=True)
    assert list(levels) == [3, 4, 6]
    before, after = RoleVersion.objects.filter(role__occupation__code=ANALYST).order_by("number")
    assert before.definition.skill("programming").anchor(2) == "A little of programming"
    assert after.definition.skill("programming").anchor(3) == "A little of programming"


def test_an_occupation_that_left_is_withdrawn_and_comes_back(imported):
    imported()
    made = imported(without(tables(), LABORER))
    assert [row.slug for row in made.removed] == ["construction-laborers"]
    assert Occupation.objects.get(code=LABORER).withdrawn
    assert not imported(without(tables(), LABORER)).removed
    assert len(imported().changed) == 1
    assert not Occupation.objects.get(code=LABORER).withdrawn
    assert RoleVersion.objects.filter(role__occupation__code=LABORER).count() == 1


def test_an_occupation_may_get_ratings_and_lose_them(imported):
    imported()
    release = tables()
    moved = [line.replace(LABORER, DEVELOPER) for line in release["Skills"]]
    knowledge = [line for line in release["Knowledge"] if LABORER not in line]
    imported(release | {"Skills": moved, "Knowledge": knowledge})
    assert Occupation.objects.get(code=DEVELOPER).is_rated
    laborer = Occupation.objects.get(code=LABORER)
    assert (laborer.unrated, laborer.ratings) == ("no-data", "")


def test_two_occupations_may_swap_their_titles(imported):
    imported()
    release = tables()
    swapped = {"Infantry": "Construction Laborers", "Construction Laborers": "Infantry"}
    lines = [
        "\t".join(swapped.get(cell, cell) for cell in line.split("\t"))
        for line in release["Occupation Data"]
    ]
    imported(release | {"Occupation Data": lines})
    assert Role.objects.get(occupation__code=INFANTRY).title == "Construction Laborers"
    assert Role.objects.get(slug="infantry").title == "Construction Laborers"


def test_a_new_code_takes_the_title_of_the_one_it_replaces(imported):
    imported()
    release = {
        table: [line.replace(LABORER, "47-2061.01") for line in lines]
        for table, lines in tables().items()
    }
    imported(release)
    assert Role.objects.get(occupation__code="47-2061.01").title == "Construction Laborers"
    old = Role.objects.get(occupation__code=LABORER)
    assert (old.slug, old.title) == (
        "construction-laborers",
        "Construction Laborers (47-2061.00)",
    )


def test_a_skill_keeps_its_row_when_its_id_changes(imported):
    imported()
    pk = Skill.objects.get(element=MEDIA).pk
    imported(everywhere(tables(), MEDIA, "2.C.9.z"))
    assert Skill.objects.get(element="2.C.9.z").pk == pk
    assert not Skill.objects.filter(element=MEDIA).exists()
    assert RoleVersion.objects.filter(number=2).count() == 0


def test_counterparts_follow_an_element_whose_id_changes(imported):
    """Also where an editor was quicker: then there is nothing to do."""
    imported()
    one, quick = SkillFactory(), SkillFactory()
    for skill, code in ((one, MEDIA), (quick, MEDIA), (quick, "2.C.9.z")):
        Correspondence.objects.create(skill=skill, kind="element", code=code)
    Correspondence.objects.create(skill=one, kind="technology", code=MEDIA)
    imported(everywhere(tables(), MEDIA, "2.C.9.z"))
    assert set(one.correspondences.values_list("kind", "code")) == {
        ("element", "2.C.9.z"),
        ("technology", MEDIA),
    }
    assert set(quick.correspondences.values_list("code", flat=True)) == {MEDIA, "2.C.9.z"}
    assert Correspondence.history.filter(skill=one, code="2.C.9.z", history_type="~").exists()


def test_a_curated_skill_keeps_its_name(imported):
    SkillFactory(slug="mathematics", name="Mathematics")
    imported()
    skill = Skill.objects.get(element=MATHEMATICS)
    assert (skill.slug, skill.name) == ("mathematics-onet", "Mathematics (O*NET)")


def test_assessments_stay_on_their_version(imported, member):
    imported()
    version = RoleVersion.objects.get(role__occupation__code=ANALYST)
    assessment = assessing.start(by=member, version=version)
    imported(newer(replaced(tables(), "Skills", "3.49", "5.50")))
    assessment.refresh_from_db()
    assert assessment.version == version
    assert RoleVersion.objects.latest_of(version.role).number == 2


def test_a_shorter_scale_reaches_the_catalogue(imported):
    imported()
    release = replaced(tables(), "Scales Reference", "LV\tLevel\t0\t7", "LV\tLevel\t0\t6")
    imported(replaced(release, "Knowledge", "LV\t6.12", "LV\t6.00"))
    assert Scale.objects.get(slug="onet-level").levels.count() == 7


def test_a_plan_that_is_out_of_date_is_not_carried_out(imported, planned):
    old = planned()
    imported()
    with pytest.raises(ChangedMeanwhile):
        actions.apply(plan=old)
    assert RoleVersion.objects.count() == 5


def test_a_plan_made_before_another_change_is_not_carried_out(imported, planned):
    imported()
    old = planned(replaced(tables(), "Skills", "3.49", "3.50"))
    imported(replaced(tables(), "Alternate Titles", "Decision Analyst", "Model Builder"))
    with pytest.raises(ChangedMeanwhile):
        actions.apply(plan=old)
    assert Occupation.objects.get(code=ANALYST).alternate_titles.get().title == "Model Builder"


def test_wages_that_are_here_already_are_joined(imported):
    Wage.objects.create(code="15-2031", title="Operations Research Analysts")
    imported()
    assert Occupation.objects.get(code=ANALYST).wage.code == "15-2031"


def test_a_name_taken_meanwhile_stops_the_import(planned):
    old = planned()
    SkillFactory(slug="programming", name="Programming")
    with pytest.raises(ChangedMeanwhile):
        actions.apply(plan=old)
    assert not Occupation.objects.exists()


def test_an_import_that_fails_leaves_nothing(planned):
    def fail(part):
        if part > 0.5:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.apply(plan=planned(), on_written=fail)
    assert not Occupation.objects.exists()
    assert not Skill.objects.exists()
    assert not Release.objects.exists()


def test_asking_whether_it_is_held_writes_nothing(imported):
    made = imported()
    with CaptureQueriesContext(connection) as queries:
        actions.is_held(made.release, made.threshold)
    assert {one["sql"].split()[0] for one in queries} == {"SELECT"}
    assert len(queries) <= 15
