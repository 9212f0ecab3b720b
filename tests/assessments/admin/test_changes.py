"""Every change of every row: who, when, what, in words."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.changes import KINDS
from assessments.models import Qualification, Role, Skill
from assessments.models.history import FOUND
from tests.assessments.admin.posting import post
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    PassageFactory,
    QualificationFactory,
    ResourceFactory,
    SkillFactory,
    role_with,
)

pytestmark = pytest.mark.django_db
PAGE = "/admin/assessments/changes/"
EXPORT = f"{PAGE}export/"


def shown(client, **filters):
    return [change for change, _can in client.get(PAGE, filters).context["changes"]]


def said(change):
    return [(line.label, line.before, line.after) for line in change.lines]


def page_of(row):
    return f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"


def test_a_change_says_who_what_and_when(editor_client):
    skill = SkillFactory(name="Python", anchors=[])
    post(editor_client, page_of(skill), name="Python 3", category="Languages")
    change = shown(editor_client)[0]
    assert (change.who, change.kind, change.what) == ("editor@example.org", "skill", "changed")
    assert said(change) == [
        ("Name", "Python", "Python 3"),
        ("Category", "Skills", "Languages"),
    ]
    page = editor_client.get(PAGE).content.decode()
    assert "<li>Name: Python → Python 3</li>" in page


def test_a_change_that_nobody_signed_in_made_says_what_it_may_have_been(editor_client):
    SkillFactory(anchors=[])  # as a command would
    (change,) = shown(editor_client, kind="skill")
    assert change.who == "An import or a command, or somebody whose account is gone"


def test_a_person_whose_account_is_gone_is_not_told_from_a_command(editor_client, stranger):
    skill = SkillFactory(anchors=[])
    Skill.history.update(history_user=stranger)
    assert shown(editor_client, of=f"skill-{skill.pk}")[0].who == stranger.email
    stranger.delete()
    assert shown(editor_client, of=f"skill-{skill.pk}")[0].who.endswith("whose account is gone")


def test_every_kind_of_row_has_its_history(editor_client):
    role = role_with(requirements=1)
    FactFactory(role=role)
    PassageFactory(role=role)
    QualificationFactory(role=role).fields.add(FieldOfStudyFactory(name="Physics"))
    role.counterparts.create(code="15-2031.00")
    Skill.objects.first().correspondences.create(kind="technology", code="Python")
    assert {change.kind for change in shown(editor_client)} == set(KINDS)
    for kind, model in KINDS.items():
        assert model.history.count() >= model.objects.count(), kind


def test_names_stand_for_rows(editor_client):
    qualification = QualificationFactory(title="Master's degree", role__title="Analyst")
    qualification.fields.add(FieldOfStudyFactory(name="Physics"))
    change = shown(editor_client, kind="qualification")[0]
    assert change.title == "Analyst: Master's degree"
    assert said(change) == [("Fields that count", "–", "Physics")]


def test_a_row_is_called_what_it_is_called_now_or_was_called_last(editor_client):
    role = QualificationFactory(title="Master's degree", role__title="Analyst").role
    role.title = "Data analyst"
    role.save()
    Role.objects.update(title="Data scientist")  # leaves no row of the history
    assert shown(editor_client, kind="qualification")[0].title == "Data scientist: Master's degree"
    role.qualifications.all().delete()
    Role.objects.all().delete()
    titles = {change.title for change in shown(editor_client, kind="qualification")}
    assert titles == {"Data scientist: Master's degree"}


def test_a_save_that_changes_nothing_leaves_no_record(editor_client):
    skill = SkillFactory()
    before = Skill.history.count()
    post(editor_client, page_of(skill))
    skill.save()
    assert Skill.history.count() == before
    qualification = QualificationFactory()
    qualification.fields.set([])
    qualification.save()
    assert Qualification.history.count() == 1


def test_what_a_link_check_finds_is_no_change(editor_client):
    link = role_with(requirements=1).requirements.get().skills.get().resource_links.get()
    before = type(link).history.count()
    link.health = "broken"
    link.save()
    assert type(link).history.count() == before


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"kind": "resource"}, {"Cheats"}),
        ({"words": "pyth"}, {"Python"}),
        ({"words": "nothing like it"}, set()),
        ({"show": "-"}, {"Cheats"}),
        ({"kind": "resource", "show": "~"}, set()),
    ],
)
def test_filters(editor_client, filters, titles):
    SkillFactory(name="Python", anchors=[])
    ResourceFactory(name="Cheats").delete()
    assert {change.title for change in shown(editor_client, **filters)} == titles


def test_filters_by_person_and_day(editor_client, editor, stranger, time_machine):
    time_machine.move_to(timezone.now(), tick=False)  # it may be midnight soon
    skill = SkillFactory(anchors=[])
    post(editor_client, page_of(skill), name="Mine")
    today = timezone.now().date()
    assert len(shown(editor_client, person=editor.pk)) == 1
    assert len(shown(editor_client, person=editor.pk, since=today, until=today)) == 1
    assert shown(editor_client, person=editor.pk, since=today + timedelta(days=1)) == []
    assert shown(editor_client, person=editor.pk, until=today - timedelta(days=1)) == []
    assert shown(editor_client, person=stranger.pk) == []


def test_a_role_with_all_that_hangs_on_it(editor_client):
    role, other = role_with(requirements=1), role_with(requirements=1)
    kinds = {change.kind for change in shown(editor_client, of=f"role-{role.pk}")}
    assert kinds == {"role", "requirementgroup", "requirement", "requirementskill"}
    titles = {change.title for change in shown(editor_client, of=f"role-{role.pk}")}
    assert not any(other.title in title for title in titles)
    assert shown(editor_client, words=role.title)


@pytest.mark.parametrize("filters", ["kind=user", "person=x", "since=x", "of=role", "words=a%00b"])
def test_filters_that_make_no_sense_show_nothing(editor_client, filters):
    SkillFactory()
    response = editor_client.get(f"{PAGE}?{filters}")
    assert response.context["changes"] == []
    assert editor_client.get(f"{EXPORT}?{filters}").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "999", "9" * 400])
def test_pages_that_are_not_there(editor_client, page):
    SkillFactory()
    assert editor_client.get(PAGE, {"page": page}).status_code == 200


def test_twenty_five_a_page(editor_client):
    for _number in range(6):
        SkillFactory()
    assert len(shown(editor_client)) == 25
    assert shown(editor_client, page=2)
    assert 'page=2">Older</a>' in editor_client.get(PAGE).content.decode()


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert b"".join(response) if response.streaming else response.content
    return len(captured)


@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_the_same_queries_however_much_there_is(editor_client, address, monkeypatch):
    monkeypatch.setattr("assessments.admin.changes.PAGE", 200)  # every kind of row on one page
    role_with(requirements=1)
    few = queries(editor_client, address)
    role_with(requirements=3)
    assert queries(editor_client, address) == few
    assert few < 60


def test_the_same_changes_as_a_file(editor_client):
    skill = SkillFactory(name="=HYPERLINK(1)", anchors=[])
    post(editor_client, page_of(skill), name="@SUM")
    response = editor_client.get(EXPORT, {"kind": "skill"})
    text = b"".join(response).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["When", "Who", "What", "Kind", "Name", "Field", "Before", "After"]
    assert rows[1][1:] == [
        *("editor@example.org", "changed", "skill", "'@SUM"),
        *("Name", "'=HYPERLINK(1)", "'@SUM"),
    ]


def test_rows_older_than_the_history_are_not_listed(editor_client):
    SkillFactory(anchors=[])
    Skill.history.update(history_change_reason=FOUND)
    assert shown(editor_client, kind="skill") == []


def test_it_is_linked_from_where_it_is_needed(editor_client):
    skill = SkillFactory()
    assert f'href="{PAGE}"' in editor_client.get("/admin/").content.decode()
    page = editor_client.get(page_of(skill)).content.decode()
    assert f'href="{PAGE}?of=skill-{skill.pk}"' in page


def test_no_other_list_of_changes_stands_beside_it(editor_client):
    for row in (SkillFactory(), ResourceFactory(), role_with(requirements=1)):
        page = editor_client.get(page_of(row)).content.decode()
        assert ">Changes</a>" in page
        assert f"/{row.pk}/history/" not in page


@pytest.mark.parametrize("address", [PAGE, EXPORT])
def test_members_and_visitors_stay_out(client, member_client, address):
    assert client.get(address).status_code == 302
    assert member_client.get(address).status_code in (302, 403)


def test_support_sees_no_changes(editor_client, editor):
    editor.groups.set(Group.objects.filter(name="Support"))
    for address in (PAGE, EXPORT):
        assert editor_client.get(address).status_code == 403


def test_only_looking_is_offered(editor_client):
    for address in (PAGE, EXPORT):
        assert editor_client.post(address).status_code == 405
