"""What is a guest's, asked for by everybody else; and everybody else's, asked for by a guest."""

import pytest
from django.urls import reverse

from assessments.actions import assessment as assessing
from assessments.models import Assessment
from tests.assessments.views.test_privacy import METHODS, MISSING, ROLE, VIEWS, address, headers
from tests.guests import begun, browser
from tests.pages import html
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
KEPT_FROM_GUESTS = {"report_share"}  # it needs an account, whatever the address
OPEN_TO_GUESTS = [view for view in VIEWS if view not in KEPT_FROM_GUESTS]


def of_a_guest(make):
    made = begun(ROLE, python=3)
    if make is submitted:
        assessing.submit(assessment=made.assessment)
    return made


@pytest.fixture
def another():
    """The browser of somebody else who tries it without an account."""
    return browser(begun(ROLE, python=1).token)


def same(client, method, view, key):
    ask = getattr(client, method)
    found, missing = ask(address(view, key)), ask(address(view, MISSING))
    assert found.status_code == missing.status_code
    assert found.status_code in (404, 405)
    assert found.content == missing.content
    assert headers(found) == headers(missing)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("make", [opened, submitted])
def test_a_member_meets_a_missing_one(member_client, make, view, method):
    same(member_client, method, view, of_a_guest(make).assessment.key)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("view", OPEN_TO_GUESTS)
@pytest.mark.parametrize("make", [opened, submitted])
def test_another_guest_meets_a_missing_one(another, make, view, method):
    same(another, method, view, of_a_guest(make).assessment.key)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("view", OPEN_TO_GUESTS)
@pytest.mark.parametrize("make", [opened, submitted])
def test_a_guest_meets_a_missing_one_for_a_member_s(member, another, make, view, method):
    same(another, method, view, make(member, ROLE, python=3).key)


@pytest.mark.parametrize("view", VIEWS)
def test_without_the_cookie_every_page_asks_to_sign_in(client, view):
    path = address(view, of_a_guest(submitted).assessment.key)
    assert client.get(path).url == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("view", VIEWS)
def test_with_the_cookie_of_nobody_nothing_is_there(view):
    key = of_a_guest(submitted).assessment.key
    response = browser("nobody's").get(address(view, key))
    assert response.status_code == (302 if view in KEPT_FROM_GUESTS else 404)


def test_the_list_holds_only_mine(another):
    theirs = of_a_guest(submitted).assessment
    assert theirs.key not in html(another.get(reverse("assessment_list")))


def test_no_answer_of_another_guest_is_offered_or_compared(another):
    theirs = of_a_guest(submitted).assessment
    mine = Assessment.objects.open().get()
    page = html(another.get(address("question", mine.key)))
    assert "earlier-answer" not in page
    assert theirs.key not in page
    sent = assessing.submit(assessment=mine)
    assert theirs.key not in html(another.get(address("report_detail", sent.key)))
    both = reverse("report_compare", args=[sent.key, theirs.key])
    assert another.get(both).status_code == 404


def test_a_trend_holds_only_mine(another, member):
    submitted(member, ROLE, python=1)
    of_a_guest(submitted)
    first = assessing.submit(assessment=Assessment.objects.open().get())
    another.post("/roles/tester/start/")
    second = assessing.submit(assessment=Assessment.objects.open().get())
    page = html(another.get(reverse("report_compare", args=[first.key, second.key])))
    here = [one.key for one in Assessment.objects.all() if one.key in page]
    assert sorted(here) == sorted([first.key, second.key])
