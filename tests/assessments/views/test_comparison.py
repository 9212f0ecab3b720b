import re
from fractions import Fraction

import pytest
from django.urls import reverse

from assessments import comparisons
from assessments.actions.assessment import start, submit
from assessments.domain.trend import share_at
from assessments.models import Answer, QualificationAnswer, RoleVersion, publication
from tests.assessments.domain.test_carrying import reworded
from tests.definitions import FIELDS, definition, qualification, requirement, wide_definition
from tests.pages import html, main, rows, title, words
from tests.published import answer, opened, submitted

pytestmark = pytest.mark.django_db
OLD = definition(
    requirement("python", 3), requirement("sql", 2), requirement("r", 1), requirement("bash", 1)
)
NEW = definition(
    requirement("python", 4), requirement("sql", 2, importance=5), requirement("git", 1),
    requirement("bash", 1),
)  # fmt: skip


@pytest.fixture
def both(member):
    before = submitted(member, OLD, python=3, sql=1, r=1, bash=2)
    return before, submitted(member, NEW, python=3, sql=2, git=1)


def at(before, after):
    return reverse("report_compare", args=[before.key, after.key])


def page(client, both):
    return main(client.get(at(*both)))


def test_it_works(both, member_client):
    response = member_client.get(at(*both))
    assert title(response).startswith("What changed from ")
    said = words(main(response))
    assert "You meet 2 of 4. It was 3 of 4." in said
    assert "A dashed line stands where the version of the role changed" in said
    assert (
        "What you did: 0 targets met. What the definition did: −1 targets met, and 0 in all."
        in said
    )


def test_both_orders_give_the_same_page(both, member_client):
    assert page(member_client, both) == page(member_client, both[::-1])


def number(cell):
    return Fraction(cell.replace("−", "-"))


def test_the_parts_on_the_page_add_up(both, member_client):
    figures = rows(page(member_client, both), "gap-table cause-table")
    assert [one[0] for one in figures][:2] == ["Targets met", "Targets"]
    for _name, *cells in figures:
        before, between, after, you, definition_, together = map(number, cells)
        assert you == between - before
        assert definition_ == after - between
        assert you + definition_ == together == after - before


def test_every_target_says_what_changed_it(both, member_client):
    lines = {one[0]: one[1:] for one in rows(page(member_client, both), "gap-table")}
    assert lines["Target python"] == [
        "you Independent, target Independent: met",
        "you Independent, target Leading: 1 level to go",
        "no change",
        "Target Independent → Leading.",
    ]
    assert lines["Target sql"][2:] == ["1 level up.", "Importance 3 → 5."]
    assert lines["Target git"][0] == "not asked for"
    assert lines["Target git"][2:] == ["no change", "New target."]
    assert lines["Target r"][3] == "No longer a target."
    assert lines["Target bash"][2:] == ["Unknown now.", "no change"]


def test_a_reworded_question_is_named(member, member_client):
    both = submitted(member, OLD, sql=1), submitted(member, reworded(OLD, "sql"), sql=2)
    shown = page(member_client, both)
    assert "count as the definition’s doing: Skill sql." in words(shown)
    assert rows(shown, "gap-table")[1][3:] == ["no change", "Question reworded."]


def test_on_one_version_all_is_your_doing(member, member_client):
    before, version = submitted(member, OLD, python=2), RoleVersion.objects.get()
    after = start(by=member, version=version)
    answer(after, python=4)
    shown = page(member_client, (before, submit(assessment=after)))
    assert rows(shown, "gap-table")[0][3:] == ["2 levels up."]
    assert rows(shown, "gap-table cause-table")[0] == ["Targets met", "0", "1", "+1"]
    assert "Definition" not in shown
    assert "Between" not in words(shown)
    assert "dashed" not in shown


def test_the_drawing_says_what_the_table_says(both, member, member_client):
    submitted(member, NEW, python=4, sql=2)
    shown = page(member_client, both)
    heights = re.findall(r'<circle class="you" cx="[\d.]+" cy="([\d.]+)"', shown)
    told = [one[2].split(" of ") for one in rows(shown, "gap-table trend-table")]
    assert len(heights) == len(told) == 3
    for y, (met, targets) in zip(heights, told, strict=True):
        assert share_at(float(y), int(targets)) == Fraction(int(met), int(targets))
    assert shown.count("other-version") == 2


def test_it_has_no_inline_style(both, member_client):
    shown = html(member_client.get(at(*both)))
    assert "style=" not in shown
    assert "<script" not in shown


def test_the_list_and_the_report_lead_to_it(both, member_client):
    first, second = both
    assert main(member_client.get(reverse("assessment_list"))).count(at(first, second)) == 1
    assert at(*both) in main(member_client.get(reverse("report_detail", args=[second.key])))
    assert "/compare/" not in main(member_client.get(reverse("report_detail", args=[first.key])))


def test_what_cannot_be_compared_is_not_found(both, member, stranger, member_client):
    mine = both[0]
    other_role = submitted(member, definition(requirement("python"), slug="other", title="Other"))
    theirs = submitted(stranger, OLD)
    for other in (mine, other_role, theirs, opened(member, OLD)):
        assert member_client.get(at(mine, other)).status_code == 404
        assert member_client.get(at(other, mine)).status_code == 404
    assert member_client.post(at(*both)).status_code == 405


def test_a_stranger_s_report_answers_like_a_missing_one(both, stranger, stranger_client):
    mine = submitted(stranger, OLD)
    pages = {
        stranger_client.get(reverse("report_compare", args=keys)).content
        for keys in [
            (mine.key, both[0].key),
            (both[0].key, both[1].key),
            (mine.key, "x" * 22),
            ("x" * 22, mine.key),
        ]
    }
    assert len(pages) == 1


@pytest.mark.parametrize("count", [10, 200])
def test_it_asks_the_database_a_constant_number_of_times(
    member, member_client, count, django_assert_num_queries
):
    role = wide_definition(count)
    both = submitted(member, role, s1=1), submitted(member, role, s1=3)
    submitted(member, role, s1=4)
    publication._definitions.clear()
    with django_assert_num_queries(5):
        member_client.get(at(*both))


def test_a_target_that_became_uncertain_is_not_named(member, member_client):
    before = submitted(member, definition(requirement("python", 3)), python=3)
    uncertain = definition(requirement("python", 2, imprecise=True))
    said = words(page(member_client, (before, submitted(member, uncertain, python=3))))
    assert "you Independent, target uncertain" in said
    assert "Target uncertain now." in said
    assert "Guided" not in said


def test_an_age_that_moves_the_low_end_is_told(member, member_client):
    both = [opened(member, OLD, python=3)]
    Answer.objects.update(last_done="longer-ago")
    both[0] = submit(assessment=both[0])
    both.append(submitted(member, OLD, python=3))
    shown = page(member_client, both)
    assert rows(shown, "gap-table")[0][3:] == ["No longer over a year ago.", "no change"]
    assert [one[4] for one in rows(shown, "gap-table cause-table")][2:] != ["0.0", "0.0"]
    again = opened(member, OLD, python=2)
    Answer.objects.filter(assessment=again).update(last_done="1-3-years")
    shown = page(member_client, (both[1], submit(assessment=again)))
    assert rows(shown, "gap-table")[0][3] == "1 level down. Last done over a year ago now."


def test_two_reports_of_one_day_are_told_apart(member, member_client, time_machine):
    time_machine.move_to("2026-03-27T09:30:00Z", tick=False)
    before = submitted(member, OLD, python=2)
    time_machine.move_to("2026-03-27T13:45:00Z", tick=False)
    after = submitted(member, OLD, python=3)
    shown = page(member_client, (before, after))
    assert "27 March 2026, 09:30" in words(shown)
    assert "27 March 2026, 13:45" in words(shown)


def test_a_line_that_does_not_hold_all_of_them_says_so(member, member_client, monkeypatch):
    both = submitted(member, OLD, python=2), submitted(member, OLD, python=3)
    said = "You have more reports than these"
    monkeypatch.setattr(comparisons, "MOST_IN_TREND", 2)
    assert said not in words(page(member_client, both))
    submitted(member, OLD, python=4)
    assert said in words(page(member_client, both))


def with_degree(member, role, degree):
    mine = opened(member, role)
    values = {"degree": degree, "field": "mathematics", "revision": 1}
    QualificationAnswer.objects.create(assessment=mine, **values)
    return submit(assessment=mine)


def test_a_degree_is_compared_too(member, member_client):
    old = definition(requirement("sql"), qualifications=(qualification(),), fields=FIELDS)
    doctor = (qualification(degrees=("doctorate",)),)
    new = definition(requirement("sql"), qualifications=doctor, fields=FIELDS)
    both = with_degree(member, old, "bachelor"), with_degree(member, old, "master")
    [row] = rows(page(member_client, both), "gap-table qualification-table")
    assert row == ["A degree", "not yet", "met", "Another degree.", "no change"]
    last = with_degree(member, new, "master")
    [row] = rows(page(member_client, (both[1], last)), "gap-table qualification-table")
    assert row == ["A degree", "met", "not yet", "no change", "Other degrees count."]


def test_without_a_degree_asked_for_there_is_no_table_of_them(both, member_client):
    assert "qualification-table" not in page(member_client, both)
