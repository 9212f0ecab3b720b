from dataclasses import replace

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from assessments import models
from assessments.domain.definition import Anchor, Group
from assessments.exporters.definition import draft_definition
from assessments.exporters.role_file import role_file
from assessments.importers.role_file import parse
from assessments.importers.role_file_checks import in_draft_order
from assessments.importers.role_rows import apply, name_clashes
from tests.definitions import definition, requirement, resource
from tests.factories import ResourceFactory, RoleFactory, SkillFactory
from tests.role_files import TINY
from tests.whole_definitions import whole_definitions

pytestmark = pytest.mark.django_db
ROLE = parse(TINY.encode())


def writes_of(change):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        change()
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [one["sql"] for one in queries if one["sql"].lstrip().upper().startswith(verbs)]


def test_it_works():
    role = apply(ROLE)
    assert draft_definition(role) == ROLE
    assert role.requirements.get().skills.count() == 2


@settings(max_examples=25)  # each writes dozens of rows
@given(whole_definitions())
def test_a_file_comes_back_from_the_rows_as_it_went_in(found):
    """Over whatever rows the definition before has left."""
    parsed = parse(role_file(found))
    assert parsed == in_draft_order(found)
    assert draft_definition(apply(parsed)) == parsed
    assert writes_of(lambda: apply(parsed)) == []


def test_the_second_time_nothing_is_written():
    apply(ROLE)
    assert writes_of(lambda: apply(ROLE)) == []


def test_one_changed_sentence_is_one_change_of_one_row():
    apply(ROLE)
    python, java = ROLE.skills
    anchors = (*python.anchors[:4], Anchor(4, "I write its compiler"))
    changed = replace(ROLE, skills=(replace(python, anchors=anchors), java))
    written, recorded, counted = writes_of(lambda: apply(changed))
    assert written.startswith("UPDATE")
    assert "compiler" in written
    assert "historicalanchor" in recorded
    assert '"revision" = ' in counted


def test_rows_stay_the_same_rows():
    def keys():
        return [
            sorted(model.objects.values_list("pk", flat=True))
            for model in (models.Requirement, models.Skill, models.Anchor, models.ResourceLink)
        ]

    apply(ROLE)
    before = keys()
    apply(replace(ROLE, title="Examiner", requirements=(replace(ROLE.requirements[0], level=2),)))
    assert keys() == before


def test_a_requirement_that_goes_leaves_its_skill_behind():
    apply(definition(requirement("python"), requirement("sql")))
    role = apply(definition(requirement("python")))
    assert [one.slug for one in role.requirements.all()] == ["python"]
    assert models.Skill.objects.filter(slug="sql").exists()


def test_a_skill_that_two_roles_ask_for_is_one_row():
    first = apply(definition(requirement("python")))
    second = apply(definition(requirement("python", level=1), slug="other", title="Other"))
    assert models.Skill.objects.count() == 1
    assert draft_definition(first).requirements[0].level == 3
    assert draft_definition(second).requirements[0].level == 1


def test_a_skill_changed_by_one_role_is_changed_for_the_other():
    first = apply(definition(requirement("python")))
    other = definition(requirement("python"), slug="other", title="Other")
    apply(replace(other, skills=(replace(other.skills[0], name="Python 4"),)))
    assert draft_definition(first).skills[0].name == "Python 4"


def test_requirements_move_to_another_group_and_the_old_one_goes():
    role = apply(ROLE)
    moved = replace(ROLE.requirements[0], group="new")
    apply(replace(ROLE, groups=(Group("new", "New"),), requirements=(moved,)))
    assert [group.slug for group in role.groups.all()] == ["new"]
    assert role.requirements.get().group.slug == "new"


def test_the_order_of_the_file_becomes_the_order_of_the_role():
    role = apply(definition(requirement("a"), requirement("b"), requirement("c")))
    apply(definition(requirement("c"), requirement("a"), requirement("b")))
    assert [one.slug for one in draft_definition(role).requirements] == ["c", "a", "b"]


def test_a_link_that_goes_is_removed_and_its_resource_kept():
    role = apply(ROLE)
    apply(replace(ROLE, resources=()))
    assert draft_definition(role).resources == ()
    assert models.Resource.objects.filter(slug="school").exists()
    assert not models.ResourceLink.objects.exists()


def test_links_to_skills_of_other_roles_stay():
    school = resource("school", (0, 1), skill="sql")
    apply(definition(requirement("sql"), slug="other", title="Other", resources=(school,)))
    apply(definition(requirement("python"), resources=(resource("school", (0, 2)),)))
    assert models.ResourceLink.objects.count() == 2


def test_parts_that_go_are_removed():
    role = apply(ROLE)
    apply(replace(ROLE, passages=(), facts=(), qualifications=(), fields=()))
    draft = draft_definition(role)
    assert (draft.passages, draft.facts, draft.qualifications) == ((), (), ())


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: RoleFactory(slug="examiner", title="Tester"), "“Tester” is already the name of"),
        (lambda: SkillFactory(slug="snake", name="Python"), "“Python” is already the name of"),
        (lambda: ResourceFactory(slug="college", name="School"), "already the name of “college”"),
    ],
    ids=["role", "skill", "resource"],
)
def test_a_name_that_something_else_holds_is_told(make, name):
    make()
    (clash,) = name_clashes(ROLE)
    assert name in clash
    assert "Use that slug, or another name." in clash


def test_its_own_names_are_no_clash():
    apply(ROLE)
    assert name_clashes(ROLE) == []


def test_all_or_nothing():
    """The second of two skills breaks a rule of the database."""
    bad = replace(ROLE.skills[1], name="Python")
    with pytest.raises(IntegrityError):
        apply(replace(ROLE, skills=(ROLE.skills[0], bad)))
    assert not models.Role.objects.exists()
    assert not models.Skill.objects.exists()


def test_what_an_import_made_is_not_changed_by_a_file():
    apply(ROLE)
    models.Skill.objects.filter(slug="python").update(element="2.B.3.e")
    assert name_clashes(ROLE) == []
    python, java = ROLE.skills
    changed = replace(ROLE, skills=(replace(python, description="Mine"), java))
    assert name_clashes(changed) == [
        "“python” is an imported skill. Leave it as it is, or use another slug."
    ]


def test_a_file_does_not_take_over_an_imported_role():
    RoleFactory(slug="tester", title="Testers", origin="onet")
    assert name_clashes(ROLE) == ["“tester” is the slug of an imported role. Choose another."]
