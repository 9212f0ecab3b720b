import html
import re

import pytest

from assessments.models import Requirement
from tests.assessments.admin.posting import errors_on, post, posted
from tests.factories import (
    GroupFactory,
    RequirementFactory,
    RoleFactory,
    ScaleFactory,
    ScaleLevelFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/assessments/requirement/add/"
LIST = "/admin/assessments/requirement/"


def test_a_requirement_is_added_with_its_skills(editor_client):
    group = GroupFactory()
    python, java = SkillFactory(name="Python"), SkillFactory(name="Java")
    response = post(
        editor_client,
        f"{ADD}?role={group.role_id}",
        group=group.pk,
        title="Languages",
        level=3,
        importance=5,
        **{"alternatives-0-skill": "Python", "alternatives-1-skill": "java"},
    )
    assert errors_on(response) == []
    requirement = Requirement.objects.get(slug="languages")
    assert [one.skill for one in requirement.alternatives.all()] == [python, java]
    assert requirement.role == group.role


def test_one_skill_at_least(editor_client):
    group = GroupFactory()
    response = post(
        editor_client, f"{ADD}?role={group.role_id}", group=group.pk, title="X", level=1
    )
    assert "Name at least one skill that counts for this requirement." in errors_on(response)
    assert not Requirement.objects.exists()


def test_an_unknown_name_is_named_and_kept(editor_client):
    requirement = RequirementFactory()
    address = f"{LIST}{requirement.pk}/change/"
    response = post(editor_client, address, **{"alternatives-1-skill": "Pyton"})
    assert "There is no skill “Pyton”. Choose one from the list, or add it first." in errors_on(
        response
    )
    assert 'value="Pyton"' in response.content.decode()


def test_a_reason_is_typed_in_several_lines_and_kept_as_one(editor_client):
    requirement = RequirementFactory(reason="")
    address = f"{LIST}{requirement.pk}/change/"
    assert '<textarea name="reason"' in editor_client.get(address).content.decode()
    assert errors_on(post(editor_client, address, reason="You write code,\r\n alone. ")) == []
    assert Requirement.objects.get().reason == "You write code, alone."


def test_a_group_of_another_role_is_refused(editor_client):
    group, other = GroupFactory(), GroupFactory()
    response = post(
        editor_client, f"{ADD}?role={group.role_id}", group=other.pk, title="X", level=1
    )
    assert "Choose a group of this role. Other roles have groups of their own." in errors_on(
        response
    )


def test_without_a_role_in_the_address_too(editor_client):
    group, other = GroupFactory(), GroupFactory()
    response = post(editor_client, ADD, role=group.role_id, group=other.pk, title="X", level=1)
    assert f"“{other}” is a group of another role. Choose one of “{group.role}”." in errors_on(
        response
    )


def test_a_level_above_the_scale_is_refused(editor_client):
    group = GroupFactory()
    SkillFactory(name="Python")
    response = post(
        editor_client,
        f"{ADD}?role={group.role_id}",
        group=group.pk,
        title="X",
        level=5,
        **{"alternatives-0-skill": "Python"},
    )
    assert "Level 5 is above the top of “Five levels”. Choose 4 (Leading) or less." in errors_on(
        response
    )


def test_alternatives_share_a_scale(editor_client):
    requirement = RequirementFactory(skills=[SkillFactory(name="Python")])
    other = ScaleFactory(slug="other", name="Eight levels")
    SkillFactory(name="Reading", scale=other)
    response = post(
        editor_client, f"{LIST}{requirement.pk}/change/", **{"alternatives-1-skill": "Reading"}
    )
    assert [error for error in errors_on(response) if "need the same scale" in error]


def test_a_role_cannot_be_changed_by_a_forged_field(editor_client):
    requirement, other = RequirementFactory(), RoleFactory()
    post(editor_client, f"{LIST}{requirement.pk}/change/", role=other.pk, title="New title")
    role = requirement.role
    requirement.refresh_from_db()
    assert (requirement.title, requirement.role) == ("New title", role)


def test_the_list_changes_levels_at_once(editor_client):
    one, two = RequirementFactory.create_batch(2, group=GroupFactory())
    post(editor_client, LIST, **{"form-0-level": 1, "form-1-level": 2, "_save": "Save"})
    assert [Requirement.objects.get(pk=row.pk).level for row in (one, two)] == [1, 2]


def test_the_list_refuses_a_level_above_the_scale(editor_client):
    RequirementFactory()
    response = post(editor_client, LIST, **{"form-0-level": 7, "_save": "Save"})
    assert "Choose a level from 1 to 4, the top of this skill's scale." in errors_on(response)


def test_the_list_offers_groups_of_the_chosen_role_only(editor_client):
    mine, other = RequirementFactory(), RequirementFactory()
    response = editor_client.get(LIST, {"role__id__exact": mine.role_id, "group": mine.group_id})
    assert list(response.context["cl"].result_list) == [mine]
    assert f"?group={other.group_id}" not in response.content.decode()


def test_levels_of_longer_scales_are_on_offer(editor_client):
    scale = ScaleFactory(slug="eight", name="Eight levels")
    ScaleLevelFactory(scale=scale, value=5, word="Five")
    requirement = RequirementFactory(skills=[SkillFactory(scale=scale)])
    assert "5" in posted(editor_client, f"{LIST}{requirement.pk}/change/").choices["level"]


def test_added_from_the_list_of_a_role_it_offers_the_groups_of_that_role(editor_client):
    group, other = GroupFactory(), GroupFactory()
    page = editor_client.get(f"{LIST}?role__id__exact={group.role_id}")
    (add,) = set(re.findall(rf'href="({ADD}[^"]*_changelist[^"]*)"', page.content.decode()))
    form = editor_client.get(html.unescape(add)).context["adminform"].form
    assert list(form.fields["group"].queryset) == [group]
    assert other.role_id != group.role_id
