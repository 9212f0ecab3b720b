import pytest
from django.core import mail
from django.test import Client

from assessments.actions import mail_links, reminders
from assessments.models import OutgoingMail, Reminders
from tests.mailing import one_changed, waiting
from tests.pages import html, main

pytestmark = pytest.mark.django_db
PAGE = "/reminders/"


def off(member):
    return mail_links.reminders_off_link(member.pk).removeprefix("http://localhost:8000")


def test_it_works(member_client, member):
    assert "checked" not in main(member_client.get(PAGE))
    answer = member_client.post(PAGE, {"plan_dates": "on"}, follow=True)
    assert "Your choice is saved." in html(answer)
    stored = Reminders.objects.get(member=member)
    assert (stored.plan_dates, stored.come_back) == (True, False)
    assert main(answer).count("checked") == 1


def test_nothing_ticked_leaves_nothing(member_client, member):
    reminders.choose(member=member, plan_dates=True, come_back=True)
    member_client.post(PAGE, {})
    assert not Reminders.objects.exists()


def test_the_account_leads_there_and_a_visitor_signs_in_first(member_client, client):
    assert f'href="{PAGE}"' in html(member_client.get("/accounts/"))
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"


def test_one_click_ends_them_without_signing_in(member, stranger):
    for one in (member, stranger):
        reminders.choose(member=one, plan_dates=True, come_back=True)
    waiting(key="reminder:plan:1:2026-01-01", member=member)
    waiting(key="account:1", member=member)
    client = Client(enforce_csrf_checks=True)
    answer = client.post(off(member), {"List-Unsubscribe": "One-Click"})
    assert "Reminders are off" in main(answer)
    assert Reminders.objects.get().member == stranger
    assert OutgoingMail.objects.get().key == "account:1"


def test_looking_at_the_link_changes_nothing(client, member):
    reminders.choose(member=member, plan_dates=True, come_back=False)
    assert "Turn reminders off" in main(client.get(off(member)))
    assert Reminders.objects.exists()
    assert not mail.outbox


def test_with_one_character_changed_it_fits_nothing(client, member):
    token = off(member).split("/")[3]
    for other in one_changed(token):
        assert client.post(f"/reminders/off/{other}/").status_code == 404, other
