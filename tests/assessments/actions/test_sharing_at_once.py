"""Sharing by many presses at once: threads with connections of their own."""

import pytest

from assessments.actions import sharing
from assessments.models import ShareLink
from assessments.models.assessment import new_key
from tests.assessments.actions.test_assessment_at_once import at_once
from tests.definitions import definition, requirement
from tests.published import submitted

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = definition(requirement("python"))


def make(report, press):
    try:
        return sharing.make(assessment=report, scope="gaps", days=7, press=press).pk
    except sharing.TooMany:
        return None


def test_many_presses_make_one_link(member):
    report, press = submitted(member, ROLE), new_key()
    assert len(set(at_once(lambda _number: make(report, press)))) == 1
    assert ShareLink.objects.count() == 1


def test_no_more_than_twenty_are_made(member):
    report = submitted(member, ROLE)
    for _ in range(19):
        make(report, new_key())
    found = at_once(lambda _number: make(report, new_key()))
    assert sum(one is not None for one in found) == 1
    assert ShareLink.objects.active().count() == 20


def test_every_visit_is_counted(member):
    report = submitted(member, ROLE)
    link = sharing.make(assessment=report, scope="gaps", days=7, press=new_key())
    counted = at_once(lambda _number: sharing.visit(link=link))
    assert all(counted)
    assert ShareLink.objects.get().visits == len(counted)
