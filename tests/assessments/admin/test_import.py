import re

import pytest
from django.contrib.auth.models import Permission

from assessments.exporters.tables import TABLES
from assessments.models import Requirement, Resource, ResourceLink, Skill
from tests.assessments.admin.importing import chosen, confirm, csv_of, import_address
from tests.conftest import signed_in
from tests.factories import (
    SENTENCES,
    GroupFactory,
    ResourceFactory,
    ScaleFactory,
    SkillFactory,
)
from tests.table_files import BAD

pytestmark = pytest.mark.django_db
PYTHON = {
    "slug": "python",
    "name": "Python",
    "category": "Languages",
    "scale": "curated",
    **{f"level_{level}": text for level, text in enumerate(SENTENCES)},
}
LEARN = {
    "slug": "learn",
    "name": "Learn",
    "provider": "Us",
    "kind": "course",
    "cost": "free",
    "url": "https://learn.example.org/",
    "purpose": "All.",
    "position": "1",
}
STATISTICS = {
    "slug": "statistics",
    "title": "Statistics",
    "level": "3",
    "importance": "4",
    "essential": "yes",
    "position": "1",
}
LINK = {
    "from_level": "1",
    "to_level": "3",
    "url": "https://learn.example.org/python/",
    "reason": "Short.",
}


@pytest.fixture
def role():
    """With a group "base"; there are the skills "r" and "python-3", and the resource "site"."""
    SkillFactory(slug="r"), SkillFactory(slug="python-3"), ResourceFactory(slug="site")
    GroupFactory(slug="elsewhere")
    return GroupFactory(role__slug="analyst", slug="base").role


def requirement(**changes):
    return STATISTICS | {"role": "analyst", "group": "base", "skills": "r|python-3"} | changes


def link(**changes):
    return LINK | {"resource": "site", "skill": "r"} | changes


def look(client, name, *rows):
    return chosen(client, name, "table.csv", csv_of(name, *rows))


def problems(page):
    return [
        (outcome.row, problem.column, problem.text)
        for outcome in page.context["plan"].bad
        for problem in outcome.problems
    ]


def test_it_imports_a_skill_with_its_sentences(editor_client):
    ScaleFactory()
    page = look(editor_client, "skill", PYTHON)
    assert not Skill.objects.exists()
    assert confirm(editor_client, "skill", page).status_code == 302
    skill = Skill.objects.get(slug="python", name="Python", scale__slug="curated")
    assert [anchor.text for anchor in skill.anchors.all()] == list(SENTENCES)


def test_a_requirement_comes_with_the_skills_that_count_in_order(editor_client, role):
    confirm(editor_client, "requirement", look(editor_client, "requirement", requirement()))
    found = Requirement.objects.get(role=role, slug="statistics", essential=True, importance=4)
    assert [row.skill.slug for row in found.alternatives.all()] == ["r", "python-3"]
    turned = requirement(skills="python-3", position="1")
    confirm(editor_client, "requirement", look(editor_client, "requirement", turned))
    assert [row.skill.slug for row in found.alternatives.all()] == ["python-3"]


def test_resources_and_links_are_imported(editor_client, role):
    confirm(editor_client, "resource", look(editor_client, "resource", LEARN))
    page = look(editor_client, "resourcelink", link(resource="learn", hours="4"))
    confirm(editor_client, "resourcelink", page)
    found = ResourceLink.objects.get(resource__slug="learn", skill__slug="r", hours=4)
    assert (found.from_level, found.to_level) == (1, 3)


def test_the_difference_is_shown_before_anything_is_written(editor_client):
    ResourceFactory(**LEARN | {"provider": "Them"})
    page = look(editor_client, "resource", LEARN, LEARN | {"slug": "b", "name": "B"})
    [changed], [new] = page.context["plan"].changed, page.context["plan"].new
    assert [(c.column, c.before, c.after) for c in changed.changes] == [("provider", "Them", "Us")]
    assert (new.row, new.key) == (3, "b")
    assert "<td>Them</td>" in page.content.decode()
    assert Resource.objects.get().provider == "Them"


def test_every_change_leaves_a_record_and_counts(editor_client, editor):
    skill = SkillFactory(slug="python")
    row = TABLES["skill"].cells(skill) | {"level_4": "I teach rare cases to whole companies"}
    seen = skill.revision
    confirm(editor_client, "skill", look(editor_client, "skill", row))
    skill.refresh_from_db()
    assert skill.revision > seen
    assert skill.anchors.get(level=4).history.first().history_user == editor


def test_what_was_shown_is_what_is_written(editor_client):
    """Another editor came between."""
    ResourceFactory(**LEARN | {"provider": "Them"})
    page = look(editor_client, "resource", LEARN)
    Resource.objects.update(purpose="Changed meanwhile.")
    again = confirm(editor_client, "resource", page)
    assert "Nothing was written: somebody changed" in again.content.decode()
    assert Resource.objects.get().provider == "Them"
    confirm(editor_client, "resource", again)
    assert Resource.objects.get().provider == "Us"


def test_one_bad_row_and_none_is_imported(editor_client):
    page = look(
        editor_client,
        "resource",
        LEARN,
        LEARN | {"slug": "b", "name": "B", "url": "http://b.example/"},
    )
    assert [(row, column) for row, column, _text in problems(page)] == [(3, "url")]
    assert "Import these rows" not in page.content.decode()
    confirm(editor_client, "resource", page)
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"level_2": "Good knowledge of Python"}, "level_2", "I"),
        ({"level_2": "I " + "x" * 95}, "level_2", "90"),
        ({"level_2": "x" * 400}, "level_2", "300"),
        ({"level_6": "I lead the field"}, "level_6", "no level 6"),
        ({"scale": "curate"}, "scale", "Did you mean “curated”?"),
        ({"scale": ""}, "scale", "empty"),
        ({"scale": "eight"}, "scale", "no scale"),
        ({"name": ""}, "name", "empty"),
        ({"name": "Taken"}, "name", "already exists"),
        ({"name": "x" * 121}, "name", "120"),
        ({"slug": "no good"}, "slug", "slug"),
        ({"slug": ""}, "slug", "empty"),
    ],
)
def test_a_bad_skill_is_named_with_its_cure(editor_client, changes, column, words):
    SkillFactory(name="Taken")
    (row, where, text), *_more = problems(look(editor_client, "skill", PYTHON | changes))
    assert (row, where) == (2, column)
    assert words in text


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"role": "analist"}, "role", "Did you mean “analyst”?"),
        ({"group": "elsewhere"}, "group", "group of this role"),
        ({"skills": ""}, "skills", "empty"),
        ({"skills": "r|pyton-3"}, "skills", "Did you mean “python-3”?"),
        ({"skills": "r|r"}, "skills", "only once"),
        ({"level": "0"}, "level", "1, 2, 3"),
        ({"level": "5"}, "skills", "above the top"),
        ({"level": "three"}, "level", "1, 2, 3"),
        ({"importance": "6"}, "importance", "1, 2, 3, 4, 5"),
        ({"essential": "perhaps"}, "essential", "yes or no"),
        ({"essential": ""}, "essential", "empty"),
        ({"position": "-1"}, "position", "greater"),
        ({"reason": "x" * 301}, "reason", "300"),
    ],
)
def test_a_bad_requirement_is_named_with_its_cure(editor_client, role, changes, column, words):
    found = problems(look(editor_client, "requirement", requirement(**changes)))
    assert len(found) == 1, found
    [(row, where, text)] = found
    assert (row, where) == (2, column)
    assert words in text


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"resource": "sit"}, "resource", "Did you mean “site”?"),
        ({"skill": "cobol"}, "skill", "add it first"),
        ({"from_level": "3"}, "to_level", "above 3"),
        ({"to_level": "7"}, "to_level", "goes up to 4"),
        ({"url": "javascript:alert(1)"}, "url", "https://"),
        ({"hours": "0"}, "hours", "1"),
        ({"reason": ""}, "reason", "empty"),
    ],
)
def test_a_bad_link_is_named_with_its_cure(editor_client, role, changes, column, words):
    found = problems(look(editor_client, "resourcelink", link(**changes)))
    assert {(row, where) for row, where, _text in found} == {(2, column)}
    assert words in found[0][2]


def test_two_new_rows_with_one_name(editor_client):
    page = look(editor_client, "resource", LEARN, LEARN | {"slug": "b"})
    assert problems(page) == [(3, "name", "Row 2 has the same. Each needs its own.")]


def test_a_skill_keeps_its_scale(editor_client):
    ScaleFactory(slug="eight")
    SkillFactory(slug="python")
    [(_row, column, text)] = problems(look(editor_client, "skill", PYTHON | {"scale": "eight"}))
    assert (column, "“curated”" in text) == ("scale", True)


@pytest.mark.parametrize("name", BAD)
def test_of_a_bad_file_nothing_is_written(editor_client, name):
    page = chosen(editor_client, "resource", name, BAD[name][0])
    assert page.status_code == 200
    [message] = page.context["form"].errors["file"]
    assert message.endswith(".")
    assert not Resource.objects.exists()


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": "text"}])
def test_without_a_file_one_is_asked_for(editor_client, data):
    page = editor_client.post(import_address("skill"), data)
    assert page.context["form"].errors["file"] == ["Choose a file."]


@pytest.mark.parametrize("token", ["", "x", "../../x", "x" * 500, "\0"])
def test_a_forged_confirmation_writes_nothing(editor_client, token):
    response = editor_client.post(import_address("skill"), {"token": token, "digest": ""})
    assert response.status_code == 302
    assert not Skill.objects.exists()


def test_a_confirmation_is_for_whom_it_was_shown_to_and_for_one_table(
    editor_client, editor, member
):
    ScaleFactory()
    page = look(editor_client, "skill", PYTHON)
    member.is_staff = True
    member.save()
    member.groups.set(editor.groups.all())
    confirm(signed_in(member), "skill", page)
    confirm(editor_client, "resource", page)
    assert not Skill.objects.exists()


def test_whoever_may_only_change_adds_nothing(editor_client, editor):
    ResourceFactory(**LEARN | {"provider": "Them"})
    editor.groups.clear()
    editor.user_permissions.set(Permission.objects.filter(codename="change_resource"))
    page = look(editor_client, "resource", LEARN | {"slug": "b", "name": "B"})
    assert "not add" in problems(page)[0][2]
    confirm(editor_client, "resource", look(editor_client, "resource", LEARN))
    assert Resource.objects.get().provider == "Us"


def test_publishers_and_members_import_nothing(client, member_client, editor):
    editor.groups.set(editor.groups.filter(name="Publisher"))
    for name in TABLES:
        assert client.get(import_address(name)).status_code == 302
        assert member_client.get(import_address(name)).status_code in (302, 403)
        assert signed_in(editor).get(import_address(name)).status_code == 403
        assert look(signed_in(editor), name, PYTHON).status_code == 403


def test_hostile_texts_are_shown_as_texts(editor_client):
    text = "<script>alert(1)</script>{{ 1 }}"
    page = look(editor_client, "resource", LEARN | {"purpose": text}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 1 }}" in page


def test_nothing_on_its_pages_is_inline(editor_client):
    page = look(editor_client, "resource", LEARN, LEARN | {"slug": "b"}).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*json)|<style| style=| on\w+=", page)


def test_names_may_change_places_one_after_the_other(editor_client):
    ResourceFactory(**LEARN)
    page = look(editor_client, "resource", LEARN | {"name": "Other"}, LEARN | {"slug": "b"})
    assert problems(page) == [(3, "name", "Resource with this Name already exists.")]


def test_texts_are_as_plain_as_on_the_pages(editor_client):
    rows = [{"name": "a\tb"}, {"name": "\u202eevil"}, {"purpose": "a\x07"}, {"provider": "a\nb"}]
    for row in rows:
        [(_number, column, _text)] = problems(look(editor_client, "resource", LEARN | row))
        assert column in row
    page = look(editor_client, "resource", LEARN | {"purpose": "a\r\nb"})
    confirm(editor_client, "resource", page)
    assert Resource.objects.get().purpose == "a\nb"


def test_more_than_one_import_may_write(editor_client, monkeypatch):
    monkeypatch.setattr("assessments.forms.table_import.MOST_WRITES", 2)
    ResourceFactory(**LEARN)
    rows = [LEARN | {"slug": f"r{n}", "name": f"R {n}"} for n in range(3)]
    assert look(editor_client, "resource", LEARN, *rows[:2]).context["plan"]
    page = look(editor_client, "resource", *rows)
    assert "Split the file" in page.context["form"].errors["file"][0]


def test_many_rows(editor_client):
    rows = [LEARN | {"slug": f"r{n}", "name": f"R {n}"} for n in range(300)]
    page = look(editor_client, "resource", *rows)
    confirm(editor_client, "resource", page)
    assert Resource.objects.count() == 300
