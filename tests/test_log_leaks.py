"""That the search of the log finds what is there, whatever is planted."""

import json
import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from tests.log_leaks import Suite

GOOD = {
    "time": "2026-11-21T12:00:00.123Z",
    "level": "INFO",
    "logger": "requests",
    "message": "request",
    "request": "0123456789abcdef",
    "method": "POST",
    "route": "question",
    "person": "fedcba9876543210",
    "status": 302,
    "milliseconds": 12,
}
KEY = "k" * 22

GONE = "DatabaseError: Save with update_fields did not affect any rows."


@pytest.fixture
def suite():
    """Somebody has typed an example on a page of theirs, and a search before."""
    suite, path = Suite(), f"/assessments/{KEY}/skills/python/"
    typed = {"example": "I parsed recipes\r\nfor Aunt Mary", "email": "mary@example.org"}
    request = RequestFactory().post(f"{path}?q=bakery", typed | {"notes": "affect"})
    request.resolver_match = resolve(path)
    request.COOKIES["session"] = "s" * 32
    assert request.POST
    response = HttpResponse()
    response.set_cookie("guest", "g" * 43)
    suite.note(request, response)
    return suite


def leaks(suite, **parts):
    suite.lines = [json.dumps(GOOD), json.dumps(GOOD | parts)]
    return suite.leaks()


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"route": None, "message": "Not Found: ***"},
        {"message": "Method Not Allowed (POST): plan", "route": "plan"},
        {"message": "signed in", "logger": "security"},
        {"message": "failed", "error": "ValueError: invalid value: *** at forms.py:12"},
        {"message": "failed", "error": "ValueError: *** at python/x.py:12 python < db/y.py:3 save"},
        {"message": "failed", "error": f"{GONE} at models/base.py:9 save"},
    ],
)
def test_a_line_as_it_should_be_is_none(suite, parts):
    assert leaks(suite, **parts) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"message": "No mail to somebody.else@example.org"},
        {"message": "Invalid request from 203.0.113.7"},
        {"message": "from ::1"},
        {"message": "saved I PARSED RECIPES"},
        {"error": "DataError: (example)=(for Aunt Mary)"},
        {"message": "looked for bakery"},
        {"error": f"KeyError: {KEY}"},
        {"message": "session " + "s" * 32},
        {"message": "guest " + "g" * 43},
        {"route": f"/assessments/{KEY}/"},
        {"person": "mary"},
        {"path": "/roles/"},
        {"logger": "x " + "s" * 32},
        {"method": "mary"},
    ],
)
def test_what_is_planted_is_found(suite, parts):
    assert leaks(suite, **parts)


def test_it_sees_what_a_logger_is_told(suite):
    logger = logging.getLogger("planted")
    logger.addHandler(suite)
    logger.warning("saved %s", "for Aunt Mary")
    logger.removeHandler(suite)
    assert len(suite.leaks()) == 1
