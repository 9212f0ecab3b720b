from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from assessments.actions import sharing
from assessments.models import ShareLink
from assessments.models.assessment import new_key
from tests.definitions import definition, requirement
from tests.published import submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))


def make(report, **changed):
    given = {"scope": "statement", "days": 7, "press": new_key()} | changed
    return sharing.make(assessment=report, **given)


@pytest.fixture
def report(member):
    return submitted(member, ROLE, python=3)


@pytest.mark.parametrize("days", [7, 30, 90])
def test_it_works(report, days):
    link = make(report, days=days)
    assert link.expires_at - link.created_at == timedelta(days=days)
    assert link.is_active
    assert ShareLink.objects.behind(link.token).get() == link


def test_it_ends_to_the_second(report):
    link = make(report)
    with time_machine.travel(link.expires_at - timedelta(seconds=1), tick=False):
        assert sharing.visit(link=link)
    with time_machine.travel(link.expires_at, tick=False):
        assert not sharing.visit(link=link)
        assert list(ShareLink.objects.ended()) == [link]


def test_a_revoked_one_counts_no_visit(report):
    link = make(report)
    sharing.revoke(link=link)
    assert not sharing.visit(link=link)
    link.refresh_from_db()
    assert (link.visits, link.is_active) == (0, False)
    assert list(ShareLink.objects.ended()) == [link]


def test_revoking_again_keeps_the_first_date(report):
    link = make(report)
    sharing.revoke(link=link)
    first = ShareLink.objects.get().revoked_at
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        sharing.revoke(link=link)
    assert ShareLink.objects.get().revoked_at == first


def test_twenty_work_at_a_time(report):
    links = [make(report) for _ in range(20)]
    with pytest.raises(sharing.TooMany):
        make(report)
    sharing.revoke(link=links[0])
    assert make(report).is_active


def test_a_key_of_somebody_else_s_link_makes_another(member, stranger, report):
    theirs = make(submitted(stranger, ROLE))
    mine = make(report, press=theirs.key)
    assert mine.key != theirs.key
    assert mine.assessment == report


def test_links_go_with_the_account(member, report):
    make(report)
    member.delete()
    assert not ShareLink.objects.exists()
