"""Mistakes that people make, planted into pages that have none: the checks see each."""

import pytest

from assessments.actions import assessment as actions
from tests.browser import checks
from tests.browser.faults import CHOICES, FAULTS, PLAN, QUESTION, REPORT, SIGN_UP
from tests.browser.journey import press, question_path
from tests.browser.tour import MIXED
from tests.published import answer


@pytest.fixture
def served(page, role, member, enter):
    """Each kind of page as the server sends it, to be served again with a fault in it."""
    sent = actions.start(by=member, version=role)
    answer(sent, **MIXED)
    actions.submit(assessment=sent)
    mine = actions.start(by=member, version=role)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def after(path, button):
        page.goto(path)
        with page.expect_navigation() as going:
            press(page, button)
        return going.value.text()

    found = {SIGN_UP: after("/accounts/signup/", "Create an account")}
    enter(member)
    found[QUESTION] = after(question_path(mine.key, "python"), "Continue")
    found[PLAN] = after(f"/plan/add/{sent.key}/", "Add to my plan")
    found[REPORT] = page.goto(f"/reports/{sent.key}/").text()
    found[CHOICES] = page.goto(f"/assessments/{mine.key}/qualifications/").text()
    return found


def serve(page, html):
    page.unroute_all()
    page.route("**/planted/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/planted/")
    checks.focused(page)  # or it would take back the fault that is about it


def first_seen(page):
    """By the quick checks first; most faults need no more."""
    steps = [checks.as_it_is, checks.narrow, checks.changes, checks.wide]
    steps += [lambda page: list(map(str, checks.axe(page)[0])), checks.focus, checks.tabs]
    steps += [checks.printed]
    return next((found for step in steps if (found := step(page))), [])


def test_pages_without_one_are_clean(page, served):
    for name, html in served.items():
        serve(page, html)
        assert first_seen(page) == [], name


def test_each_fault_is_seen(page, served):
    missed = []
    for fault in FAULTS:
        serve(page, served[fault.page])
        page.evaluate(f"() => {{ {fault.script} }}")
        if not first_seen(page):
            missed.append(fault.name)
    print(f"{len(FAULTS) - len(missed)} of {len(FAULTS)} seen, missed: {missed}")  # noqa: T201  for -s
    assert len(FAULTS) >= 25
    assert missed == []
