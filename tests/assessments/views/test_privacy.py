"""Every page of an assessment, asked for by the wrong people."""

import pytest
from django.urls import reverse

from tests.definitions import definition, qualification, requirement
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"), qualifications=(qualification(),))
EXPORTS = ["report_csv", "report_json", "report_pdf", "report_resume"]
VIEWS = [
    "assessment_detail",
    "question",
    "qualifications",
    "review",
    "assessment_version",
    "report_detail",
    "report_version",
    "report_compare",
    "report_share",
    *EXPORTS,
]
METHODS = ["get", "head", "post", "put", "delete", "options"]
MISSING = "x" * 22


def address(view, key):
    more = {"question": ["python"], "report_compare": [key]}
    return reverse(view, args=[key, *more.get(view, [])])


def headers(response):
    """All but the time and the number of the request."""
    changing = ("Expires", "X-Request-ID")
    return {name: value for name, value in response.headers.items() if name not in changing}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("make", [opened, submitted])
def test_a_stranger_s_object_answers_like_a_missing_one(
    member, stranger_client, make, view, method
):
    theirs = make(member, ROLE, python=3)
    ask = getattr(stranger_client, method)
    found, missing = ask(address(view, theirs.key)), ask(address(view, MISSING))
    assert found.status_code == missing.status_code
    assert found.status_code in (404, 405)
    assert found.content == missing.content
    assert headers(found) == headers(missing)


@pytest.mark.parametrize("view", VIEWS)
def test_a_stranger_gets_404(member, stranger_client, view):
    theirs = submitted(member, ROLE, python=3)
    assert stranger_client.get(address(view, theirs.key)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("view", VIEWS)
def test_without_an_account_every_page_asks_to_sign_in(member, client, view, method):
    path = address(view, opened(member, ROLE).key)
    response = getattr(client, method)(path)
    assert response.status_code == 302
    assert response.url == f"{reverse('account_login')}?next={path}"


@pytest.mark.parametrize("view", ["assessment_list", "claim"])
def test_without_an_account_the_list_asks_to_sign_in(client, view):
    path = reverse(view)
    assert client.get(path).url == f"{reverse('account_login')}?next={path}"


def test_a_stranger_changes_nothing(member, stranger_client):
    theirs = opened(member, ROLE, python=3)
    for view in VIEWS:
        stranger_client.post(address(view, theirs.key), {"press": "clear", "revision": "1"})
    theirs.refresh_from_db()
    assert not theirs.is_submitted
    assert theirs.answers.get().level == 3


def test_the_list_holds_only_mine(member, stranger_client):
    theirs = opened(member, ROLE)
    assert theirs.key not in stranger_client.get(reverse("assessment_list")).content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_editors_cannot_read_answers_either(member, editor_client, view):
    theirs = submitted(member, ROLE, python=3)
    assert editor_client.get(address(view, theirs.key)).status_code == 404
