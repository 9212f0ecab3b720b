"""docs/editing.md, walked through: one test for each step, under its heading, in its order."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from assessments.actions import assessment as actions
from assessments.actions.catalogue import set_anchors
from assessments.actions.publication import publish
from assessments.importers.role_rows import apply
from assessments.models import Requirement, ResourceLink, RoleVersion, Scale, Skill, User
from tests.browser import guide
from tests.browser.journey import submitted
from tests.browser.reading import page_bytes
from tests.conftest import PASSWORD

ASKED = {"programming-language", "data-structures", "algorithms", "simulation-modelling"}


@pytest.fixture
def role(db, built_in):
    """The built-in role, published with the four requirements that the guide speaks of."""
    asked = tuple(one for one in built_in.requirements if one.slug in ASKED)
    named = {skill for one in asked for skill in one.skills}
    resources = (
        replace(one, links=tuple(link for link in one.links if link.skill in named))
        for one in built_in.resources
    )
    draft = apply(
        replace(
            built_in,
            passages=(),
            facts=(),
            qualifications=(),
            fields=(),
            requirements=asked,
            skills=tuple(one for one in built_in.skills if one.slug in named),
            resources=tuple(one for one in resources if one.links),
        )
    )
    return publish(role=draft, by=None, note="First")


@pytest.fixture
def changed(role):
    Requirement.objects.filter(slug="data-structures").update(level=2)


@pytest.fixture
def sql(role):
    scale = Scale.objects.get(slug="curated")
    skill = Skill.objects.create(slug="sql", name="SQL", category="Databases", scale=scale)
    set_anchors(skill=skill, sentences=dict(enumerate(guide.SENTENCES.values())))
    return skill


@pytest.fixture
def editing(page, editor, role, enter):
    enter(editor)
    return page


def people(count):
    return [
        User.objects.create_verified_user(f"member{number}@example.org", PASSWORD)
        for number in range(count)
    ]


def test_sign_in(page, editor):
    guide.sign_in(page, editor.email, PASSWORD)
    guide.start(page, "Skills")
    page.locator(".breadcrumbs").get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="What would you like to edit?")).to_be_visible()


def test_add_a_skill(editing):
    guide.add_a_skill(editing)
    skill = Skill.objects.get(slug="sql")
    assert [anchor.text for anchor in skill.anchors.order_by("level")] == [
        *guide.SENTENCES.values()
    ]


def test_use_it_in_a_requirement(editing, sql):
    guide.use_it_in_a_requirement(editing)
    added = Requirement.objects.get(slug="getting-data-with-sql")
    assert (added.level, added.importance, added.essential) == (3, 4, True)
    assert [*added.skills.all()] == [sql]


def test_change_a_required_level(editing):
    guide.change_a_required_level(editing)
    assert Requirement.objects.get(slug="data-structures").level == 2


def test_add_a_link_to_learn_from(editing, sql):
    guide.add_a_link(editing)
    added = sql.resource_links.get()
    assert (added.from_level, added.to_level, added.url) == (0, 3, guide.LINK)


def test_review_and_publish(editing, changed):
    guide.review(editing)
    guide.says(editing, "What changes")
    guide.says(editing, "What it does to people")
    guide.review_and_publish(editing)
    newest = RoleVersion.objects.get(number=2)
    assert newest.note == guide.NOTE
    assert {one.slug: one.level for one in newest.definition.requirements}["data-structures"] == 2


def test_review_and_publish_names_what_stands_in_the_way(editing, sql):
    Requirement.objects.get(slug="algorithms").alternatives.update(skill=sql)
    guide.review(editing)
    guide.says(editing, "To put right before it can be published")
    expect(editing.get_by_role("button", name="Publish version 2")).to_have_count(0)


def test_what_members_and_reports_see(page, member, stranger, editor, role, enter, new_context):
    sent = submitted(stranger, role, python=3)
    actions.start(by=member, version=role)
    elsewhere, report = new_context(), f"/reports/{sent.key}/"
    enter(stranger, elsewhere)
    old = page_bytes(elsewhere, report)
    Requirement.objects.filter(slug="data-structures").update(level=2)
    publish(role=role.role, by=editor, note="One level lower")
    enter(member)
    guide.look_at_the_change_as_a_member(page)
    page.get_by_role("button", name="Move to version 2").click()
    expect(page.locator(".messages")).to_contain_text("You are on version 2 now.")
    assert page_bytes(elsewhere, report) == old
    enter(stranger)
    guide.look_at_the_change_of_a_report(page)
    expect(page.locator("h1")).to_have_text("What your report would say under version 2")


def test_undo(editing):
    guide.change_a_required_level(editing)
    guide.undo(editing)
    assert Requirement.objects.get(slug="data-structures").level == 3
    guide.delete(editing)
    assert not Requirement.objects.filter(slug="simulation-modelling").exists()
    guide.bring_back_what_was_deleted(editing)
    back = Requirement.objects.get(slug="simulation-modelling")
    assert [skill.slug for skill in back.skills.all()] == ["simulation-modelling"]


def test_import_and_export_tables(editing):
    assert guide.export(editing, "Export as XLSX").startswith(b"PK")
    table = guide.edited(guide.export(editing), "python", "description", "Python 3 and its tools.")
    guide.import_it(editing, table)
    assert Skill.objects.get(slug="python").description == "Python 3 and its tools."


def test_import_and_export_tables_stops_at_a_wrong_row(editing):
    table = guide.edited(guide.export(editing), "python", "level_3", "Knows it")
    guide.choose_a_file(editing, table)
    guide.says(editing, "Begin with “I”")
    expect(editing.get_by_role("button", name="Import these rows")).to_have_count(0)


def test_a_whole_role_as_a_file(role, tmp_path, capsys):
    file = tmp_path / "role.yaml"
    call_command("export_role", "machine-learning-engineer", output=file)
    Requirement.objects.filter(slug="data-structures").update(level=2)
    call_command("import_role", str(file), dry_run=True)
    assert "Data structures" in capsys.readouterr().out
    assert Requirement.objects.get(slug="data-structures").level == 2
    call_command("import_role", str(file))
    assert Requirement.objects.get(slug="data-structures").level == 3


def test_see_how_the_questions_work(editing, role):
    for person in people(5):
        submitted(person, role, python=3, algorithms=None)
    guide.see_how_the_questions_work(editing)
    guide.says(editing, "Algorithms: many cannot judge it.")


def test_repair_broken_links(editing, role):
    link = ResourceLink.objects.first()
    ResourceLink.objects.filter(pk=link.pk).update(health=ResourceLink.Health.BROKEN)
    row = guide.find_broken_links(editing)
    row.get_by_label("Address,").fill("https://www.kaggle.com/learn")
    guide.press(editing, "Save")
    guide.saved(editing)
    link.refresh_from_db()
    assert (link.url, link.health) == ("https://www.kaggle.com/learn", "unchecked")


def test_two_editors_at_once(editing, stranger, editor, enter, new_context):
    stranger.is_staff = True
    stranger.save()
    stranger.groups.set(editor.groups.all())
    elsewhere = new_context()
    enter(stranger, elsewhere)
    guide.two_editors(editing, elsewhere.new_page())
    guide.says(editing, stranger.email)
    assert Skill.objects.get(slug="python").description == guide.COLLEAGUE
    guide.keep_mine(editing)
    assert Skill.objects.get(slug="python").description == guide.MINE
