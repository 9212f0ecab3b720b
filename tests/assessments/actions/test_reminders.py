from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from assessments.actions import reminders
from assessments.models import OutgoingMail, Plan, PlanItem
from tests.at_once import at_once
from tests.definitions import definition, requirement
from tests.factories import OccupationFactory
from tests.published import submitted

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 8, 0, tzinfo=UTC)
PASSED = date(2026, 6, 14)


@pytest.fixture
def report(member):
    return submitted(member, definition(requirement("python")), python=0)


@pytest.fixture
def item(report):
    first = report.version.definition.requirements[0]
    return PlanItem.objects.create(
        plan=Plan.objects.create(member=report.member, starts_on=date(2026, 6, 1)),
        assessment=report,
        requirement=first.slug,
        skill=first.skills[0],
        from_level=0,
        to_level=first.level,
        due_on=PASSED,
    )


@pytest.fixture
def asked(member, what_commits):
    reminders.choose(member=member, plan_dates=True, come_back=True)


def three_months_later(report):
    return report.submitted_at + reminders.COME_BACK_AFTER


def test_it_works(item, asked):
    assert reminders.queue_due(now=NOW) == 1
    message = mail.outbox[0]
    assert message.to == ["member@example.org"]
    assert message.subject == "A date in your plan has passed"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_off_unless_asked_for(item, report):
    assert reminders.queue_due(now=NOW) == 0
    assert reminders.queue_due(now=three_months_later(report)) == 0


def test_never_twice_for_one_date_and_again_for_the_next(item, asked):
    for day in range(5):
        reminders.queue_due(now=NOW + timedelta(days=day))
    assert len(mail.outbox) == 1
    PlanItem.objects.update(due_on=date(2026, 6, 20))
    reminders.queue_due(now=datetime(2026, 6, 21, 8, 0, tzinfo=UTC))
    assert len(mail.outbox) == 2


def test_not_before_the_day_is_over_and_not_for_what_is_done(item, asked):
    assert reminders.queue_due(now=NOW - timedelta(days=1)) == 0
    PlanItem.objects.update(status="done")
    assert reminders.queue_due(now=NOW) == 0


def test_a_date_of_long_ago_is_let_rest(item, asked):
    assert reminders.queue_due(now=NOW + timedelta(days=8)) == 0


def test_without_a_date_of_ones_own_the_plans_date_counts(item, asked):
    PlanItem.objects.update(due_on=None, hours=10)
    assert Plan.objects.get().hours_a_week == 5  # two weeks from 1 June: until the 14th
    assert reminders.queue_due(now=NOW - timedelta(days=1)) == 0
    assert reminders.queue_due(now=NOW) == 1


def test_three_months_after_a_report_and_only_once(report, asked):
    later = three_months_later(report)
    assert reminders.queue_due(now=later - timedelta(minutes=1)) == 0
    assert [reminders.queue_due(now=later + timedelta(days=day)) for day in range(10)] == [1] + [
        0
    ] * 9
    assert mail.outbox[0].subject == "Three months since your report"


def test_who_has_come_back_is_not_called_back(report, asked, member):
    other = definition(requirement("python"), slug="other", title="Other")
    newer = submitted(member, other, python=1)
    assert newer.submitted_at > report.submitted_at
    assert reminders.queue_due(now=three_months_later(report)) == 0


def test_nobody_is_called_back_to_an_occupation_that_was_withdrawn(report, asked):
    OccupationFactory(role=report.role, withdrawn=True)
    assert reminders.queue_due(now=three_months_later(report)) == 0


def test_a_closed_account_gets_nothing(item, asked, member):
    member.is_active = False
    member.save()
    assert reminders.queue_due(now=NOW) == 0


def test_nothing_in_the_mail_is_about_the_person(item, asked, report):
    reminders.queue_due(now=NOW)
    reminders.queue_due(now=three_months_later(report))
    whole = report.version.definition
    private = {whole.title, item.skill, report.key, report.member.email}
    private |= {skill.name for skill in whole.skills}
    for message in mail.outbox:
        said = f"{message.subject} {message.body} {message.extra_headers}"
        assert not {word for word in private if word in said}
    assert len(mail.outbox) == 2


def test_the_command_says_how_many(item, asked, capsys, time_machine):
    time_machine.move_to(NOW)
    call_command("send_reminders")
    assert capsys.readouterr().out == "Reminders: 1.\n"


def test_with_the_account_its_mail_is_gone(item, member):
    reminders.choose(member=member, plan_dates=True, come_back=False)
    reminders.queue_due(now=NOW)
    assert OutgoingMail.objects.get().member == member
    item.plan.delete()
    member.assessments.all().delete()
    member.delete()
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_runs_at_once_write_one(item, asked):
    assert sum(at_once(lambda _number: reminders.queue_due(now=NOW))) == 1
    assert len(mail.outbox) == 1
