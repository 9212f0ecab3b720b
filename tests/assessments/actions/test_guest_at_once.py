"""Taking what a guest began, by a hundred presses at once."""

import pytest

from assessments.actions import assessment as assessing
from assessments.actions import guest as actions
from assessments.actions.guest import Choice
from assessments.models import Answer, Assessment, Guest
from tests.at_once import PRESSES, at_once
from tests.definitions import definition, requirement
from tests.guests import begun, grow_old
from tests.published import opened

pytestmark = pytest.mark.django_db(transaction=True)
SKILLS = [f"skill-{number}" for number in range(PRESSES)]
ROLE = definition(*(requirement(slug) for slug in SKILLS))


def save(assessment, skill):
    assessing.save_answer(
        assessment=assessment,
        skill=skill,
        seen=assessing.Seen(0),
        level=3,
        last_done="",
        example="",
    )


def test_of_many_claims_one_moves_everything(member):
    made = begun(ROLE, **dict.fromkeys(SKILLS, 2))
    taken = at_once(lambda _number: actions.take(guest=made.guest, by=member))
    assert sum(one.moved for one in taken) == 1
    assert Assessment.objects.get().member == member
    assert Answer.objects.count() == PRESSES
    assert not Guest.objects.exists()


def test_of_two_accounts_one_gets_it(member, stranger):
    made = begun(ROLE, **{SKILLS[0]: 2})
    people = [member, stranger]
    taken = at_once(lambda number: actions.take(guest=made.guest, by=people[number % 2]))
    (place,) = [number for number, one in enumerate(taken) if one.moved]
    assert Assessment.objects.get().member == people[place % 2]


def test_no_answer_is_lost_that_is_saved_beside_a_claim(member):
    made = begun(ROLE)

    def press(number):
        if number % 2:
            return actions.take(guest=made.guest, by=member)
        return save(made.assessment, SKILLS[number])

    at_once(press)
    assert Assessment.objects.get().member == member
    saved = set(Answer.objects.values_list("skill", flat=True))
    assert saved == set(SKILLS[::2])


def test_starting_in_the_account_beside_a_claim_loses_nothing(member):
    made = begun(ROLE, **{SKILLS[0]: 2})
    version = made.assessment.version

    def press(number):
        if number % 2:
            return actions.take(guest=made.guest, by=member)
        return assessing.start(by=member, version=version)

    at_once(press)
    assert Assessment.objects.open().filter(member=member).count() == 1
    assert Answer.objects.get().assessment.key == made.assessment.key


def test_of_many_choices_one_is_kept(member):
    made = begun(ROLE, **{SKILLS[0]: 2})
    mine = opened(member, ROLE, **{SKILLS[0]: 1})
    shown = (made.assessment.key, made.assessment.revision, mine.key, mine.revision)
    at_once(
        lambda number: actions.choose(
            guest=made.guest, by=member, choice=Choice(bool(number % 2), *shown)
        ),
        refusals=actions.Outdated,
    )
    assert Assessment.objects.get().member == member
    assert Answer.objects.count() == 1


def test_a_purge_beside_a_save_ends_with_nothing():
    made = begun(ROLE)
    grow_old(made.guest, days=7)

    def press(number):
        if number == 0:
            return actions.purge()
        try:
            return save(made.assessment, SKILLS[number])
        except Assessment.DoesNotExist:
            return None

    assert at_once(press)[0] == 1
    assert not Answer.objects.exists()


def test_whoever_saves_while_being_forgotten_leaves_nothing_behind():
    made = begun(ROLE)

    def press(number):
        if number == 0:
            return actions.forget(guest=made.guest)
        return save(made.assessment, SKILLS[number])

    done = at_once(press, refusals=Assessment.DoesNotExist)
    assert done[0] is True
    assert not Answer.objects.exists()
    assert not Guest.objects.exists()


def test_forgotten_and_claimed_at_once_it_is_one_of_both(member):
    made = begun(ROLE, **{SKILLS[0]: 2})
    todo = [
        lambda: actions.forget(guest=made.guest),
        lambda: bool(actions.take(guest=made.guest, by=member).moved),
    ]
    done = at_once(lambda number: todo[number % 2]())
    assert done.count(True) == 1
    assert Assessment.objects.filter(member=member).exists() is any(done[1::2])
