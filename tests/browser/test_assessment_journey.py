"""From the front page to the report, as one person goes; the domain computes what to expect."""

from playwright.sync_api import expect

from assessments.domain.answers import Degree, Education
from assessments.domain.report import report
from assessments.models import Assessment
from tests.browser import reading
from tests.browser.journey import (
    EXAMPLE,
    START,
    answer_by_keyboard,
    asked,
    button,
    follow,
    key_of,
    pick,
    plan,
    slug_of,
    submitted,
    tab_to,
)
from tests.conftest import PASSWORD


def sign_up_by_keyboard(page, email):
    tab_to(page, page.locator("input[name=email]"))
    page.keyboard.type(email)
    tab_to(page, page.locator("input[name=password1]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/start/")


def test_signs_up_answers_by_keyboard_and_reads_what_the_rules_compute(page, role):
    definition = role.definition
    page.goto("/")
    follow(page, page.locator(f"main a[href='{START}']"))
    follow(page, page.get_by_role("link", name="Create an account first"))
    sign_up_by_keyboard(page, "new@example.org")
    follow(page, button(page, "Start"))
    page.wait_for_url("**/skills/**")

    planned, given = plan(definition), {}
    while "/skills/" in page.url:
        slug = slug_of(page)
        given[slug] = planned[slug]
        answer_by_keyboard(page, planned[slug], example=EXAMPLE if len(given) % 9 == 1 else "")
    assert given == asked(definition, planned)

    assert page.url.endswith("/qualifications/#qualifications")
    pick(page, "degree", [*Degree].index(Degree.MASTER))
    pick(page, "field", 1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/#review")
    assert EXAMPLE in page.locator("main").inner_text()
    follow(page, button(page, "Get my gap report"))
    page.wait_for_url("**/reports/*/")

    education = Education(Degree.MASTER, definition.fields[1].slug)
    check_report(page, report(definition, given, education))
    assert Assessment.objects.get().key == key_of(page)


def check_report(page, figures):
    """The page says what the domain computes: in words, in the table, in the drawings."""
    definition = figures.definition
    statement = " ".join(page.locator(".report-statement").inner_text().split())
    assert statement == reading.statement_in_words(figures)
    check_points(page, figures.readiness)
    first = [one.gap.requirement.title for one in figures.first]
    assert page.locator(".first-steps h3").all_inner_texts() == first

    gaps = [*(one.gap for one in figures.priorities), *figures.result.met]
    titles = [gap.requirement.title for gap in gaps]
    words = [
        (
            definition.scale_of(gap.skill).word(gap.have),
            definition.scale_of(gap.skill).word(gap.need),
        )
        for gap in gaps
    ]
    assert reading.decoded_rows(page) == [
        (title, gap.have, gap.need, bool(gap.short))
        for title, gap in zip(titles, gaps, strict=True)
    ]
    assert reading.written_rows(page) == [
        (title, have, need, reading.gap_in_words(gap))
        for title, (have, need), gap in zip(titles, words, gaps, strict=True)
    ]
    assert reading.chart_names(page) == [
        f"{title}: you {have}, target {need}"
        for title, (have, need) in zip(titles, words, strict=True)
    ]

    unknown = [gap.requirement.title for gap in figures.result.unknown]
    assert page.locator(".unknown-list > li > strong").all_inner_texts() == unknown
    strong = [gap.requirement.title for gap in figures.strengths]
    assert page.locator(".strengths > li > strong").all_inner_texts() == strong
    assert page.locator(".qualification-list .standing").all_inner_texts() == [
        "met" if one.standing == "met" else "not yet" for one in figures.qualifications
    ]


def check_points(page, readiness):
    low, high = readiness.low_points, readiness.high_points
    points = f"between {low} and {high}" if readiness.is_range else str(low)
    fraction = f"{readiness.met} of {readiness.targets} met"
    assert f"{fraction} · readiness {points} of 100" in page.locator(".figures").inner_text()
    assert reading.weights(page) == [
        (share.gap.requirement.title, share.weight) for share in readiness.shares
    ]
    working = page.locator(".working").inner_text()
    assert f"÷ {readiness.total_weight} = {low} of 100" in working
    assert f"÷ {readiness.total_weight} = {high} of 100" in working


def test_more_places_to_learn_open_by_keyboard(page, member, role, enter):
    sent = submitted(member, role, python=1, data_structures=1, algorithms=3)
    enter(member)
    page.goto(f"/reports/{sent.key}/")
    folded = page.locator("details.more-resources").first
    expect(folded.locator("li").first).to_be_hidden()
    tab_to(page, folded.locator("summary"))
    page.keyboard.press("Enter")
    expect(folded.locator("li").first).to_be_visible()
    tab_to(page, folded.get_by_role("link").first)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(folded.locator("li").first).to_be_hidden()
