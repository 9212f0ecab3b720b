"""The plan, sharing and mail with scripts turned off: every press is a form of its own."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from assessments.models import Plan, PlanItem, Reminders, ShareLink, Subscriber
from tests.browser.journey import press, submitted
from tests.browser.tour import MIXED
from tests.mailing import path_in, path_of


@pytest.fixture
def page(new_context, member, enter):
    context = new_context(java_script_enabled=False)
    enter(member, context)
    return context.new_page()


@pytest.fixture
def report(member, role):
    return submitted(member, role, **MIXED)


def test_gaps_are_planned_the_dates_move_and_a_skill_is_done(page, report):
    page.goto(f"/plan/add/{report.key}/")
    press(page, "Add to my plan")
    expect(page.get_by_text("3 skills added to your plan.")).to_be_visible()
    before = page.locator(".plan-list").inner_text()
    page.get_by_label("Hours a week").fill("20")
    press(page, "Move the dates")
    expect(page.get_by_text("Saved. The dates follow.")).to_be_visible()
    assert page.locator(".plan-list").inner_text() != before
    assert Plan.objects.get().hours_a_week == 20
    first = PlanItem.objects.first()
    page.goto(f"/plan/{first.skill}/")
    page.locator("label", has_text=re.compile("^Done")).click()
    press(page, "Save")
    expect(page.get_by_role("heading", name="Done", exact=True)).to_be_visible()
    assert PlanItem.objects.get(pk=first.pk).status == "done"


def test_a_link_is_made_opened_and_revoked(page, report, complaints):
    page.goto(f"/reports/{report.key}/share/")
    for choice in ("statement", "7 days"):
        page.locator("label", has_text=choice).first.click()
    press(page, "Make the link")
    path = f"/shared/{ShareLink.objects.get().token}/"
    expect(page.locator(".share-address")).to_contain_text(path)
    page.get_by_role("link", name="Open it").click()
    expect(page.get_by_text("Self-assessed, not verified.")).to_be_visible()
    page.goto(f"/reports/{report.key}/share/")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_role("heading", name="Links that no longer work")).to_be_visible()
    assert page.goto(path).status == 410
    complaints.clear()  # of the 410


def test_the_newsletter_is_asked_for_confirmed_and_ended(page):
    page.goto("/newsletter/")
    page.get_by_label("E-mail").fill("reader@example.org")
    press(page, "Subscribe")
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    [message] = mail.outbox
    page.goto(path_in(message, "/newsletter/confirm/"))
    press(page, "Yes, send it to me")
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()
    assert Subscriber.objects.get().confirmed_at
    page.goto(path_of(message.extra_headers["List-Unsubscribe"].strip("<>")))
    press(page, "Unsubscribe")
    expect(page.get_by_role("heading", name="You are unsubscribed")).to_be_visible()
    assert not Subscriber.objects.exists()


def test_reminders_are_switched_on_and_off(page):
    page.goto("/reminders/")
    for stored in (1, 0):
        page.get_by_text("When a date in my plan passes").click()
        press(page, "Save")
        expect(page.get_by_text("Your choice is saved.")).to_be_visible()
        assert Reminders.objects.count() == stored
