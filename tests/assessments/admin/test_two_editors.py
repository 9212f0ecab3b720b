"""Two editors with one page open: the second is told, and loses nothing that was typed."""

import pytest

from assessments.actions.revision import ChangedMeanwhile, take
from assessments.admin import editors
from assessments.exporters.definition import draft_definition
from assessments.importers.role_rows import apply
from assessments.models import Requirement, Resource, Role, Skill, User
from tests.assessments.admin.posting import errors_on, post, posted
from tests.conftest import PASSWORD, signed_in
from tests.factories import (
    SENTENCES,
    FactFactory,
    RequirementFactory,
    ResourceFactory,
    ResourceLinkFactory,
    SkillFactory,
    role_with,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/assessments/requirement/"


@pytest.fixture
def other_client(editor):
    other = User.objects.create_verified_user("other@example.org", PASSWORD, is_staff=True)
    other.groups.set(editor.groups.all())
    return signed_in(other)


def page_of(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"


def send(client, address, seen, **changes):
    values = seen.values | changes
    return client.post(address, {name: one for name, one in values.items() if one is not None})


def test_an_undisturbed_save_works_twice(editor_client):
    skill = SkillFactory()
    for name in ("Python", "Python 3"):
        assert errors_on(post(editor_client, page_of(skill), name=name)) == []
    assert Skill.objects.get().name == "Python 3"


def test_the_second_is_told_who_and_shown_both(editor_client, other_client):
    skill = SkillFactory(name="Python")
    seen = posted(editor_client, page_of(skill))
    post(other_client, page_of(skill), name="Theirs <b>")
    response = send(editor_client, page_of(skill), seen, name="Mine", description="Typed")
    page = response.content.decode()
    assert Skill.objects.get().name == "Theirs <b>"
    assert "other@example.org changed “Theirs &lt;b&gt;”" in page
    assert "<td>Theirs &lt;b&gt;</td>" in page
    assert "<td>Mine</td>" in page
    assert 'value="Mine"' in page
    assert "Typed</textarea>" in page


def test_pressing_again_means_it(editor_client, other_client):
    skill = SkillFactory()
    seen = posted(editor_client, page_of(skill))
    post(other_client, page_of(skill), name="Theirs")
    refused = send(editor_client, page_of(skill), seen, name="Mine")
    form = refused.context["adminform"].form
    response = send(
        editor_client, page_of(skill), seen, name="Mine", revision=form["revision"].value()
    )
    assert response.status_code == 302
    assert Skill.objects.get().name == "Mine"


def test_a_third_in_between_is_noticed_again(editor_client, other_client):
    skill = SkillFactory()
    seen = posted(editor_client, page_of(skill))
    post(other_client, page_of(skill), name="Theirs")
    refused = send(editor_client, page_of(skill), seen, name="Mine")
    newer = refused.context["adminform"].form["revision"].value()
    post(other_client, page_of(skill), name="Theirs again")
    response = send(editor_client, page_of(skill), seen, name="Mine", revision=newer)
    assert response.status_code == 200
    assert Skill.objects.get().name == "Theirs again"


def test_sentences_belong_to_their_skill(editor_client, other_client):
    skill = SkillFactory()
    seen = posted(editor_client, page_of(skill))
    post(other_client, page_of(skill), anchor_4="I decide for many teams and answer for it")
    response = send(editor_client, page_of(skill), seen, anchor_1="I watch and take notes of all")
    (difference,) = [
        one for one in response.context["differences"] if one.theirs.startswith("I decide")
    ]
    assert difference.yours == SENTENCES[4]
    assert skill.anchors.get(level=1).text == SENTENCES[1]


def test_facts_belong_to_their_role(editor_client, other_client):
    fact = FactFactory()
    seen = posted(editor_client, page_of(fact.role))
    post(other_client, page_of(fact.role), **{"facts-0-label": "Theirs"})
    response = send(editor_client, page_of(fact.role), seen, **{"facts-0-label": "Mine"})
    said = {(one.label, one.theirs, one.yours) for one in response.context["differences"]}
    assert ("fact “Theirs”: What it is", "Theirs", "Mine") in {
        (label.replace("what", "What"), theirs, yours) for label, theirs, yours in said
    }
    fact.refresh_from_db()
    assert fact.label == "Theirs"


def test_a_part_that_was_added_or_deleted_is_told(editor_client, other_client):
    link = ResourceLinkFactory()
    seen = posted(editor_client, page_of(link.resource))
    other = SkillFactory(name="Python")
    ResourceLinkFactory(resource=link.resource, skill=other)
    link.delete()
    response = send(editor_client, page_of(link.resource), seen, name="Mine")
    theirs = {one.theirs for one in response.context["differences"]}
    assert {"deleted", f"added: {link.resource} → Python"} <= theirs


def test_a_page_with_errors_keeps_the_count_it_showed(editor_client, other_client):
    skill = SkillFactory()
    seen = posted(editor_client, page_of(skill))
    wrong = send(editor_client, page_of(skill), seen, name="")
    assert wrong.context["adminform"].form["revision"].value() == seen.values["revision"][0]
    post(other_client, page_of(skill), name="Theirs")
    assert send(editor_client, page_of(skill), seen, name="Mine").status_code == 200


@pytest.mark.parametrize("forged", [None, "", "-1", "x", "9" * 5000, "1.5"])
def test_a_forged_count_saves_nothing(editor_client, forged):
    skill = SkillFactory(name="Python")
    response = post(editor_client, page_of(skill), name="Mine", revision=forged)
    assert response.status_code == 200
    assert Skill.objects.get().name == "Python"


def test_a_stale_line_of_a_list_saves_none(editor_client, other_client):
    first, second = RequirementFactory(), RequirementFactory()
    seen = posted(editor_client, LIST)
    post(other_client, page_of(first), level=2)
    changed = {name: 4 for name in seen.values if name.endswith("-level")}
    response = send(editor_client, LIST, seen, _save="Save", **changed)
    (error,) = errors_on(response)
    assert "Required level: now 2 Guided, yours 4 Leading." in error
    assert set(Requirement.objects.values_list("level", flat=True)) == {2, 3}
    assert second.level == 3


def test_a_list_with_a_row_that_is_gone_saves_none_and_shows_the_others(
    editor_client, other_client
):
    first, second = RequirementFactory(), RequirementFactory()
    seen = posted(editor_client, LIST)
    post(other_client, f"{LIST}{first.pk}/delete/")
    changed = {name: 4 for name in seen.values if name.endswith("-level")}
    response = send(editor_client, LIST, seen, _save="Save", **changed)
    page = response.content.decode()
    assert "A row of this list is gone: somebody else deleted it. Open the page again." in page
    assert list(response.context["cl"].result_list) == [second]
    assert response.context["cl"].formset.forms[0]["level"].value() == "4"
    assert Requirement.objects.get().level == 3


def test_saving_the_list_again_means_it(editor_client, other_client):
    RequirementFactory()
    seen = posted(editor_client, LIST)
    post(other_client, page_of(Requirement.objects.get()), level=2)
    refused = send(editor_client, LIST, seen, _save="Save", **{"form-0-level": 4})
    newer = refused.context["cl"].formset.forms[0]["revision"].value()
    again = {"form-0-level": 4, "form-0-revision": newer}
    assert send(editor_client, LIST, seen, _save="Save", **again).status_code == 302
    assert Requirement.objects.get().level == 4


def test_a_line_stands_beside_its_own_row_after_a_new_order(editor_client, other_client):
    first, second = ResourceFactory(position=1), ResourceFactory(position=2)
    address = "/admin/assessments/resource/"
    seen = posted(editor_client, address)
    post(other_client, address, _save="Save", **{"form-0-position": 5})
    response = send(editor_client, address, seen, _save="Save", **{"form-0-position": 3})
    cl = response.context["cl"]
    assert [row.pk for row in cl.result_list] == [first.pk, second.pk]
    assert [form.instance.pk for form in cl.formset.forms] == [first.pk, second.pk]


def test_a_race_between_look_and_write_is_told_too(editor_client, monkeypatch):
    skill = SkillFactory(name="Python")

    def late(*, row, seen):
        Skill.objects.get(pk=row.pk).save()
        monkeypatch.setattr(editors, "take", take)
        raise ChangedMeanwhile(row)

    monkeypatch.setattr(editors, "take", late)
    response = post(editor_client, page_of(skill), name="Mine")
    assert response.status_code in (200, 302)
    # The first try was rolled back with the other's save, so the second is undisturbed.
    assert Skill.objects.get().name == "Mine"


def test_importing_counts_as_a_save(editor_client):
    role = role_with(requirements=1)
    text = draft_definition(role).canonical_json().replace(SENTENCES[4], "I guide every team here")
    skill, before = Skill.objects.get(), draft_definition(role)
    seen = posted(editor_client, page_of(skill))
    apply(type(before).from_json(text))
    assert send(editor_client, page_of(skill), seen, name="Mine").status_code == 200
    assert skill.anchors.get(level=4).text == "I guide every team here"


def test_a_save_never_brings_back_an_old_count():
    role = role_with(requirements=0)
    first, second = Role.objects.get(pk=role.pk), Role.objects.get(pk=role.pk)
    first.save()
    second.save()
    assert Role.objects.get(pk=role.pk).revision == first.revision + 2


def test_deleting_what_was_changed_meanwhile_is_refused(editor_client, other_client):
    resource = ResourceFactory()
    address = f"/admin/assessments/resource/{resource.pk}/delete/"
    seen = posted(editor_client, address)
    post(other_client, page_of(resource), name="Theirs")
    assert send(editor_client, address, seen).url == address
    assert Resource.objects.exists()
    post(editor_client, address)
    assert not Resource.objects.exists()


def test_a_save_between_look_and_deletion_is_told_too(editor_client, monkeypatch):
    resource = ResourceFactory()
    address = f"/admin/assessments/resource/{resource.pk}/delete/"
    seen = posted(editor_client, address)

    def late(row):
        Resource.objects.get(pk=row.pk).save()
        return []

    monkeypatch.setattr(editors, "effects_of_deleting", late)
    assert send(editor_client, address, seen).url == address
    assert Resource.objects.exists()
