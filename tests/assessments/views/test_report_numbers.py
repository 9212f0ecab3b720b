"""Numbers and drawings of the report's page, read back and compared with the answers."""

import re
from collections import Counter
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import given, settings

from assessments.actions import assessment as actions
from assessments.domain.charts import level_at
from assessments.models import Answer
from tests.definitions import cases
from tests.pages import main, part, rows, words
from tests.published import opened

pytestmark = pytest.mark.django_db
few = settings(max_examples=12)


def page_of(client, assessment):
    return main(client.get(reverse("report_detail", args=[assessment.key])))


def submit_case(member, case):
    mine = opened(member, case.role)
    Answer.objects.bulk_create(
        Answer(assessment=mine, skill=slug, level=one.level, last_done=one.last_done, revision=1)
        for slug, one in case.answers.items()
    )
    return actions.submit(assessment=mine)


@few
@given(cases())
def test_the_statement_has_the_numbers_of_the_domain(member, member_client, case):
    page = page_of(member_client, submit_case(member, case))
    said = words(part(page, '<div class="report-statement">', "</div>"))
    outcome = [
        sum(map(int, re.findall(pattern, said)))
        for pattern in (
            r"You meet (\d+) of the",
            r"(\d+) (?:is|are) one level below",
            r"(\d+) (?:is|are) two or more below",
            r"(\d+) (?:is|are) unknown",
        )
    ]
    gaps = expected_gaps(case)
    rated = [gap for gap in gaps if gap is not None]
    assert outcome == [
        sum(need is None or have >= need for have, need in rated),
        sum(need is not None and need - have == 1 for have, need in rated),
        sum(need is not None and need - have >= 2 for have, need in rated),
        sum(gap is None for gap in gaps),
    ]


def expected_gaps(case):
    """Level and target, worked out from the answers themselves; None for what is unknown.

    The target is None where it is imprecise, and met all the same.
    """
    found = []
    top = case.role.scales[0].top
    for one in case.role.requirements:
        said = [case.answers[slug].level for slug in one.skills if slug in case.answers]
        have = max((level for level in said if level is not None), default=None)
        is_unknown = have is None or (one.imprecise and have < top)
        found.append(None if is_unknown else (have, None if one.imprecise else one.level))
    return found


@few
@given(cases())
def test_every_drawing_reads_back_to_its_levels(member, member_client, case):
    page = page_of(member_client, submit_case(member, case))
    top = case.role.scales[0].top
    drawn = [
        drawing(one, top) for one in re.findall(r'<svg class="dumbbell" .*?</svg>', page, re.DOTALL)
    ]
    assert Counter(drawn) == Counter(gap for gap in expected_gaps(case) if gap is not None)


def drawing(svg, top):
    """(you, target), after seeing that the line between them ends at both."""
    tree = ElementTree.fromstring(svg)  # noqa: S314
    disc, square = tree.find("circle[@class='you']"), tree.find("rect[@class='target']")
    you = float(disc.get("cx"))
    if square is None:
        return level_at(you, top), None
    target = float(square.get("x")) + float(square.get("width")) / 2
    line = tree.find("line[@class='gap']")
    if line is not None:
        assert (float(line.get("x1")), float(line.get("x2"))) == pytest.approx((you, target))
    assert (line is None) == (level_at(you, top) >= level_at(target, top))
    return level_at(you, top), level_at(target, top)


def number(text):
    return Fraction(text.split("=")[-1].strip())


def ends(text):
    low, *high = text.split(" – ")
    return Fraction(low), Fraction(high[0] if high else low)


def rounded(share):
    """As the page says: to whole points, but never up to 100 or down to 0."""
    if share in (0, 1):
        return 100 * share
    return min(99, max(1, int(100 * share + Fraction(1, 2))))


@few
@given(cases())
def test_readiness_can_be_worked_out_from_the_page(member, member_client, case):
    page = page_of(member_client, submit_case(member, case))
    total, sums = Fraction(0), [Fraction(0), Fraction(0)]
    for _target, weight, share, product in rows(page, "working-table"):
        total += number(weight)
        for end in (0, 1):
            exact = number(weight) * ends(share)[end]
            sums[end] += exact
            assert abs(exact - ends(product)[end]) <= Fraction(1, 200)
    low, high = (rounded(one / total) for one in sums)
    said = words(part(page, '<p class="sum">', "</p>"))
    assert re.search(rf"Low end: [\d.]+ ÷ {total} = {low} of 100\.", said)
    assert re.search(rf"High end: [\d.]+ ÷ {total} = {high} of 100\.", said)
    figures = words(part(page, '<p class="figures">', "</p>"))
    expected = f"readiness {low} of" if low == high else f"between {low} and {high} of 100"
    assert expected in figures


@few
@given(cases())
def test_the_table_holds_every_rated_target(member, member_client, case):
    page = page_of(member_client, submit_case(member, case))
    gaps = expected_gaps(case)
    rated = [gap for gap in gaps if gap is not None]
    assert page.count('<tr id="target-') == len(rated)
    assert page.count('<span class="standing is-unknown">') == len(gaps) - len(rated)
