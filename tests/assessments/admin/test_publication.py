import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client

from assessments.actions.publication import publish
from assessments.models import Anchor, RoleVersion
from tests.assessments.admin.posting import post, posted, without_token
from tests.assessments.test_statistics import finish
from tests.factories import role_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return role_with(requirements=2)


def page_of(role):
    return f"/admin/assessments/role/{role.pk}/publish/"


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def reword(role, text="I decide how whole teams do this, and stand by it"):
    anchor = Anchor.objects.filter(skill__requirements__role=role, level=4).first()
    Anchor.objects.filter(pk=anchor.pk).update(text=text)
    return anchor


def test_a_press_publishes(editor_client, editor, role):
    response = post(editor_client, page_of(role), note="The first one")
    version = RoleVersion.objects.get(role=role)
    assert response.url == f"/admin/assessments/role/{role.pk}/change/"
    assert messages_of(response) == ["Version 1 is published."]
    assert (version.number, version.note, version.published_by) == (1, "The first one", editor)


def test_the_page_shows_what_changes_with_both_texts(editor_client, editor, role):
    publish(role=role, by=editor, note="First")
    anchor = reword(role)
    page = editor_client.get(page_of(role)).content.decode()
    assert "<h3>Skills</h3>" in page
    assert f"{anchor.skill}, level 4: “{anchor.text}” → “I decide how whole teams" in page
    assert "Publish version 2" in page


def test_an_unchanged_draft_says_so(editor_client, editor, role):
    publish(role=role, by=editor, note="First")
    page = editor_client.get(page_of(role)).content.decode()
    assert "There is nothing to publish." in page
    assert 'name="note"' not in page


def test_an_unchanged_draft_is_not_published_by_a_forged_post(editor_client, editor, role):
    publish(role=role, by=editor, note="First")
    response = editor_client.post(page_of(role), {"note": "Again", "latest": "1"})
    assert messages_of(response) == ["Nothing was published: the draft has not changed."]
    assert RoleVersion.objects.count() == 1


def test_problems_block_and_are_named(editor_client, role):
    skill = reword(role).skill
    Anchor.objects.filter(skill=skill, level=2).delete()
    page = editor_client.get(page_of(role)).content.decode()
    assert f"{skill}: Level 2 has no sentence. Write one." in page
    assert 'name="note"' not in page


def test_problems_block_a_forged_post_too(editor_client, role):
    Anchor.objects.filter(level=2).delete()
    response = editor_client.post(page_of(role), {"note": "Let me", "latest": "0"})
    assert "To put right before it can be published" in response.content.decode()
    assert not RoleVersion.objects.exists()


def test_warnings_do_not_block(editor_client, role):
    page = editor_client.get(page_of(role)).content.decode()
    assert "Worth a second look" in page
    assert 'name="note"' in page


@pytest.mark.parametrize("note", ["", "   ", "x" * 501])
def test_a_note_is_needed(editor_client, role, note):
    response = post(editor_client, page_of(role), note=note)
    assert response.context["form"].errors["note"]
    assert not RoleVersion.objects.exists()


def test_whoever_was_second_is_told_and_keeps_the_note(editor_client, editor, role):
    publish(role=role, by=editor, note="First")
    reword(role)
    seen = posted(editor_client, page_of(role)).values
    publish(role=role, by=editor, note="Faster")
    reword(role, "I set the direction for many teams and answer for it")
    response = editor_client.post(page_of(role), seen | {"note": "Slower"})
    page = response.content.decode()
    assert "Somebody else published version 2 while you were reading." in messages_of(response)[0]
    assert "Slower</textarea>" in page
    assert 'name="latest" value="2"' in page
    assert RoleVersion.objects.count() == 2


def test_without_the_permission_it_is_closed(editor_client, editor, role):
    editor.groups.set(Group.objects.filter(name="Editor"))
    assert editor_client.get(page_of(role)).status_code == 403
    response = editor_client.post(page_of(role), {"note": "Let me", "latest": "0"})
    assert response.status_code == 403
    change = editor_client.get(f"/admin/assessments/role/{role.pk}/change/")
    assert page_of(role) not in change.content.decode()
    assert not RoleVersion.objects.exists()


def test_members_and_visitors_cannot_publish(client, member_client, role):
    for somebody in (client, member_client):
        response = somebody.post(page_of(role), {"note": "Let me", "latest": "0"})
        assert response.status_code in (302, 403)
    assert not RoleVersion.objects.exists()


def test_another_site_cannot_publish(editor, role):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert client.post(page_of(role), {"note": "Forged", "latest": "0"}).status_code == 403


def test_a_role_that_is_not_there(editor_client):
    assert editor_client.get("/admin/assessments/role/999/publish/").status_code == 404


def test_a_publisher_who_is_no_editor_reads_and_publishes(editor_client, editor, role):
    editor.groups.set(Group.objects.filter(name="Publisher"))
    before = role.title
    editor_client.post(f"/admin/assessments/role/{role.pk}/change/", {"title": "Mine"})
    role.refresh_from_db()
    assert role.title == before
    post(editor_client, page_of(role), note="Reviewed")
    assert RoleVersion.objects.count() == 1


def test_versions_are_to_read_only(editor_client, editor, role):
    version = publish(role=role, by=editor, note="First")
    address = f"/admin/assessments/roleversion/{version.pk}/"
    assert "First" in editor_client.get(f"{address}change/").content.decode()
    assert editor_client.post(f"{address}change/", {"note": "Mine"}).status_code == 403
    assert editor_client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert editor_client.get("/admin/assessments/roleversion/add/").status_code == 403


def test_publishing_is_in_the_role_s_history(editor_client, role):
    post(editor_client, page_of(role), note="The first one")
    page = editor_client.get(f"/admin/assessments/role/{role.pk}/history/")
    assert "Version 1 is published." in page.content.decode()


def test_it_says_what_the_draft_would_do_to_finished_reports(editor_client, editor, role):
    version = publish(role=role, by=editor, note="First")
    skills = [one.slug for one in version.definition.skills]
    finish(version, 7, **dict.fromkeys(skills, 3))
    role.requirements.update(level=4)
    page = " ".join(editor_client.get(page_of(role)).content.decode().split())
    assert "5 or a few more reports are finished" in page
    assert "would meet fewer: 5 or a few more" in page
    assert "would meet more targets: fewer than 5" in page


def test_four_finished_reports_leave_no_trace(editor_client, editor, role):
    version = publish(role=role, by=editor, note="First")
    role.requirements.update(level=4)
    before = without_token(editor_client.get(page_of(role)))
    finish(version, 4, **dict.fromkeys([one.slug for one in version.definition.skills], 3))
    assert without_token(editor_client.get(page_of(role))) == before


def test_what_nobody_has_looked_at_is_not_published(editor_client, editor, role):
    publish(role=role, by=editor, note="First")
    reword(role)
    seen = posted(editor_client, page_of(role)).values | {"note": ["Reworded one sentence"]}
    role.requirements.update(level=4)
    response = editor_client.post(page_of(role), seen)
    assert "somebody changed the draft while you were reading" in messages_of(response)[0]
    assert "Reworded one sentence" in response.content.decode()
    assert RoleVersion.objects.count() == 1
