"""Many presses of "bring it in" at the same moment."""

import pytest

from assessments.actions import assessment as assessments
from assessments.actions import my_data as actions
from assessments.models import Answer, PlanItem, RoleVersion
from tests.assessments.views.test_my_data import CHECK, digest, upload
from tests.at_once import PRESSES, at_once, post_at_once, statuses, tabs
from tests.my_data import export, filled, raw, read

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_presses_bring_it_in_once(member, stranger):
    filled(member)
    data = read(raw(member))
    seen = actions.foresee(by=stranger, data=data).digest
    before = Answer.objects.count()
    done = at_once(
        lambda _n: actions.bring_back(by=stranger, data=data, digest=seen), number=PRESSES
    )
    assert sum(one.reports for one in done) == sum(one.opened for one in done) == 1
    assert stranger.assessments.count() == 2
    assert Answer.objects.count() == 2 * before
    assert PlanItem.objects.filter(plan__member=stranger).count() == 1


def test_many_presses_on_the_page_are_all_answered(member, stranger):
    filled(member)
    clients = tabs(stranger, PRESSES)
    upload(clients[0], export(member))
    answers = post_at_once(clients, CHECK, {"digest": digest(clients[0].get(CHECK))})
    assert set(statuses(answers)) == {302}
    assert stranger.assessments.count() == 2


def test_somebody_who_starts_the_role_meanwhile_has_one_open(member, stranger):
    filled(member)
    data = read(raw(member))
    version = RoleVersion.objects.get(role__slug="other")
    seen = actions.foresee(by=stranger, data=data).digest

    def press(number):
        if number % 2:
            return assessments.start(by=stranger, version=version)
        return actions.bring_back(by=stranger, data=data, digest=seen)

    at_once(press, refusals=actions.Stale, number=PRESSES)
    assert stranger.assessments.open().count() == 1
