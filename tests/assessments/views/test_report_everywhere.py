"""Random reports in every form: each number compared with the one the rules work out.

SOAK=1 (`make soak`) tries a thousand.
"""

import json
import os
import re
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from assessments.domain.gaps import Standing
from assessments.domain.report import report
from assessments.domain.stability import stability
from careerpath.settings import BASE_DIR
from tests.assessments.views.test_report_numbers import ends, number, rounded, submit_case
from tests.definitions import cases
from tests.pages import main, part, rows, words
from tests.report_files import csv_rows, download, pdf_words, squashed

pytestmark = pytest.mark.django_db
SOAKING = bool(os.environ.get("SOAK"))
SCHEMA = Draft202012Validator(json.loads((BASE_DIR / "docs/report.schema.json").read_text()))


def examples(usual, soaking):
    return settings(max_examples=soaking if SOAKING else usual)


def expected(case):
    """Rows by requirement: level, target, levels to go, weight, low, high.

    The target is None where it is imprecise; the levels to go are, where they are not known.
    """
    figures = report(case.role, case.answers, None)
    return figures, {
        share.gap.requirement.slug: (
            share.gap.have,
            None if share.gap.requirement.imprecise else share.gap.need,
            None if share.gap.standing is Standing.UNKNOWN else share.gap.short,
            share.weight,
            share.low,
            share.high,
        )
        for share in figures.readiness.shares
    }


@examples(50, 1000)
@given(cases())
def test_the_csv_has_the_numbers_of_the_rules(member, member_client, case):
    figures, wanted = expected(case)
    found = csv_rows(download(member_client, submit_case(member, case), "report_csv"))
    assert [row["Target"] for row in found] == [f"Target {slug}" for slug in wanted]
    for row, gap, (have, need, short, weight, low, high) in zip(
        found, figures.result.gaps, wanted.values(), strict=True
    ):
        assert row["Your level"] == ("" if have is None else str(have))
        assert row["Levels to go"] == ("" if short is None else str(short))
        assert row["Level asked for"] == ("" if need is None else str(need))
        assert (row["Level asked for in words"] == "") == (need is None)
        assert row["Weight"] == str(weight)
        assert row["Importance (1 to 5)"] == str(gap.requirement.importance)
        assert row["Standing"].split(":")[0] == gap.standing
        assert row["Skill counted"] == f"Skill {gap.skill}"
        assert float(row["Part, low end"]) == pytest.approx(float(low), abs=1e-6)
        assert float(row["Part, high end"]) == pytest.approx(float(high), abs=1e-6)


@examples(50, 1000)
@given(cases())
def test_the_json_has_the_numbers_of_the_rules(member, member_client, case):
    figures, wanted = expected(case)
    data = json.loads(download(member_client, submit_case(member, case), "report_json").content)
    SCHEMA.validate(data)
    assert data["result_sha256"] == figures.content_hash()
    for row in data["requirements"]:
        have = row["level"] and row["level"]["value"]
        assert wanted[row["slug"]] == (
            have,
            row["target"] and row["target"]["value"],
            None if row["standing"] == "unknown" else row["levels_to_go"],
            row["weight"],
            Fraction(row["part"]["low"]),
            Fraction(row["part"]["high"]),
        )
    readiness, statement = data["readiness"], data["statement"]
    total = sum(row["weight"] for row in data["requirements"])
    for end in ("low", "high"):
        summed = sum(row["weight"] * Fraction(row["part"][end]) for row in data["requirements"])
        assert Fraction(readiness[f"{end}_sum"]) == summed
        assert Fraction(readiness[end]) == summed / total == getattr(figures.readiness, end)
        assert readiness[f"{end}_points"] == rounded(summed / total)
    assert readiness["total_weight"] == total
    assert statement["met"] == len(figures.result.met)
    assert statement["unknown"] == len(figures.result.unknown)
    assert statement["one_below"] == figures.result.one_below
    assert statement["two_or_more_below"] == figures.result.two_or_more_below
    assert [(one["requirement"], Fraction(one["urgency"])) for one in data["priorities"]] == [
        (one.gap.requirement.slug, one.urgency) for one in figures.priorities
    ]
    steady = stability(case.role, case.answers)
    assert data["stability"]["tried"] == steady.tried
    assert data["stability"]["replacing"] == len(steady.replacing)
    assert data["stability"]["reordering"] == len(steady.reordering)
    assert data["stability"]["hangs_on"] == list(steady.decisive)
    most = data["stability"]["most"]
    assert (most and (most["skill"], Fraction(most["adds_low"]), Fraction(most["adds_high"]))) == (
        steady.most and (steady.most.skill, steady.most.low, steady.most.high)
    )
    assert data["first"] == list(steady.first)


@examples(20, 1000)
@given(cases())
def test_the_resume_has_every_level_above_none(member, member_client, case):
    sent = submit_case(member, case)
    data = json.loads(download(member_client, sent, "report_resume").content)
    scale = case.role.scales[0]
    assert {one["name"]: one["level"] for one in data["skills"]} == {
        f"Skill {slug}": f"{scale.word(one.level)} (self-assessed, {one.level} of {scale.top})"
        for slug, one in case.answers.items()
        if one.level
    }


@examples(50, 1000)
@given(cases())
def test_the_page_has_the_numbers_of_the_rules(member, member_client, case):
    figures, wanted = expected(case)
    sent = submit_case(member, case)
    page = main(member_client.get(reverse("report_detail", args=[sent.key])))
    working = rows(page, "working-table")
    for (target, weight, share, _product), slug in zip(working, wanted, strict=True):
        assert target == f"Target {slug}"
        assert (number(weight), *ends(share)) == wanted[slug][3:]
    scale = case.role.scales[0]
    for one in figures.rated:
        slug = one.requirement.slug
        row = part(page, f'<tr id="target-{slug}">', "</tr>")
        you, asked_for, gap, _chart = (
            words(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)
        )
        assert you.removesuffix(" over a year ago") == scale.word(one.have)
        assert asked_for == asked_in_words(scale, one)
        assert gap == gap_in_words(one)
    assert_certainty(words(part(page, 'id="sure"', "</section>")), case, figures)


def asked_in_words(scale, gap):
    return "uncertain" if gap.requirement.imprecise else scale.word(gap.need)


def gap_in_words(gap):
    if gap.standing is Standing.SHORT:
        return f"{gap.short} level{'s' if gap.short > 1 else ''} to go"
    return f"met, {gap.above} above" if gap.above else "met"


def counted(pattern, text):
    found = re.search(pattern, text)
    return int(found.group(1)) if found else 0


def assert_certainty(said, case, figures):
    steady = stability(case.role, case.answers)
    uncertain = [gap for gap in figures.result.unknown if gap.have is not None]
    open_ones = len(figures.result.unknown) - len(uncertain)
    assert counted(r"Answer the (\d+) target", said) == open_ones
    assert counted(r"Better figures: (\d+) target", said) == len(uncertain)
    assert counted(r"takes one level off \((\d+) target", said) == len(figures.widened_by_age)
    assert counted(r"at a time: (\d+) tr", said) == steady.tried
    would_be = "other targets" if steady.first else "something would be missing:"
    assert counted(rf"In (\d+) of them {would_be}", said) == len(steady.replacing)
    assert counted(r"; in (\d+) they would only change", said) == len(steady.reordering)
    stays = "comes first stays the same in all" if steady.first else "would be missing in any"
    assert (stays in said) == bool(steady.tried and steady.is_stable)
    for skill in steady.decisive:
        assert f"Skill {skill}" in said
    if steady.most is None:
        assert "What would change this most" not in said
        return
    before, after = (
        points_in_words(figures.readiness.low + low, figures.readiness.high + high)
        for low, high in ((0, 0), (steady.most.low, steady.most.high))
    )
    assert f"change this most: Skill {steady.most.skill}, from" in said
    if before == after:
        assert f"rise by less than one point from {before} of 100" in said
    else:
        assert f"Readiness would go from {before} to {after} of 100" in said


def points_in_words(low, high):
    low, high = rounded(low), rounded(high)
    return str(low) if low == high else f"{low} – {high}"


@examples(4, 1000)
@given(cases())
def test_the_pdf_has_the_numbers_of_the_rules(member, member_client, case):
    figures, _wanted = expected(case)
    sent = submit_case(member, case)
    paper = pdf_words(download(member_client, sent, "report_pdf"))
    page = main(member_client.get(reverse("report_detail", args=[sent.key])))
    for one in ('<div class="report-statement">', '<p class="sum">'):
        end = "</div>" if "div" in one else "</p>"
        assert squashed(words(part(page, one, end))) in paper
    scale = case.role.scales[0]
    working = {row[0]: row for row in rows(page, "working-table")}
    for one in figures.result.gaps:
        title = one.requirement.title
        _target, _weight, share, product = working[title]
        weight = number(_weight)
        row = f"{weight} × {share} = {product}"
        if one.standing is not Standing.UNKNOWN:
            old = "over a year ago" if one.is_over_a_year_old else ""
            level = f"{scale.word(one.have)} {old} {asked_in_words(scale, one)}"
            row = f"{level} {gap_in_words(one)} {row}"
        assert re.search(rf"{squashed(title)}[^=]*?{re.escape(squashed(row))}", paper)
