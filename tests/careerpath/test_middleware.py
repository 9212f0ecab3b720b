import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse

from careerpath.middleware import FixedHeadersMiddleware, ResponseHeadersMiddleware


def answer_to(request: HttpRequest) -> HttpResponse:
    return ResponseHeadersMiddleware(lambda _: HttpResponse("page"))(request)


def request_of(user, rf) -> HttpRequest:
    request = rf.get("/")
    request.user = user
    request.session = SessionStore()
    request.session.get("anything")
    return request


def test_a_page_of_somebody_signed_in_is_kept_nowhere(member, rf):
    response = answer_to(request_of(member, rf))
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


def test_a_page_that_is_the_same_for_all_may_be_kept(rf):
    assert "Cache-Control" not in answer_to(rf.get("/")).headers


def test_no_answer_can_be_embedded_elsewhere(rf):
    headers = FixedHeadersMiddleware(lambda _: HttpResponse("page"))(rf.get("/")).headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_policy_lets_nothing_inline_run(client):
    policy = client.get("/accounts/login/").headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
