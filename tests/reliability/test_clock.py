"""The clock of the computer jumps; what people did keeps its order all the same."""

import random
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from assessments import reports
from assessments.actions import assessment as actions
from assessments.models import Answer
from tests.definitions import definition, requirement
from tests.published import opened

JUMPS = 50
STARTS = [
    datetime(2028, 2, 28, 23, 59, 50, tzinfo=UTC),  # before a leap day
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC),  # summer time begins in Europe
    datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),  # and ends: an hour comes twice
    datetime(2026, 12, 31, 23, 59, 50, tzinfo=UTC),
]
DAY = timedelta(days=1)


@pytest.fixture(params=STARTS, ids=lambda start: f"{start:%Y-%m-%d}")
def jumps(request):
    chance = random.Random(request.param.year)
    return [request.param + DAY * chance.choice([-1, 0, 1]) for _jump in range(JUMPS)]


def save(assessment, seen, number):
    return actions.save_answer(
        assessment=assessment,
        skill="a",
        seen=actions.Seen(seen),
        level=number % 5,
        last_done="",
        example=f"number {number}",
    ).revision


def test_revisions_only_grow(member, jumps):
    mine = opened(member, definition(requirement("a")))
    told = [0]
    for number, now in enumerate(jumps):
        with time_machine.travel(now):
            told.append(save(mine, told[-1], number))
    assert told == list(range(JUMPS + 1))
    assert Answer.objects.get().example == f"number {JUMPS - 1}"


def test_an_old_page_is_old_whatever_the_clock_says(member, jumps):
    mine = opened(member, definition(requirement("a")))
    newest = save(mine, 0, 0)
    for number, now in enumerate(jumps, start=1):
        with time_machine.travel(now):
            newest = save(mine, newest, number)
            with pytest.raises(actions.Conflict):
                save(mine, newest - 1, -number)


def test_time_that_ran_backwards_is_no_time_taken(member):
    mine = opened(member, definition(requirement("a")))
    with time_machine.travel(timezone.now() - DAY):
        save(mine, 0, 1)
    assert Answer.objects.get().seconds is None


def test_each_report_has_the_answers_that_were_sent(member, jumps):
    """Whatever order their dates would give."""
    for number, now in enumerate(jumps):
        with time_machine.travel(now, tick=False):
            mine = opened(member, definition(requirement("a")), a=number % 5)
            sent = actions.submit(assessment=mine)
            assert sent.submitted_at == now
        assert reports.compute(sent).content_hash() == sent.result_sha256
