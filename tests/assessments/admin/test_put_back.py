"""Changes taken back, and what was deleted made again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from assessments.actions.restoring import CannotPutBack, put_back
from assessments.models import (
    Anchor,
    Fact,
    Qualification,
    Requirement,
    RequirementSkill,
    ResourceLink,
    Role,
    Skill,
)
from tests.assessments.admin.posting import post
from tests.factories import (
    SENTENCES,
    FactFactory,
    FieldOfStudyFactory,
    QualificationFactory,
    RequirementFactory,
    ResourceLinkFactory,
    SkillFactory,
    role_with,
)

pytestmark = pytest.mark.django_db


def newest(model):
    return model.history.order_by("-history_id").first()


def address_of(record):
    kind = record.instance_type._meta.model_name
    return f"/admin/assessments/changes/{kind}/{record.pk}/put-back/"


def undo(client, model):
    return post(client, address_of(newest(model)))


def delete(client, row):
    post(client, f"/admin/assessments/{row._meta.model_name}/{row.pk}/delete/")


def test_a_change_is_put_back(editor_client):
    skill = SkillFactory(name="Python")
    skill.name = "Pyhton"
    skill.save()
    response = undo(editor_client, Skill)
    assert response.url == f"/admin/assessments/skill/{skill.pk}/change/"
    assert Skill.objects.get().name == "Python"


def test_putting_back_is_a_change_of_its_own(editor_client, editor):
    skill = SkillFactory(name="Python")
    skill.name = "Pyhton"
    skill.save()
    undo(editor_client, Skill)
    assert (newest(Skill).name, newest(Skill).history_user) == ("Python", editor)
    undo(editor_client, Skill)
    assert Skill.objects.get().name == "Pyhton"


def test_the_page_shows_what_is_now_and_what_would_be(editor_client):
    skill = SkillFactory(name="One")
    for name in ("Two", "Three"):
        skill.name = name
        skill.save()
    second = Skill.history.get(name="Two")
    page = editor_client.get(address_of(second)).content.decode()
    assert "<td>Three</td>" in page
    assert "<td>One</td>" in page


def test_a_later_change_is_not_overwritten_unseen(editor_client):
    skill = SkillFactory(name="One")
    skill.name = "Two"
    skill.save()
    seen = newest(Skill)
    skill.name = "Three"
    skill.save()
    for shown in (seen.pk, "9" * 10, "9" * 5000):
        response = editor_client.post(address_of(seen), {"seen": shown})
        assert "It was changed after you opened this page." in response.content.decode()
    assert Skill.objects.get().name == "Three"


def test_a_deleted_skill_comes_back_with_its_sentences_and_links(editor_client):
    skill = SkillFactory()
    link = ResourceLinkFactory(skill=skill)
    delete(editor_client, skill)
    assert not Anchor.objects.exists()
    undo(editor_client, Skill)
    assert list(Skill.objects.values_list("pk", "name")) == [(skill.pk, skill.name)]
    assert list(Anchor.objects.values_list("text", flat=True)) == list(SENTENCES)
    assert ResourceLink.objects.get().pk == link.pk


def test_a_deleted_draft_comes_back_whole(editor_client):
    role = role_with(requirements=2)
    FactFactory(role=role)
    QualificationFactory(role=role).fields.set([FieldOfStudyFactory(), FieldOfStudyFactory()])
    delete(editor_client, role)
    assert not Role.objects.exists()
    undo(editor_client, Role)
    assert Requirement.objects.filter(role=role).count() == 2
    assert RequirementSkill.objects.count() == 2
    assert Fact.objects.get().role == role
    assert Qualification.objects.get().fields.count() == 2


def test_what_was_deleted_before_stays_away(editor_client):
    skill = SkillFactory()
    skill.anchors.get(level=4).delete()
    delete(editor_client, skill)
    undo(editor_client, Skill)
    assert Anchor.objects.count() == 4


def test_an_old_page_cannot_write_over_what_came_back(editor_client):
    skill = SkillFactory()
    before = Skill.objects.get().revision
    delete(editor_client, skill)
    undo(editor_client, Skill)
    assert Skill.objects.get().revision > before


def test_a_part_that_was_added_is_taken_away(editor_client):
    fact = FactFactory()
    undo(editor_client, Fact)
    assert not Fact.objects.exists()
    undo(editor_client, Fact)
    assert Fact.objects.get().label == fact.label


def reasons(model):
    with pytest.raises(CannotPutBack) as refusal:
        put_back(kind=model._meta.model_name, history_id=newest(model).pk)
    return " ".join(refusal.value.reasons)


def test_a_taken_name_is_said_with_the_cure(editor_client):
    SkillFactory(slug="python", name="Python").delete()
    SkillFactory(slug="python", name="Another")
    record = Skill.history.get(history_type="-")
    page = post(editor_client, address_of(record)).content.decode()
    assert "Short name: Skill with this Short name already exists." in page
    assert "Change what stands in the way, then put this back." in page
    assert Skill.objects.get().name == "Another"


def test_a_part_of_what_is_gone_has_to_wait():
    requirement = RequirementFactory()
    skill = requirement.skills.get()
    requirement.delete()
    skill.delete()
    assert reasons(Requirement) == "The skill it belongs to is gone. Put that back first."
    assert not Requirement.objects.exists()


def test_the_only_skill_that_counts_stays():
    RequirementFactory()
    assert "the only skill that counts" in reasons(RequirementSkill)


def test_a_sentence_that_would_be_refused_today_is_refused_here_too():
    anchor = anchor_of_old_style()
    assert "Begin with “I”." in reasons(Anchor)
    assert Anchor.objects.get(pk=anchor.pk).text == SENTENCES[3]


def anchor_of_old_style():
    anchor = SkillFactory().anchors.get(level=3)
    for text in ("Writes programs", SENTENCES[3]):
        anchor.text = text
        anchor.save()
    return anchor


def test_a_level_above_the_scale_is_refused():
    requirement = RequirementFactory(level=7)
    requirement.level = 3
    requirement.save()
    assert "Level 7 is above the top of “Five levels”." in reasons(Requirement)


def test_after_thirty_days_it_is_too_late(editor_client):
    SkillFactory().delete()
    Skill.history.filter(history_type="-").update(
        history_date=timezone.now() - timedelta(days=30, seconds=1)
    )
    assert "It is too late" in reasons(Skill)
    page = editor_client.get("/admin/assessments/changes/", {"show": "-", "kind": "skill"})
    assert "Too late: more than 30 days" in page.content.decode()
    assert "Put back</a>" not in page.content.decode()


def test_the_list_of_what_can_come_back(editor_client):
    gone, back = SkillFactory(name="Gone"), SkillFactory(name="Back")
    gone.delete()
    back.delete()
    undo(editor_client, Skill)
    found = editor_client.get("/admin/assessments/changes/", {"show": "deleted"})
    assert [change.title for change, _can in found.context["changes"]] == ["Gone"]


def test_twice_is_once(editor_client):
    SkillFactory().delete()
    record = newest(Skill)
    put_back(kind="skill", history_id=record.pk)
    page = post(editor_client, address_of(record)).content.decode()
    assert "It is there already." in page
    assert Skill.objects.count() == 1


def test_whoever_may_not_change_may_not_put_back(editor_client, editor, member_client, client):
    skill = SkillFactory(name="One")
    skill.name = "Two"
    skill.save()
    address = address_of(newest(Skill))
    editor.groups.set(Group.objects.filter(name="Publisher"))
    for somebody, statuses in (
        (editor_client, {403}),
        (member_client, {302, 403}),
        (client, {302}),
    ):
        assert somebody.post(address).status_code in statuses
        assert somebody.get(address).status_code in statuses
    assert Skill.objects.get().name == "Two"


@pytest.mark.parametrize("place", ["skill/999", "user/1", "assessment/1"])
def test_what_is_not_on_record_is_not_there(editor_client, place):
    address = f"/admin/assessments/changes/{place}/put-back/"
    assert editor_client.post(address).status_code == 404
