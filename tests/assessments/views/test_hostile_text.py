"""Hostile texts from members: an answer keeps them as typed, or the page says what to change."""

import pytest
from django.core.cache import cache

from assessments.models import Answer, User
from tests.assessments.forms.test_characters import ALL
from tests.conftest import PASSWORD
from tests.definitions import definition, requirement
from tests.hostile_text import LONG, TEXTS
from tests.published import opened
from tests.sending import send

pytestmark = pytest.mark.django_db
SPREAD = [*dict.fromkeys([*ALL[::12], *TEXTS[:40:4]])]


@pytest.fixture
def page(member):
    mine = opened(member, definition(requirement("python")))
    return f"/assessments/{mine.key}/skills/python/"


def as_read(text):
    """By a server that gets half of a pair, and by a field that keeps one kind of line break."""
    text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def test_an_example_is_kept_as_typed_or_stands_there_with_an_error(member_client, page):
    kept = 0
    for text in SPREAD:
        body = {"level": "3", "example": text, "press": "later"}
        body["revision"] = str(max(Answer.objects.values_list("revision", flat=True), default=0))
        response = send(member_client, page, body)
        if response.status_code == 302:
            assert Answer.objects.get().example == as_read(text)
            kept += 1
        else:
            assert response.status_code in (200, 400), repr(text)
            form = response.context["form"]
            assert list(form.errors) == ["example"]
            assert as_read(form["example"].value()) == as_read(text)
    assert kept > len(SPREAD) / 2


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_megabyte_is_not_stored(member_client, page, text):
    response = send(member_client, page, {"level": "3", "example": text, "revision": "0"})
    assert response.status_code in (200, 302, 400, 413)
    assert all(len(answer.example) <= 500 for answer in Answer.objects.all())


@pytest.mark.parametrize("name", ["level", "last_done", "revision", "press", "meaning"])
def test_the_other_fields_take_nothing_strange(member_client, page, name):
    for text in SPREAD[::3]:
        body = {"level": "3", "example": "", "revision": "0"} | {name: text}
        assert send(member_client, page, body).status_code in (200, 302, 400, 409), repr(text)


def test_signing_up_takes_no_strange_address(client):
    for text in SPREAD[::2]:
        cache.clear()
        for address in (text, f'"{text}"@example.org', f"{text}@example.org"):
            body = {"email": address, "password1": PASSWORD}
            response = send(client, "/accounts/signup/", body)
            assert response.status_code in (200, 302, 400, 429), repr(address)
            client.logout()
    for email in User.objects.values_list("email", flat=True):
        assert email.isprintable()
        assert '"' not in email
