"""What the scripts of the editing area do: rows of a page, short names, menu, windows."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Skill, User
from tests.browser.test_editing_area import role as role
from tests.conftest import PASSWORD


@pytest.fixture
def editing(page, editor, enter):
    enter(editor)
    return page


@pytest.fixture
def requirement(role):
    return role.requirements.first()


def open_requirement(page, requirement):
    page.goto(f"/admin/assessments/requirement/{requirement.pk}/change/")
    return page.locator(".js-inline-admin-formset").first


def names(group):
    return group.locator("tr.form-row:not(.empty-form) input[list]").evaluate_all(
        "all => all.map(one => one.name)"
    )


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def test_a_row_is_added_and_saved(editing, requirement):
    Skill.objects.create(slug="sql", name="SQL", category="Data", scale=Skill.objects.first().scale)
    group = open_requirement(editing, requirement)
    before = names(group)
    group.get_by_role("button", name="Add another").click()
    assert names(group) == [*before, before[-1].replace(str(len(before) - 1), str(len(before)))]
    group.locator(f"input[name='{names(group)[-1]}']").fill("SQL")
    save(editing)
    assert requirement.skills.filter(slug="sql").exists()


def test_a_row_that_is_taken_back_leaves_no_gap(editing, requirement):
    Skill.objects.create(slug="sql", name="SQL", category="Data", scale=Skill.objects.first().scale)
    group = open_requirement(editing, requirement)
    before = names(group)
    last = group.locator(f"input[name='{before[-1]}']")
    last.fill("SQL")
    group.get_by_role("button", name="Remove").first.click()
    assert names(group) == before[:-1]
    expect(group.locator(f"input[name='{before[-2]}']")).to_have_value("SQL")
    save(editing)
    assert requirement.skills.filter(slug="sql").exists()


def test_rows_are_added_and_taken_back_with_the_space_bar(editing, requirement):
    group = open_requirement(editing, requirement)
    before = names(group)
    group.get_by_role("button", name="Add another").press("Space")
    expect(group.locator(f"input[name='{names(group)[-1]}']")).to_be_focused()
    group.get_by_role("button", name="Remove").last.press("Space")
    assert names(group) == before
    expect(group.get_by_role("button", name="Add another")).to_be_focused()


def test_a_new_row_is_numbered_throughout(editing, requirement):
    group = open_requirement(editing, requirement)
    group.get_by_role("button", name="Add another").click()
    rows = group.locator("tr.form-row:not(.empty-form)")
    assert "__prefix__" not in "".join(one.evaluate("row => row.outerHTML") for one in rows.all())
    ids = editing.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_only_as_many_rows_as_there_may_be(editing, requirement):
    group = open_requirement(editing, requirement)
    most = group.locator("input[name$='-MAX_NUM_FORMS']")
    most.evaluate("(field, rows) => { field.value = rows; }", len(names(group)))
    adder = group.locator(".add-row")
    group.get_by_role("button", name="Remove").first.click()
    expect(adder).to_be_visible()
    adder.get_by_role("button").click()
    expect(adder).to_be_hidden()


def test_a_row_of_a_list_is_added_and_saved(editing, role):
    editing.goto(f"/admin/assessments/role/{role.pk}/change/")
    group = editing.locator("#facts-group")
    group.locator("summary").first.click()
    expect(group.locator(".inline-related:not(.empty-form)")).to_have_count(2)
    group.get_by_role("button", name="Add another").click()
    added = group.locator(".inline-related:not(.empty-form)").last
    expect(added.locator(".inline_label")).to_have_text("#3")
    expect(added.get_by_label("What it is")).to_be_focused()
    group.get_by_role("button", name="Remove").last.click()
    expect(group.locator(".inline-related:not(.empty-form)")).to_have_count(2)
    save(editing)
    assert role.facts.count() == 1


@pytest.mark.parametrize(
    "address", ["role/{role.pk}/change/", "skill/{skill.pk}/change/", "requirement/"]
)
def test_scripts_find_the_page_as_it_stays(editing, role, address):
    """What they added would move what is there already."""
    skill = role.requirements.first().skills.first()
    editing.goto(f"/admin/assessments/{address.format(role=role, skill=skill)}")
    shown, sent = editing.evaluate(SHOWN_AND_SENT)
    assert len(shown) > 20
    assert shown == sent


SHOWN_AND_SENT = """async () => {
  const answer = await fetch(location.href);
  const sent = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = (part) => `${part.tagName} ${part.className} ${part.hidden}`;
  return [document, sent].map((one) => [...one.querySelectorAll("#container *")].map(told));
}"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("scripts", "shown"), [(True, 3), (False, 0)])
def test_what_needs_scripts_is_there_with_them(
    new_context, editor, enter, role, scripts, shown, width
):
    size = {"width": width, "height": 800}
    context = new_context(java_script_enabled=scripts, viewport=size)
    enter(editor, context)
    page = context.new_page()
    page.goto(f"/admin/assessments/requirement/{role.requirements.first().pk}/change/")
    # One that adds a row, and one for each of two that are empty.
    rows = page.locator(".inline-group")
    expect(rows.locator(".addlink:visible, .inline-deletelink:visible")).to_have_count(shown)
    for one in ("#toggle-nav-sidebar", "#nav-filter"):
        expect(page.locator(one)).to_be_visible(visible=scripts and width > 360)


def test_a_name_gives_the_short_name_until_somebody_writes_one(editing, role):
    editing.goto("/admin/assessments/skill/add/")
    name, short = editing.locator("#id_name"), editing.locator("#id_slug")
    expect(name.or_(editing.locator(":focus"))).to_be_focused()
    name.press_sequentially("Größere SQL queries")
    expect(short).to_have_value("grossere-sql-queries")
    short.fill("sql")
    short.press("Tab")
    name.press_sequentially(", fast")
    expect(short).to_have_value("sql")


@pytest.mark.parametrize(("scheme", "least", "most"), [("light", 200, 255), ("dark", 0, 60)])
def test_it_is_light_or_dark_as_the_device_has_it(editing, role, scheme, least, most):
    editing.emulate_media(color_scheme=scheme)
    editing.goto("/admin/assessments/skill/")
    colour = editing.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(least <= int(one) <= most for one in re.findall(r"\d+", colour)[:3])


def test_the_menu_closes_and_finds(editing, role):
    editing.goto("/admin/assessments/skill/")
    editing.locator("#nav-filter").fill("fields")
    menu = editing.locator("#nav-sidebar")
    expect(menu.get_by_role("link", name="Fields of study")).to_be_visible()
    expect(menu.get_by_role("link", name="Skills", exact=True)).to_be_hidden()
    editing.locator("#toggle-nav-sidebar").click()
    editing.reload()
    expect(menu).to_be_hidden()


def test_a_filter_stays_folded(editing, role):
    editing.goto("/admin/assessments/skill/")
    first = editing.locator("#changelist-filter details").first
    first.locator("summary").click()
    expect(first).not_to_have_attribute("open", "")
    editing.reload()
    expect(first).not_to_have_attribute("open", "")


def test_one_box_ticks_the_whole_list(page, member, enter):
    enter(User.objects.create_superuser("root@example.org", PASSWORD))
    page.goto("/admin/account/emailaddress/")
    page.locator("#action-toggle").check()
    boxes = page.locator("input.action-select")
    assert boxes.count() == boxes.and_(page.locator(":checked")).count() > 0


def test_a_window_finds_a_person(page, member, enter):
    enter(User.objects.create_superuser("root@example.org", PASSWORD))
    page.goto("/admin/account/emailaddress/add/")
    with page.expect_popup() as opened:
        page.locator("#lookup_id_user").click()
    link = opened.value.get_by_role("link", name=member.email)
    with opened.value.expect_event("close"):
        link.evaluate("link => { setTimeout(() => link.click()); }")  # a click waits, and it closes
    expect(page.locator("#id_user")).to_have_value(str(member.pk))
