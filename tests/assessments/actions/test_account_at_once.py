"""Many presses of "delete" at the same moment, and whoever writes meanwhile."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from assessments.actions import account, sharing
from assessments.actions import assessment as assessments
from assessments.actions import plan as plans
from assessments.actions.assessment import Seen
from assessments.models import Answer, Assessment, Plan, PlanItem, ShareLink, User
from assessments.models.assessment import new_key
from tests.at_once import PRESSES, Tab, at_once, post_at_once, statuses
from tests.conftest import PASSWORD, signed_in
from tests.my_data import filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("erasures")]


def identified_tabs(user):
    """Of one browser, in which this person showed a moment ago who they are."""
    first = signed_in(user)
    first.post("/accounts/reauthenticate/", {"password": PASSWORD})
    clients = [Tab() for _number in range(PRESSES)]
    for client in clients:
        client.cookies.load({name: one.value for name, one in first.cookies.items()})
    return clients


def test_many_presses_delete_once(member):
    filled(member)
    press = account.delete
    done = at_once(lambda _n: press(user=member, and_newsletter=True), number=PRESSES)
    assert done.count(True) == 1
    assert not User.objects.exists()


def test_many_presses_on_the_page_are_all_answered(member):
    """302: gone, or asked to sign in. 400: signed out between the two halves of the request."""
    filled(member)
    answers = post_at_once(identified_tabs(member), "/account/delete/", {"sure": "on"})
    assert set(statuses(answers)) <= {302, 400}
    assert not User.objects.exists()


def test_of_two_superusers_who_leave_at_once_one_stays():
    people = [User.objects.create_superuser(f"{n}@example.org", PASSWORD) for n in range(2)]
    done = at_once(
        lambda number: account.delete(user=people[number], and_newsletter=True),
        refusals=account.LastSuperuser,
        number=2,
    )
    assert done.count(True) == 1
    assert User.objects.get().is_superuser


def test_whoever_writes_meanwhile_leaves_nothing_behind(member):
    """In one tab they delete, in the others they go on."""
    mine = filled(member)
    todo = [
        lambda: account.delete(user=member, and_newsletter=True),
        lambda: assessments.save_answer(
            assessment=mine.open, skill="sql", seen=Seen(0), level=1, last_done="", example=""
        ),
        lambda: plans.add(by=member, assessment=mine.report, chosen={"python": None}),
        lambda: assessments.submit(assessment=mine.open),
        lambda: sharing.make(assessment=mine.report, scope="gaps", days=7, press=new_key()),
    ]
    # What they find when they come second: no row, or a report without its answers.
    too_late = (ObjectDoesNotExist, IntegrityError, KeyError, assessments.AlreadySubmitted)
    done = at_once(lambda number: todo[number](), refusals=too_late, number=len(todo))
    assert done[0] is True
    for model in (User, Assessment, Answer, Plan, PlanItem, ShareLink):
        assert not model.objects.exists()
