"""The editing area in a browser: our security policy stops nothing there, axe finds nothing."""

import pytest
from playwright.sync_api import expect

from assessments.actions.publication import publish
from assessments.models import Anchor, RoleVersion, Skill
from tests.assessments.admin.importing import csv_of
from tests.assessments.test_statistics import finish
from tests.factories import FactFactory, NewsletterIssueFactory, PassageFactory, role_with

PAGES = [
    "",
    "assessments/role/",
    "assessments/role/add/",
    "assessments/role/{role}/change/",
    "assessments/role/{role}/publish/",
    "assessments/role/{role}/delete/",
    "assessments/role/{role}/history/",
    "assessments/requirement/?role__id__exact={role}",
    "assessments/requirement/{requirement}/change/",
    "assessments/skill/",
    "assessments/skill/add/",
    "assessments/skill/{skill}/change/",
    "assessments/resource/",
    "assessments/resource/{resource}/change/",
    "assessments/scale/{scale}/change/",
    "assessments/fieldofstudy/add/",
    "assessments/roleversion/",
    "assessments/roleversion/{version}/change/",
    "assessments/roleversion/{version}/health/",
    "assessments/skill/preview/{scale}/",
    "assessments/skill/import/",
    "assessments/changes/",
    "assessments/changes/?until=1999-01-01",
    "assessments/changes/skill/{change}/put-back/",
    "assessments/newsletterissue/",
    "assessments/newsletterissue/add/",
    "assessments/newsletterissue/{issue}/change/",
    "assessments/newsletterissue/{issue}/preview/",
    "assessments/newsletterissue/{sent}/change/",
    "assessments/newsletterissue/{sent}/preview/",
]


@pytest.fixture
def role(editor):
    role = role_with(requirements=2)
    FactFactory(role=role)
    PassageFactory(role=role)
    publish(role=role, by=editor, note="First")
    return role


@pytest.fixture
def ids(role):
    skill, version = Skill.objects.first(), RoleVersion.objects.get()
    finish(version, 12, **{skill.slug: 4})
    return {
        "role": role.pk,
        "requirement": role.requirements.first().pk,
        "skill": skill.pk,
        "scale": skill.scale_id,
        "resource": skill.resource_links.get().resource_id,
        "version": version.pk,
        "change": changed(skill),
        "issue": NewsletterIssueFactory().pk,
        "sent": NewsletterIssueFactory(sent_at="2026-01-01T00:00Z").pk,
    }


def changed(skill):
    """Its last change, which can be put back."""
    skill.description = "Said otherwise."
    skill.save()
    return skill.history.latest().pk


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_clean(page, base_url, editor, enter, axe, complaints, ids, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    enter(editor)
    found = {}
    for address in PAGES:
        page.goto(f"/admin/{address.format(**ids)}")
        found[address] = [*complaints, *axe(), *too_wide(page)]
        complaints.clear()  # axe itself adds a style to look into sheets that import others
    assert {address: bad for address, bad in found.items() if bad} == {}


def too_wide(page):
    pixels = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{pixels} pixels too wide"] if pixels > 0 else []


PUSHED = """[...document.querySelectorAll(".tabular tr:not(.empty-form) td:not(.original)")].filter(
  (one) => one.getBoundingClientRect().right
    > one.closest(".inline-group").getBoundingClientRect().right + 1).map((one) => one.className)"""


def test_on_a_phone_no_row_is_pushed_sideways(page, editor, enter, ids):
    page.set_viewport_size({"width": 360, "height": 800})
    enter(editor)
    for kind in ("scale", "resource", "requirement"):
        page.goto(f"/admin/assessments/{kind}/{ids[kind]}/change/")
        assert page.evaluate(PUSHED) == [], kind


def test_on_a_phone_what_changed_stands_under_its_name(page, editor, enter, ids):
    page.set_viewport_size({"width": 360, "height": 800})
    enter(editor)
    page.goto("/admin/assessments/changes/?kind=skill")
    change = page.get_by_role("row", name="said otherwise").first
    name = change.get_by_role("rowheader").bounding_box()
    what = change.get_by_role("listitem").first.bounding_box()
    assert name["y"] + name["height"] <= what["y"]
    assert what["x"] + what["width"] <= 360


def test_nor_is_one_that_was_refused(page, editor, enter, ids):
    page.set_viewport_size({"width": 360, "height": 800})
    enter(editor)
    page.goto(f"/admin/assessments/resource/{ids['resource']}/change/")
    page.get_by_label("From level").first.fill("4")
    page.get_by_label("To level").first.fill("1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tabular .errorlist").first).to_be_visible()
    assert page.evaluate(PUSHED) == []


NEW = {"slug": "sql", "name": "SQL", "category": "Data", "scale": "curated"}


@pytest.mark.parametrize("row", [NEW, NEW | {"scale": "curatd"}], ids=["new", "with a problem"])
@pytest.mark.parametrize("width", [360, 1280])
def test_what_an_import_would_do_is_clean(page, editor, enter, axe, complaints, ids, width, row):
    page.set_viewport_size({"width": width, "height": 800})
    enter(editor)
    page.goto("/admin/assessments/skill/import/")
    file = {"name": "skills.csv", "mimeType": "text/csv", "buffer": csv_of("skill", row)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("Nothing is written yet.").wait_for()
    assert complaints == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [*axe(), *too_wide(page)] == [], scheme
    complaints.clear()


def test_characters_are_counted_while_writing(page, editor, enter, ids):
    enter(editor)
    page.goto(f"/admin/assessments/skill/{ids['skill']}/change/")
    page.get_by_label("4 Leading").fill("I" * 91)
    expect(page.locator(".count.too-many")).to_have_text("91 / 90")


def test_an_edited_sentence_is_published(page, editor, enter, ids):
    enter(editor)
    page.goto(f"/admin/assessments/skill/{ids['skill']}/change/")
    page.get_by_label("4 Leading").fill("I decide how whole teams do this")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    page.goto(f"/admin/assessments/role/{ids['role']}/change/")
    page.get_by_role("link", name="Review and publish").click()
    page.get_by_label("Note").fill("Clearer top level")
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()
    assert Anchor.objects.filter(text="I decide how whole teams do this").exists()
    assert RoleVersion.objects.filter(note="Clearer top level", number=2).exists()


def test_a_row_is_added_by_typing_a_skill_s_name(page, editor, enter, ids):
    name = Skill.objects.create(
        slug="sql", name="SQL", category="Data", scale=Skill.objects.first().scale
    ).name
    enter(editor)
    page.goto(f"/admin/assessments/requirement/{ids['requirement']}/change/")
    page.get_by_label("Skill, new row 2").fill(name)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Skill.objects.get(name=name).requirements.get().pk == ids["requirement"]
