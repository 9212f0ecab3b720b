"""Without an account, from the first press to the account."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.formats import date_format

from assessments.actions import assessment as assessing
from assessments.models import Answer, Assessment, Guest
from tests.careerpath.test_account_mail import code_in, mail_server  # noqa: F401  a fixture
from tests.careerpath.test_accounts import sign_in, sign_up
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.guests import COOKIE, begun, browser, grow_old
from tests.pages import html, main, words
from tests.published import answer, opened, publish

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("python"),
    requirement("sql"),
    qualifications=(qualification(),),
    fields=FIELDS,
)
START = "/roles/tester/start/"
CLAIM = "/assessments/claim/"


def started(client):
    publish(ROLE)
    client.post(START)
    return Assessment.objects.get()


def question(assessment, slug="python"):
    return reverse("question", args=[assessment.key, slug])


def sent(**levels):
    made = begun(ROLE, **levels)
    return assessing.submit(assessment=made.assessment), browser(made.token)


# --- the way to the report ---


def test_it_works(client):
    publish(ROLE)
    response = client.post(START, follow=True)
    while "skills" in (here := response.redirect_chain[-1][0]):
        response = client.post(here, {"level": "3", "revision": "0"}, follow=True)
    assert here.endswith("/qualifications/#qualifications")
    response = client.post(here, {"degree": "none", "revision": "0"}, follow=True)
    response = client.post(response.redirect_chain[-1][0], follow=True)
    assert "You meet 2 of the 2 targets." in words(html(response))
    assert Assessment.objects.get().guest == Guest.objects.get()


def test_no_cookie_before_the_press(client):
    publish(ROLE)
    for path in ("/", "/roles/", "/roles/tester/", START):
        client.get(path)
    assert set(client.cookies) <= {"csrf"}
    assert not Guest.objects.exists()
    client.post(START)
    assert COOKIE in client.cookies


def test_the_start_page_says_what_is_kept_and_that_no_account_is_needed(client):
    publish(ROLE)
    page = words(main(client.get(START)))
    assert "No account needed." in page
    assert "kept for 7 days on our server" in page
    assert "No account needed" in words(main(client.get("/")))


def test_a_hundred_presses_start_one_assessment(client):
    publish(ROLE)
    for _press in range(100):
        client.post(START)
    assert Guest.objects.count() == Assessment.objects.count() == 1


def test_a_machine_that_starts_and_starts_is_stopped():
    publish(ROLE)
    statuses = {Client().post(START).status_code for _press in range(201)}
    assert statuses == {302, 429}
    assert Guest.objects.count() == 200


def test_each_page_says_until_when_and_how_to_keep_it(client):
    mine = started(client)
    until = date_format(timezone.now() + timedelta(days=7))
    for path in ("/assessments/", f"/assessments/{mine.key}/", question(mine), START):
        page = html(client.get(path))
        assert f"kept until {until}, for this browser alone" in words(page)
        assert f"/accounts/signup/?next={path}" in page


def test_pages_of_a_guest_are_kept_by_no_cache(client):
    mine = started(client)
    for path in ("/", START, "/assessments/", f"/assessments/{mine.key}/", question(mine)):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_every_way_to_take_a_report_along_works():
    report, client = sent(python=3)
    for view in ("report_detail", "report_csv", "report_json", "report_resume", "report_pdf"):
        assert client.get(reverse(view, args=[report.key])).status_code == 200


def test_a_newer_version_and_a_comparison_work():
    report, client = sent(python=1)
    publish(definition(requirement("python"), requirement("sql"), requirement("r")))
    page = words(main(client.get(reverse("report_version", args=[report.key]))))
    assert "under version 2" in page
    client.post(START, {"way": "short"})
    again = assessing.submit(assessment=Assessment.objects.open().get())
    page = client.get(reverse("report_detail", args=[again.key]))
    compare = reverse("report_compare", args=[report.key, again.key])
    assert compare in html(page)
    assert client.get(compare).status_code == 200


def test_plan_sharing_and_reminders_lead_to_signing_up_and_back():
    report, client = sent(python=1)
    page = html(client.get(reverse("report_detail", args=[report.key])))
    for path in (f"/plan/add/{report.key}/", f"/reports/{report.key}/share/"):
        assert f"/accounts/signup/?next={path}" in page
    for path in (f"/plan/add/{report.key}/", "/plan/", "/reminders/"):
        response = client.get(path, follow=True)
        assert response.redirect_chain[0][0].startswith("/accounts/signup/?next=")
        assert "This needs an account." in words(html(response))


def test_after_seven_days_it_is_gone_before_it_is_deleted(client):
    mine = started(client)
    grow_old(mine.guest, days=7)
    for path in (f"/assessments/{mine.key}/", question(mine), "/assessments/"):
        assert client.get(path).status_code == 404
    client.post(question(mine), {"level": "3", "revision": "0"})
    assert not Answer.objects.exists()


def test_who_comes_back_after_seven_days_begins_anew(client):
    mine = started(client)
    grow_old(mine.guest, days=7)
    client.post(START)
    assert Assessment.objects.count() == 2
    assert client.get("/assessments/").status_code == 200


def test_a_guest_s_page_takes_one_query_less_than_a_member_s(
    member_client, member, django_assert_num_queries
):
    made = begun(ROLE, python=3)
    client, theirs = browser(made.token), opened(member, ROLE, python=3)
    client.get(question(made.assessment))
    member_client.get(question(theirs))
    # A member's session and account are two queries, a guest's cookie is one.
    with CaptureQueriesContext(connection) as asked:
        member_client.get(question(theirs))
    with django_assert_num_queries(len(asked) - 1):
        client.get(question(made.assessment))


# --- into an account ---


def test_signing_up_takes_everything_along(client):
    mine = started(client)
    client.post(question(mine), {"level": "3", "revision": "0"})
    answered = sign_up(client, next=f"/assessments/{mine.key}/")
    assert answered.url == f"/assessments/{mine.key}/"
    mine.refresh_from_db()
    assert (mine.member, mine.answers.get().level) == (get_user(client), 3)
    assert client.cookies[COOKIE].value == ""
    page = words(main(client.get(answered.url)))
    assert "is in your account now" in page
    assert "Not saved to an account" not in page


@pytest.mark.usefixtures("mail_server", "what_commits")
def test_a_code_by_mail_takes_everything_along(client):
    mine = started(client)
    confirm = sign_up(client, next=START).url
    assert Assessment.objects.get().guest
    assert client.get(question(mine)).status_code == 200
    assert client.post(confirm, {"code": code_in(mail.outbox[0])}).url == START
    assert Assessment.objects.get().member == get_user(client)


def test_signing_in_takes_everything_along(client, member):
    mine = started(client)
    assert sign_in(client, next=START).url == START
    mine.refresh_from_db()
    assert mine.member == member
    assert not Guest.objects.exists()


def test_a_wrong_password_takes_nothing(client, member):
    mine = started(client)
    sign_in(client, password="not this one")
    mine.refresh_from_db()
    assert mine.guest


def test_a_dead_cookie_is_taken_away_at_sign_in(member):
    client = browser("nobody's")
    assert sign_in(client).url == "/assessments/"
    assert client.cookies[COOKIE].value == ""


def test_what_was_taken_is_out_of_reach_of_the_cookie(member):
    made = begun(ROLE, python=3)
    sign_in(browser(made.token))
    thief = browser(made.token)
    assert thief.get(reverse("assessment_detail", args=[made.assessment.key])).status_code == 404
    assert thief.post(question(made.assessment), {"level": "0"}).status_code == 404


# --- the choice ---


@pytest.fixture
def both(member):
    """Signed in, with the same role open on both sides."""
    made = begun(ROLE, python=3, sql=3)
    mine = opened(member, ROLE, python=1)
    client = browser(made.token)
    return made.assessment, mine, client, sign_in(client, next=START)


def press(both, keep, **values):
    theirs, mine, client, _response = both
    shown = {
        "guests": theirs.key,
        "guests_revision": theirs.revision,
        "accounts": mine.key,
        "accounts_revision": mine.revision,
        "next": START,
    }
    return client.post(CLAIM, {"keep": keep} | shown | values)


def test_signing_in_leads_to_the_choice_and_shows_both(both):
    _theirs, _mine, client, response = both
    assert response.url == f"{CLAIM}?next=%2Froles%2Ftester%2Fstart%2F"
    page = words(main(client.get(response.url)))
    assert "In your account 1 question answered" in page
    assert "Without an account 2 questions answered" in page
    assert "Nothing is deleted until you choose." in page


@pytest.mark.parametrize("odd", ["a b", "home", "?a", "é"])
def test_an_address_that_is_none_is_no_name_of_a_page_either(both, odd):
    """After the choice, and once there is nothing left to choose."""
    _theirs, _mine, client, _response = both
    assert press(both, "account", next=odd).url == iri_to_uri(odd)
    assert client.post(CLAIM, {"next": odd}).url == iri_to_uri(odd)


def test_nor_is_it_at_signing_in(member):
    client = browser(begun(ROLE, sql=1).token)
    assert sign_in(client, next="a b").url == "a%20b"


def test_looking_changes_nothing_and_the_choice_can_wait(both):
    _theirs, _mine, client, response = both
    for _look in range(3):
        client.get(response.url)
    assert (Assessment.objects.count(), Answer.objects.count()) == (2, 3)
    assert CLAIM in html(client.get("/assessments/"))


@pytest.mark.parametrize("roles", [1, 5])
def test_the_page_of_the_choice_takes_as_many_queries_for_five_as_for_one(
    member, member_client, roles, django_assert_num_queries
):
    made = begun(ROLE, python=3)
    opened(member, ROLE)
    for number in range(1, roles):
        version = publish(definition(requirement("sql"), slug=f"r{number}", title=f"Role {number}"))
        assessing.start(by=made.guest, version=version)
        assessing.start(by=member, version=version)
    member_client.cookies[COOKIE] = made.token
    with django_assert_num_queries(5):  # session, account, guest, theirs, mine
        page = member_client.get(CLAIM)
    assert html(page).count("Keep the one in my account") == roles


@pytest.mark.parametrize(("keep", "answers"), [("guest", 2), ("account", 1)])
def test_the_chosen_one_stays_and_the_cookie_goes(both, keep, answers):
    client = both[2]
    assert press(both, keep).url == START
    assert Assessment.objects.get().answers.count() == answers
    assert client.cookies[COOKIE].value == ""
    assert client.get(CLAIM).url == "/assessments/"


def test_the_page_of_a_deleted_one_is_not_where_one_goes(both):
    theirs, mine, _client, _response = both
    done = press(both, "account", next=f"/assessments/{theirs.key}/review/")
    assert done.url == f"/assessments/{mine.key}/"


def test_an_answer_since_the_page_was_opened_stops_the_choice(both):
    _theirs, mine, client, _response = both
    answer(mine, sql=2)
    Assessment.objects.filter(pk=mine.pk).update(revision=9)
    assert press(both, "guest").url.startswith(CLAIM)
    assert Assessment.objects.count() == 2
    assert "Nothing was deleted" in words(main(client.get(CLAIM)))


@pytest.mark.parametrize("keep", ["", "both", "guest\x00"])
def test_a_choice_that_is_none_deletes_nothing(both, keep):
    assert press(both, keep).url.startswith(CLAIM)
    assert Assessment.objects.count() == 2


def test_the_choice_never_leads_to_another_site(both):
    assert press(both, "guest", next="https://example.com/").url == "/assessments/"


def test_another_site_cannot_choose(both):
    theirs, _mine, client, _response = both
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(CLAIM, {"keep": "account", "guests": theirs.key}).status_code == 403
    assert Assessment.objects.count() == 2


def test_what_could_not_be_taken_at_sign_in_can_be_taken_here(member, member_client):
    made = begun(ROLE, python=3)
    member_client.cookies[COOKIE] = made.token
    assert "Take it into my account" in html(member_client.get(CLAIM))
    assert member_client.post(CLAIM).url == "/assessments/"
    assert Assessment.objects.get().member == member


# --- on a computer that others use ---

FORGET = "/assessments/forget/"


def test_a_guest_is_forgotten_after_a_question(client):
    mine = started(client)
    assert "Forget me now" in words(main(client.get("/assessments/")))
    assert "Assessments in progress 1" in words(main(client.get(FORGET)))
    assert Assessment.objects.filter(pk=mine.pk).exists()
    response = client.post(FORGET, follow=True)
    assert "Forgotten." in words(html(response))
    assert not Guest.objects.exists()
    assert not client.cookies[COOKIE].value


@pytest.mark.parametrize("roles", [1, 5])
def test_the_page_before_forgetting_asks_as_often_for_five_as_for_one(
    roles, django_assert_num_queries
):
    made = begun(ROLE)
    for number in range(1, roles):
        opened(
            made.guest, definition(requirement("sql"), slug=f"r{number}", title=f"Role {number}")
        )
    visitor = browser(made.token)
    with django_assert_num_queries(3):  # guest, open, reports
        visitor.get(FORGET)


def test_back_shows_nothing_of_who_was_forgotten(client):
    started(client)
    assert client.post(FORGET)["Clear-Site-Data"] == '"cache"'


def test_forgotten_twice_is_forgotten():
    made = begun(ROLE)
    for _press in range(2):
        assert browser(made.token).post(FORGET)["Location"] == "/"


def test_who_began_nothing_has_nothing_to_forget(client, member_client):
    for visitor in (client, member_client):
        assert visitor.get(FORGET).status_code == 404
        assert visitor.post(FORGET).status_code == 404


def test_a_member_forgets_what_waits_beside_the_account(member, member_client):
    mine = opened(member, ROLE)
    made = begun(ROLE, python=3)
    member_client.cookies[COOKIE] = made.token
    assert FORGET in html(member_client.get("/assessments/"))
    member_client.post(FORGET)
    assert list(Assessment.objects.all()) == [mine]


def test_the_choice_tells_two_of_one_day_apart(member, member_client):
    mine = opened(member, ROLE)
    member_client.cookies[COOKIE] = begun(ROLE).token
    shown = words(main(member_client.get(CLAIM)))
    assert date_format(mine.saved_at, "DATETIME_FORMAT") in shown
