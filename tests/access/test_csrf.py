"""Another site cannot press for somebody: every address, every way to leave out the token.

For the editing area that is test_csrf_editing.py.
"""

from copy import deepcopy

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from tests.access.forgeries import FORM, forgeries
from tests.access.world import Visitor, World, routes
from tests.assessments.admin.world import changed, everything

pytestmark = pytest.mark.django_db
# RFC 8058: mail programs send this POST without a cookie or a page of ours before it. The
# signature in the address is what allows it, and all it does is to end something.
ONE_CLICK = {"newsletter_unsubscribe", "reminders_off"}


@pytest.fixture(scope="module")
def built(module_db):
    return World()


@pytest.fixture
def world(built):
    return deepcopy(built)


@pytest.fixture
def token():
    return _get_new_csrf_string()


@pytest.fixture
def visitor(world, token):
    cookies = world.cookies["owner"] | {settings.CSRF_COOKIE_NAME: token}
    return Visitor(cookies, enforce_csrf_checks=True)


def own(world):
    return [(name, world.address(pattern, name, "owner", "own")) for name, pattern in routes()]


def test_every_address_refuses_a_post(world, visitor, token):
    before = everything()
    for how, (data, kind, headers) in forgeries(token).items():
        let_through = {
            name
            for name, address in own(world)
            if visitor.ask("POST", address, data, kind, **headers).status_code != 403
        }
        assert let_through == ONE_CLICK, how
    assert changed(before) == set()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_and_every_other_method_that_could_change_something(world, visitor, method):
    let_through = {
        name for name, address in own(world) if visitor.ask(method, address).status_code != 403
    }
    assert let_through == ONE_CLICK


def test_it_is_the_token_that_was_missing(world, visitor, token):
    data = f"csrfmiddlewaretoken={token}"
    refused = {
        name
        for name, address in own(world)
        if visitor.ask("POST", address, data, FORM).status_code == 403
    }
    assert refused == set()


def test_what_needs_none_only_ends_something(world, visitor):
    """And only with the signature."""
    for name, pattern in routes():
        if name in ONE_CLICK:
            bad = world.address(pattern, name, "owner", "bad")
            assert visitor.ask("POST", bad, "", FORM).status_code == 404
