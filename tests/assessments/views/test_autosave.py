"""What the page of a question hears when it saves in the background."""

import pytest
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.domain.carrying import meaning
from assessments.models import Answer, Assessment, publication
from tests.access.test_csrf import FORM
from tests.definitions import definition, requirement, wide_definition
from tests.guests import begun, browser
from tests.published import answer, opened, submitted

pytestmark = pytest.mark.django_db
IN_BACKGROUND = {"X-In-Background": "1"}
ROLE = definition(requirement("python", 4), requirement("sql", 2))


@pytest.fixture
def mine(member):
    return opened(member, ROLE)


def address(assessment, slug="python"):
    return reverse("question", args=[assessment.key, slug])


def mark(client, assessment, slug="python"):
    page = client.get(address(assessment, slug)).content.decode()
    return page.split('name="meaning" value="')[1].partition('"')[0]


def save(client, assessment, slug="python", shown=None, **data):
    shown = mark(client, assessment, slug) if shown is None else shown
    data = {"revision": "0", "meaning": shown} | data
    return client.post(address(assessment, slug), data, headers=IN_BACKGROUND)


def text(response):
    return response.json()["text"]


def test_it_is_saved_and_says_when(mine, member_client):
    response = save(member_client, mine, level="2", last_done="never", example="A parser.")
    row = Answer.objects.get()
    assert response.status_code == 200
    assert response.json() == {"revision": row.revision, "at": row.saved_at.isoformat()}
    assert (row.level, row.last_done, row.example) == (2, "never", "A parser.")


def test_it_counts_like_any_other_save(mine, member_client):
    before = Assessment.objects.get()
    save(member_client, mine, level="2")
    after = Assessment.objects.get()
    assert after.revision == before.revision + 1
    assert after.saved_at == Answer.objects.get().saved_at
    assert not after.is_submitted


def test_continue_goes_on_from_it(mine, member_client):
    revision = save(member_client, mine, level="2").json()["revision"]
    data = {"revision": revision, "level": "3"}
    assert member_client.post(address(mine), data).url == address(mine, "sql") + "#question"
    assert Answer.objects.get().level == 3


def test_the_same_again_after_a_cut_reply_is_no_conflict(mine, member_client):
    first = save(member_client, mine, level="2", example="One")
    again = save(member_client, mine, level="2", example="One")
    assert (again.status_code, again.json()) == (200, first.json())


SENT = {"sent-level": "1", "sent-last_done": "", "sent-example": "Half"}


@pytest.mark.parametrize("headers", [IN_BACKGROUND, {}], ids=["in background", "Continue"])
def test_something_newer_after_a_cut_reply_is_none_either(mine, member_client, headers):
    """The page does not know the revision; what it sent is how it is known."""
    seen = mark(member_client, mine)
    save(member_client, mine, level="1", example="Half")
    data = {"revision": "0", "meaning": seen, "level": "3", "example": "Half a line"} | SENT
    assert member_client.post(address(mine), data, headers=headers).status_code in (200, 302)
    assert Answer.objects.get().level == 3


def test_clearing_after_a_cut_reply_is_none_either(mine, member_client):
    save(member_client, mine, level="1", example="Half")
    data = {"revision": "0", "press": "clear"} | SENT
    assert member_client.post(address(mine), data).status_code == 302
    assert not Answer.objects.exists()


@pytest.mark.parametrize("sent", [SENT, {}, {"sent-level": "9"}], ids=len)
def test_what_another_tab_saved_stays(mine, member_client, sent):
    save(member_client, mine, level="0", example="From the other tab")
    response = save(member_client, mine, level="3", **sent)
    assert response.status_code == 409
    assert text(response) == (
        "Not saved. This answer was changed somewhere else. Continue shows both."
    )
    assert Answer.objects.get().level == 0


def test_a_role_that_was_moved_is_said(mine, member_client):
    response = save(member_client, mine, shown="other", level="3")
    assert response.status_code == 409
    assert "Continue shows it as it is now" in text(response)
    assert not Answer.objects.exists()


def test_a_skill_that_is_asked_no_more_is_too(mine, member_client):
    response = save(member_client, mine, "juggling", shown="other", level="3")
    assert response.status_code == 409


def test_a_report_does_not_change(member, member_client):
    sent = submitted(member, ROLE, python=2)
    seen = meaning(sent.version.definition, "python")
    response = save(member_client, sent, shown=seen, level="4")
    assert response.status_code == 409
    assert text(response).startswith("Not saved. This assessment was sent meanwhile.")
    assert Answer.objects.get().level == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "Select your level for Skill python"),
        ({"level": "9"}, "Select one of the levels for Skill python"),
        ({"level": "2", "example": "x" * 501}, "Shorten your example to 500 characters"),
        ({"level": "2", "last_done": "?"}, ""),
        ({"level": "2", "example": "a\x00b"}, ""),
    ],
)
def test_what_cannot_be_saved_is_told(mine, member_client, data, why):
    response = save(member_client, mine, **data)
    assert response.status_code == 422
    assert text(response).startswith(f"Not saved. {why}")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 5000], ids=len)
def test_a_broken_page_overwrites_nothing(mine, member_client, revision):
    answer(mine, python=2)
    response = save(member_client, mine, revision=revision, level="4")
    assert response.status_code in (409, 422)
    assert Answer.objects.get().level == 2


def test_signed_out_it_says_so_and_where_to_sign_in(mine, member_client, client):
    response = save(client, mine, shown=mark(member_client, mine), level="2")
    assert response.status_code == 401
    assert text(response).startswith("You are no longer signed in.")
    assert response.json()["link"]["address"] == reverse("account_login")
    assert "no-store" in response.headers["Cache-Control"]
    assert not Answer.objects.exists()
    assert "Nothing was saved" not in client.get(reverse("account_login")).content.decode()


def test_another_s_is_not_there(mine, member_client, stranger_client):
    response = save(stranger_client, mine, shown=mark(member_client, mine), level="2")
    assert response.status_code == 404
    assert not Answer.objects.exists()


def test_guests_are_saved_too():
    made = begun(ROLE)
    assert save(browser(made.token), made.assessment, level="2").status_code == 200
    assert Answer.objects.get().level == 2


def test_another_site_cannot_make_it(mine, member_client):
    member_client.handler.enforce_csrf_checks = True
    response = member_client.post(address(mine), "level=2", FORM, headers=IN_BACKGROUND)
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_the_target_is_not_in_what_it_says(member, member_client):
    """Roles that differ in nothing but their levels answer the same."""
    said = set()
    for level in (1, 4):
        mine = opened(member, definition(requirement("python", level)))
        reply = save(member_client, mine, level="2").json()
        said.add((*reply, reply["revision"]))
        mine.delete()
    assert len(said) == 1


def test_it_asks_the_database_as_often_for_200_skills_as_for_10(
    member, member_client, django_assert_num_queries
):
    for size in (10, 200):
        mine = opened(member, wide_definition(size))
        seen = mark(member_client, mine, "s3")
        publication._definitions.clear()
        with django_assert_num_queries(10):
            assert save(member_client, mine, "s3", seen, level="2").status_code == 200
        mine.delete()


def test_what_a_page_sent_is_its_own_only_while_it_is_what_is_stored(mine):
    answer(mine, python=2)
    stored = Answer.objects.get()
    values = {"level": 2, "last_done": "", "example": ""}
    assert actions.Seen(0, values).covers(stored)
    assert not actions.Seen(0, values | {"level": 3}).covers(stored)
    assert not actions.Seen(0, values).covers(Answer(revision=5))
    assert not actions.Seen(1, values).covers(None)
