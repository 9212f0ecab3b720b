"""An editor changes a sentence and publishes; members meet it, reports already made stay."""

import re

import pytest
from playwright.sync_api import expect

from assessments.models import Anchor, RoleVersion
from tests.browser.journey import press, submitted
from tests.browser.reading import page_bytes

NEW = "I ship Python services that run for years and that others can read and change"
NOTE = "Python, level 3: says what lasts."


def edit_the_sentence(page):
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name="Skills", exact=True).first.click()
    page.get_by_role("searchbox").or_(page.locator("#searchbar")).first.fill("Python")
    page.keyboard.press("Enter")
    page.locator("#result_list").get_by_role("link", name="Python", exact=True).click()
    sentence = page.locator("textarea[name=anchor_3]")
    before = sentence.input_value()
    sentence.fill(NEW)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    return before


def publish(page, before):
    page.goto("/admin/")
    page.locator("#content").get_by_role("link", name="Roles", exact=True).first.click()
    page.get_by_role("link", name="Machine Learning Engineer").click()
    page.get_by_role("link", name="Review and publish").click()
    expect(page.locator("#content")).to_contain_text(f"Python, level 3: “{before}” → “{NEW}”")
    page.get_by_label("Note").fill(NOTE)
    page.get_by_role("button", name="Publish version 2").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 2 is published.")


def test_a_new_sentence_reaches_members_and_no_report_made_before(
    page, member, editor, role, sign_in, enter, new_context
):
    sent = submitted(member, role, python=3, algorithms=1, r=2)
    elsewhere = new_context()
    enter(member, elsewhere)
    report = f"/reports/{sent.key}/"
    old = page_bytes(elsewhere, report)

    sign_in(editor)
    before = edit_the_sentence(page)
    publish(page, before)
    newest = RoleVersion.objects.latest_of(role.role)
    assert (newest.number, newest.note, newest.published_by) == (2, NOTE, editor)

    assert page_bytes(elsewhere, report) == old
    members = elsewhere.new_page()
    members.goto("/roles/machine-learning-engineer/start/")
    press(members, "Ask me everything")
    expect(members).to_have_url(re.compile("/skills/python/"))
    expect(members.get_by_text(NEW)).to_be_visible()
    assert before not in members.content()


def test_an_assessment_begun_before_keeps_its_sentences(page, member, editor, role, enter):
    enter(member)
    page.goto("/roles/machine-learning-engineer/start/")
    press(page, "Start")
    begun = page.url
    enter(editor)
    before = edit_the_sentence(page)
    publish(page, before)
    enter(member)
    page.goto(begun)
    expect(page.get_by_text(before)).to_be_visible()


def test_what_is_published_is_not_what_is_drafted(page, member, editor, role, enter):
    enter(editor)
    before = edit_the_sentence(page)
    enter(member)
    page.goto("/roles/machine-learning-engineer/start/")
    press(page, "Start")
    expect(page.get_by_text(before)).to_be_visible()


@pytest.mark.parametrize(
    ("sentence", "cure"),
    [("Knows it", "Begin with “I”."), ("I have good knowledge of it", "Say what one does")],
)
def test_a_sentence_nobody_could_choose_is_refused(page, editor, role, enter, sentence, cure):
    enter(editor)
    skill = Anchor.objects.get(skill__slug="python", level=3).skill
    page.goto(f"/admin/assessments/skill/{skill.pk}/change/")
    page.locator("textarea[name=anchor_3]").fill(sentence)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_contain_text(cure)
    expect(page.locator("textarea[name=anchor_3]")).to_have_value(sentence)
