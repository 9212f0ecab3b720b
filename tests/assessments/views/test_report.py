import re
from dataclasses import replace

import pytest
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.models import Answer, QualificationAnswer, Role, publication
from tests.assessments.test_reports import catalogue
from tests.definitions import (
    definition,
    qualification,
    requirement,
    wide_definition,
)
from tests.pages import html, main, part, rows, title, words
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("python", 3, essential=True, importance=5),
    requirement("sql", 3),
    requirement("bash", 4, importance=2),
    requirement("talking", 2, importance=4),
    qualifications=(qualification(),),
)
SAID = {"python": 3, "sql": 2, "bash": 0}


def address(assessment):
    return reverse("report_detail", args=[assessment.key])


def page_of(client, assessment):
    return main(client.get(address(assessment)))


def test_it_works(member, member_client):
    response = member_client.get(address(submitted(member, ROLE, **SAID)))
    assert title(response).startswith("Gap report – Tester, ")
    headings = [words(one) for one in re.findall(r"<h2.*?</h2>", main(response), re.DOTALL)]
    assert headings == [
        "What to do first",
        "How sure this is",
        "Every target and where you are",
        "Unknown",
        "Qualifications",
        "What you are strong at",
        "How this was worked out",
        "What this report cannot tell you",
        "Take it with you",
    ]


def test_an_open_assessment_has_no_report(member, member_client):
    assert member_client.get(address(opened(member, ROLE))).status_code == 404


def test_a_report_is_only_read(member, member_client):
    assert member_client.post(address(submitted(member, ROLE))).status_code == 405


# --- the statement ---

ONE, TWO = requirement("sql", 1), requirement("python", 2)


@pytest.mark.parametrize(
    ("role", "said", "expected"),
    [
        (
            ROLE,
            SAID,
            "You meet 1 of the 4 targets. 1 is one level below. 1 is two or more below. "
            "1 is unknown. The largest gap is Target bash: "
            "you chose None, the target is Leading.",
        ),
        (
            ROLE,
            {"python": 2, "sql": 2, "bash": 1, "talking": 0},
            "You meet 0 of the 4 targets. 2 are one level below. 2 are two or more below. "
            "The largest gap is Target bash: you chose Aware, the target is Leading.",
        ),
        (
            definition(ONE),
            {"sql": 1},
            "You meet 1 of the 1 target. There is no gap left: "
            "every target of this version is met.",
        ),
        (
            definition(ONE, TWO),
            {"sql": 4, "python": 4},
            "You meet 2 of the 2 targets. There is no gap left: "
            "every target of this version is met.",
        ),
        (definition(ONE), {}, "You meet 0 of the 1 target. 1 is unknown."),
        (
            definition(ONE, TWO),
            {"python": None},
            "You meet 0 of the 2 targets. 2 are unknown.",
        ),
        (definition(), {}, "This role has no targets yet."),
    ],
    ids=["mixed", "none met", "only one", "all met", "one unknown", "all unknown", "no targets"],
)
def test_the_statement_in_words(member, member_client, role, said, expected):
    page = page_of(member_client, submitted(member, role, **said))
    assert words(part(page, '<div class="report-statement">', "</div>")) == expected


# --- how sure this is ---


def certainty(page):
    return words(part(page, 'id="sure">', "</section>")).removeprefix("How sure this is ")


def test_what_is_unknown_or_old_is_what_would_narrow_the_range(member, member_client):
    mine = opened(member, definition(requirement("sql", 3), requirement("talking")), sql=3)
    Answer.objects.update(last_done="longer-ago")
    said = certainty(page_of(member_client, actions.submit(assessment=mine)))
    assert "Answer the 1 target that is unknown ." in said
    assert "takes one level off (1 target): Target sql." in said


def test_what_comes_first_and_what_it_hangs_on(member, member_client):
    """Two gaps alike: a level up of either, or down, makes them change places or closes one."""
    role = definition(requirement("sql", 3), requirement("bash", 3))
    assert certainty(page_of(member_client, submitted(member, role, sql=2, bash=2))) == (
        "Readiness is one number and not a range: every target is answered, and nothing that "
        "counts was last done over a year ago. Would the same come first? We moved each of your "
        "levels up by one and down by one, one at a time: 4 tries. In 2 of them other targets "
        "would come first; in 1 they would only change places. It hangs on your answers to these, "
        "so be sure of them before you begin: Skill sql, Skill bash. What would change this most: "
        "Skill sql, from Guided to Independent. Readiness would go from 67 to 83 of 100."
    )


def test_what_would_change_it_most_is_never_past_a_target(member, member_client):
    mine = opened(
        member,
        definition(requirement("sql", 2, importance=5), requirement("bash", 4, importance=1)),
    )
    Answer.objects.create(assessment=mine, skill="sql", level=2, last_done="longer-ago", revision=1)
    Answer.objects.create(assessment=mine, skill="bash", level=0, revision=1)
    said = certainty(page_of(member_client, actions.submit(assessment=mine)))
    assert "Skill bash, from None to Aware." in said
    assert "Readiness would go from 42 – 83 to 46 – 88 of 100." in said


def test_it_says_when_nothing_would_change(member, member_client):
    role = definition(ONE, requirement("bash", 4))
    said = certainty(page_of(member_client, submitted(member, role, sql=4, bash=0)))
    assert "What comes first stays the same in all of them." in said


def test_with_every_target_met_it_asks_whether_anything_would_be_missing(member, member_client):
    said = certainty(page_of(member_client, submitted(member, definition(ONE), sql=4)))
    assert "Would anything be missing?" in said
    assert "1 try. Nothing would be missing in any of them." in said
    assert "change this most" not in said
    role = definition(requirement("sql", 3))
    said = certainty(page_of(member_client, submitted(member, role, sql=3)))
    assert "2 tries. In 1 of them something would be missing: Skill sql." in said


def test_without_a_level_nothing_was_tried(member, member_client):
    said = certainty(page_of(member_client, submitted(member, definition(ONE))))
    assert "one at a time" not in said


def test_a_role_without_targets_has_nothing_to_be_sure_of(member, member_client):
    assert 'id="sure"' not in page_of(member_client, submitted(member, definition()))


# --- the table and its drawings ---


def test_a_drawing_is_said_in_words_too(member, member_client):
    role = definition(replace(requirement("sql", 3), title='"<SQL>" & Co'))
    page = page_of(member_client, submitted(member, role, sql=1))
    assert 'aria-label="&quot;&lt;SQL&gt;&quot; &amp; Co: you Aware, target Independent"' in page


@pytest.mark.parametrize(
    ("have", "expected"),
    [(0, "3 levels to go"), (2, "1 level to go"), (3, "met"), (4, "met, 1 above")],
)
def test_a_gap_in_words(member, member_client, have, expected):
    role = definition(requirement("sql", 3))
    page = page_of(member_client, submitted(member, role, sql=have))
    ((_target, you, asked_for, gap, _chart),) = rows(page, "gap-table")
    assert (asked_for, gap) == ("Independent", expected)
    assert you == ("None", "Aware", "Guided", "Independent", "Leading")[have]


def test_an_old_skill_is_marked_and_makes_a_range(member, member_client):
    mine = opened(member, definition(requirement("sql", 3)), sql=3)
    Answer.objects.update(last_done="longer-ago")
    page = words(page_of(member_client, actions.submit(assessment=mine)))
    assert "1 of 1 met · readiness between 67 and 100 of 100" in page
    assert "It is a range because some skills you last used over a year ago" in page
    assert "Independent over a year ago" in page


@pytest.mark.parametrize(
    ("said", "reason"), [({}, "not answered"), ({"sql": None}, "you could not judge it")]
)
def test_unknown_targets_say_why(member, member_client, said, reason):
    page = page_of(member_client, submitted(member, definition(requirement("sql", 3)), **said))
    unknown = words(part(page, '<ul class="unknown-list">', "</ul>"))
    assert unknown == f"Target sql {reason} asked for: Independent, importance 3 of 5"


@pytest.mark.parametrize(
    ("degree", "expected"), [(None, "not answered"), ("none", "not yet"), ("master", "met")]
)
def test_a_qualification_in_words(member, member_client, degree, expected):
    mine = opened(member, ROLE)
    if degree:
        QualificationAnswer.objects.create(
            assessment=mine, degree=degree, field="mathematics", revision=1
        )
    page = page_of(member_client, actions.submit(assessment=mine))
    listed = words(part(page, '<ul class="qualification-list">', "</ul>"))
    assert f"A degree {expected} Desirable" in listed


def test_the_first_three_with_reason_and_resource(member, member_client):
    role = definition(*(requirement(f"s{n}", importance=5 - n) for n in range(4)))
    catalogue(role, "book")
    said = {f"s{n}": 1 for n in range(4)}
    page = page_of(member_client, submitted(member, role, **said))
    first = words(part(page, '<ol class="first-steps">', "</ol>"))
    assert re.findall(r"Target s\d", first) == ["Target s0", "Target s1", "Target s2"]
    assert "desirable, importance 5 of 5, 2 levels to go. Because s0 matters." in first
    assert "Start with: book : Skill s0 Course, free" in first


def test_what_a_person_wrote_is_text(member, member_client):
    mine = opened(member, definition(requirement("sql", 1)), sql=4)
    Answer.objects.update(example="<script>alert(1)</script>")
    page = page_of(member_client, actions.submit(assessment=mine))
    assert "Your example: &lt;script&gt;" in " ".join(page.split())


# --- for ever the same ---


def test_twice_the_same_bytes(member, member_client):
    sent = submitted(member, ROLE, **SAID)
    assert page_of(member_client, sent) == page_of(member_client, sent)


def test_publishing_and_renaming_change_no_report(member, member_client):
    sent = submitted(member, ROLE, **SAID)
    before = page_of(member_client, sent)
    harder = (requirement("python", 4, importance=1), requirement("juggling", 4))
    publish(replace(definition(*harder), title="Juggler"))
    Role.objects.update(title="Juggler", summary="Juggles.")
    publication._definitions.clear()
    assert page_of(member_client, sent) == before


# --- queries ---


def test_the_report_asks_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, django_assert_num_queries
):
    catalogue(wide_definition(200), "a", "b", "c")
    for size in (10, 200):
        said = {f"s{n}": n % 5 for n in range(0, size, 2)}
        sent = submitted(member, wide_definition(size), **said)
        publication._definitions.clear()
        with django_assert_num_queries(7):
            page = html(member_client.get(address(sent)))
        assert "https://a.example/s0" in page
