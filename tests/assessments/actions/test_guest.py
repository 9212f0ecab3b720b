from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from assessments.actions import assessment as assessing
from assessments.actions import guest as actions
from assessments.actions.guest import Choice
from assessments.models import Answer, Assessment, Guest
from tests.definitions import definition, requirement
from tests.guests import begun, grow_old
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))
OTHER = definition(requirement("sql"), slug="other", title="Other")


def take(made, by):
    return actions.take(guest=made.guest, by=by)


def choice(theirs, mine, **values):
    shown = {
        "guests": theirs.key,
        "guests_revision": theirs.revision,
        "accounts": mine.key,
        "accounts_revision": mine.revision,
    }
    return Choice(**shown | values)


def choose(made, mine, **values):
    shown = choice(made.assessment, mine, **values)
    return actions.choose(guest=made.guest, by=mine.member, choice=shown)


def test_it_works(member):
    made = begun(ROLE, python=3)
    assert take(made, member) == actions.Taken(moved=1, left=0)
    mine = Assessment.objects.get()
    assert (mine.member, mine.guest, mine.key) == (member, None, made.assessment.key)
    assert mine.answers.get().level == 3
    assert not Guest.objects.exists()


def test_taken_once(member, stranger):
    made = begun(ROLE, python=3)
    take(made, member)
    assert take(made, stranger) == actions.Taken(0, 0)
    assert Assessment.objects.get().member == member


def test_a_report_goes_along_as_it_is(member):
    made = begun(ROLE, python=3)
    sent = assessing.submit(assessment=made.assessment)
    opened(member, ROLE)
    assert take(made, member) == actions.Taken(1, 0)
    moved = Assessment.objects.submitted().get(member=member)
    assert (moved.result_sha256, moved.submitted_at) == (sent.result_sha256, sent.submitted_at)


def test_what_is_open_on_both_sides_waits_and_the_rest_goes(member):
    made = begun(ROLE, python=3)
    assessing.start(by=made.guest, version=publish(OTHER))
    mine = opened(member, ROLE, python=1)
    assert take(made, member) == actions.Taken(moved=1, left=1)
    assert take(made, member) == actions.Taken(moved=0, left=1)
    assert Assessment.objects.of(made.guest).get() == made.assessment
    assert mine.answers.get().level == 1


@pytest.mark.parametrize(("keep_guests", "level"), [(True, 3), (False, 1)])
def test_the_chosen_one_is_kept(member, keep_guests, level):
    made = begun(ROLE, python=3)
    mine = opened(member, ROLE, python=1)
    assert choose(made, mine, keep_guests=keep_guests) == actions.Taken(int(keep_guests), 0)
    kept = Assessment.objects.get()
    assert (kept.member, kept.answers.get().level) == (member, level)
    assert not Guest.objects.exists()


@pytest.mark.parametrize("changed", ["guests", "accounts"])
def test_nothing_is_deleted_that_was_not_shown(member, changed):
    made = begun(ROLE, python=3)
    mine = opened(member, ROLE, python=1)
    with pytest.raises(actions.Outdated):
        choose(made, mine, keep_guests=True, **{f"{changed}_revision": 7})
    assert Assessment.objects.count() == 2


def test_another_account_s_assessment_is_never_deleted(member, stranger):
    made = begun(ROLE, python=3)
    opened(member, ROLE)
    theirs = opened(stranger, ROLE, python=1)
    shown = choice(made.assessment, theirs, keep_guests=True)
    with pytest.raises(actions.Outdated):
        actions.choose(guest=made.guest, by=member, choice=shown)
    assert Assessment.objects.count() == 3


def test_a_choice_for_another_guest_s_assessment_deletes_nothing(member):
    made, other = begun(ROLE), begun(ROLE, python=2)
    mine = opened(member, ROLE)
    shown = choice(other.assessment, mine, keep_guests=False)
    assert actions.choose(guest=made.guest, by=member, choice=shown).left == 1
    assert Assessment.objects.count() == 3


def test_nobody_takes_what_is_expired(member):
    made = begun(ROLE, python=3)
    grow_old(made.guest, days=7)
    assert take(made, member) == actions.Taken(0, 0)
    assert not Assessment.objects.filter(member=member).exists()


def test_an_account_that_is_gone_takes_nothing(member):
    made, gone = begun(ROLE), member.pk
    member.delete()
    member.pk = gone
    assert take(made, member) == actions.Taken(0, 0)
    assert Assessment.objects.of(made.guest).exists()


# --- purge ---


def test_the_purge_forgets_on_the_day_and_leaves_the_others(member, capsys):
    old, new = begun(ROLE, python=3), begun(ROLE, python=2)
    kept = submitted(member, ROLE, python=1)
    grow_old(old.guest, days=7)
    grow_old(new.guest, days=6, hours=23)
    call_command("purge_expired")
    assert "7 days after they began: 1 deleted." in capsys.readouterr().out
    assert set(Assessment.objects.all()) == {new.assessment, kept}
    assert sorted(Answer.objects.values_list("level", flat=True)) == [1, 2]


def test_the_purge_takes_reports_too_and_all_of_them(monkeypatch):
    monkeypatch.setattr(actions, "PURGED_AT_A_TIME", 2)
    for _number in range(5):
        made = begun(ROLE, python=3)
        assessing.submit(assessment=made.assessment)
        grow_old(made.guest, days=8)
    assert actions.purge() == 5
    assert not Assessment.objects.exists()
    assert actions.purge() == 0


def test_what_was_taken_is_not_purged(member, time_machine):
    made = begun(ROLE, python=3)
    take(made, member)
    time_machine.move_to(timezone.now() + timedelta(days=30))
    assert actions.purge() == 0
    assert Assessment.objects.get().member == member


# --- forgotten at once ---


def test_forgetting_deletes_all_of_one_and_nothing_of_others(member):
    made, other = begun(ROLE, python=3), begun(ROLE, python=2)
    assessing.submit(assessment=made.assessment)
    opened(member, ROLE, python=1)
    assert actions.forget(guest=made.guest) is True
    assert list(Guest.objects.all()) == [other.guest]
    assert sorted(Answer.objects.values_list("level", flat=True)) == [1, 2]


def test_what_was_taken_into_an_account_stays_there(member):
    made = begun(ROLE, python=3)
    take(made, member)
    assert actions.forget(guest=made.guest) is False
    assert Assessment.objects.get().member == member
