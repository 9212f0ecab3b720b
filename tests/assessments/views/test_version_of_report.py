"""What a report would say under a newer version."""

import pytest
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.models import Assessment
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.pages import html, main, rows, words
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
DEGREE = {"qualifications": (qualification(),), "fields": FIELDS}
OLD = definition(requirement("python"), requirement("sql"), requirement("r"), **DEGREE)
NEW = reworded(definition(*map(requirement, ["python", "sql", "talking", "git"]), **DEGREE), "sql")

YOU = "you Guided, target Independent:"


@pytest.fixture
def mine(member):
    one = opened(member, OLD, python=3, sql=2, r=None)
    return one


def at(view, assessment):
    return reverse(view, args=[assessment.key])


def page(client, assessment, view="assessment_version"):
    return main(client.get(at(view, assessment)))


def outlook(client, member, new=NEW, **levels):
    sent = submitted(member, OLD, **levels)
    publish(new)
    return page(client, sent, "report_version")


def test_a_report_says_what_it_would_say(member, member_client):
    shown = outlook(member_client, member, python=3, sql=2, r=3)
    assert rows(shown, "working-table version-table") == [
        ["Targets met", "2 of 3", "1 of 4"],
        ["One level below", "1", "0"],
        ["Two or more below", "0", "0"],
        ["Unknown", "0", "3"],
        ["Readiness", "89 of 100", "25 to 100 of 100"],
    ]
    assert "reworded, so an answer to the old sentences would not count: Skill sql." in words(shown)


def test_it_names_what_would_stand_differently(member, member_client):
    shown = outlook(member_client, member, python=3, sql=2, r=3)
    assert rows(shown, "gap-table") == [
        ["Target sql", f"{YOU} 1 level to go", "unknown, target Independent"],
        ["Target talking", "not asked for", "unknown, target Independent"],
        ["Target git", "not asked for", "unknown, target Independent"],
        ["Target r", "you Independent, target Independent: met", "not asked for"],
    ]


def test_it_tells_the_targets_since_it_is_a_report(member, member_client):
    new = definition(requirement("python", 4), *OLD.requirements[1:], **DEGREE)
    shown = words(outlook(member_client, member, new, python=3))
    assert "Requirement “Target python”, required level: 3 → 4" in shown


def test_where_nothing_would_stand_differently_it_says_so(member, member_client):
    new = definition(*OLD.requirements, title="Other", **DEGREE)
    shown = words(outlook(member_client, member, new, python=3))
    assert "No target would stand differently." in shown
    assert "Tester → Other" in shown


def test_the_report_stays_as_it_was(member, member_client):
    sent = submitted(member, OLD, python=3)
    before = html(member_client.get(at("report_detail", sent)))
    stored = Assessment.objects.values().get()
    publish(NEW)
    page(member_client, sent, "report_version")
    assert html(member_client.get(at("report_detail", sent))) == before
    assert Assessment.objects.values().get() == stored


def test_a_report_of_the_newest_version_has_nothing_to_compare_with(member, member_client):
    sent = submitted(member, OLD)
    assert member_client.get(at("report_version", sent)).url == at("report_detail", sent)


def test_an_open_assessment_has_no_report_to_compare(mine, member_client):
    publish(NEW)
    assert member_client.get(at("report_version", mine)).status_code == 404


def test_the_list_leads_to_both_pages(member, member_client):
    sent = submitted(member, OLD)
    mine = actions.start(by=member, version=sent.version)
    publish(NEW)
    shown = main(member_client.get(reverse("assessment_list")))
    assert words(shown).count("Version 2 of the role is published: see what changed") == 2
    assert at("report_version", sent) in shown
    assert at("assessment_version", mine) in shown
