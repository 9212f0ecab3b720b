from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.bearings import given_in, mine, newest
from assessments.domain.answers import Answer as Said
from assessments.domain.answers import LastDone
from assessments.domain.evidence import Known
from assessments.models import Answer
from tests.definitions import EIGHT, definition, requirement
from tests.published import opened, submitted
from tests.rated import LAW, READING, corresponds, elements

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("reading"), requirement("law"), scale=EIGHT)
OTHER = definition(requirement("reading"), slug="other", title="Other", scale=EIGHT)


def all_of(member):
    return newest(Answer.objects.filter(assessment__member=member))


def test_the_newest_answer_counts_whether_sent_or_not(member):
    before = submitted(member, ROLE, reading=5, law=1)
    after = opened(member, OTHER, reading=3)
    Answer.objects.filter(assessment=after).update(saved_at=timezone.now() + timedelta(days=1))
    assert all_of(member) == {"reading": Said(3), "law": Said(1)}
    assert given_in(before) == {"reading": Said(5), "law": Said(1)}


def test_when_it_was_last_done_comes_along(member):
    Answer.objects.filter(assessment=opened(member, ROLE, reading=5)).update(last_done="longer-ago")
    assert all_of(member)["reading"].last_done is LastDone.LONGER_AGO


def test_an_answer_to_the_element_itself(member):
    elements()
    assert mine({"reading": Said(5)}, 7).known == {READING: Known(5, 5, True, False)}


def test_an_answer_to_a_skill_that_corresponds(member):
    elements()
    corresponds("contracts", LAW, loose=True)
    found = mine({"contracts": Said(2)}, 7)
    assert found.known == {LAW: Known(2, 6, False, True)}
    assert (found.rated, found.through) == (1, 1)


@pytest.mark.parametrize(("level", "expected"), [(1, {"python"}), (0, set()), (None, set())])
def test_a_technology_is_known_from_the_first_level_on(level, expected):
    corresponds("coding", "Python", kind="technology")
    assert mine({"coding": Said(level)}, 7).technologies == expected


def test_what_cannot_be_judged_says_nothing():
    elements()
    found = mine({"reading": Said(None)}, 7)
    assert (found.known, found.rated) == ({}, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_any_number_of_answers(count, django_assert_num_queries):
    elements()
    for number in range(count):
        corresponds(f"skill-{number}", LAW)
    said = {f"skill-{number}": Said(3) for number in range(count)}
    with django_assert_num_queries(1):
        mine(said, 7)
