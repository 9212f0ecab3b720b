from html import escape

import pytest
from django.db import OperationalError
from django.test import Client

from assessments.actions import assessment as actions
from tests.conftest import signed_in
from tests.definitions import definition, requirement
from tests.pages import html, main, words
from tests.published import opened

EXAMPLE = "I wrote <b>three</b> reports\nand kept them right for a year"
FROM_HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def page(member):
    """Saving an answer to it fails as if the database were gone."""
    return f"/assessments/{opened(member, definition(requirement('sql'))).key}/skills/sql/"


@pytest.fixture
def no_database(monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "save_answer", fail)


@pytest.fixture
def patient(member):
    client = signed_in(member)
    client.raise_request_exception = False
    return client


def post(client: Client, page: str, **extra):
    fields = {"level": "2", "example": EXAMPLE, "old_password": "hunter2", "press": "continue"}
    return client.post(page, fields, **extra)


def test_it_works(no_database, patient, page):
    response = post(patient, page, **FROM_HERE)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "We will be back shortly" in words(main(response))


def test_what_was_typed_is_still_there_to_be_sent_again(no_database, patient, page):
    markup = html(post(patient, page, **FROM_HERE))
    assert escape(EXAMPLE) in markup
    assert '<input type="hidden" name="level" value="2">' in markup
    assert f'action="{page}"' in markup


def test_a_password_is_not_written_into_a_page(no_database, patient, page):
    assert "hunter2" not in html(post(patient, page, **FROM_HERE))


@pytest.mark.parametrize(
    "origin",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "http://testserver.evil.example/"},
        {},
    ],
)
def test_a_form_of_another_site_is_not_offered_again(no_database, patient, page, origin):
    markup = html(post(patient, page, **origin))
    assert "Send it again" not in markup
    assert "three" not in markup


@pytest.mark.parametrize(
    "origin",
    [{"HTTP_ORIGIN": "http://testserver"}, {"HTTP_REFERER": "http://testserver/some/page"}],
)
def test_older_browsers_say_it_in_other_headers(no_database, patient, page, origin):
    assert "Send it again" in html(post(patient, page, **origin))


def test_a_page_left_open_too_long_keeps_what_was_typed(member, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    response = post(client, page, **FROM_HERE)
    assert response.status_code == 403
    assert escape(EXAMPLE) in html(response)


def test_sent_again_it_is_saved(member, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    refused = post(client, page, **FROM_HERE).content.decode()
    token = refused.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = {"level": "2", "example": EXAMPLE, "press": "continue", "csrfmiddlewaretoken": token}
    assert client.post(page, again, **FROM_HERE).status_code == 302


def test_too_large_is_said(patient, page, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    body = "level=2&example=" + "x" * 100
    response = patient.post(page, body, "application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "That is too much at once" in words(main(response))


def test_an_error_of_ours_stays_one(monkeypatch, patient, page):
    def fail(*args, **kwargs):
        raise RuntimeError("a mistake")

    monkeypatch.setattr(actions, "save_answer", fail)
    response = post(patient, page, **FROM_HERE)
    assert response.status_code == 500
    assert escape(EXAMPLE) in html(response)


def test_no_error_page_is_kept_by_a_cache(no_database, patient, page):
    assert "no-store" in post(patient, page).headers["Cache-Control"]
