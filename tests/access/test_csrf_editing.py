"""Another site cannot press for an editor either: every address of the editing area."""

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string

from tests.access.forgeries import FORM, forgeries
from tests.access.world import Visitor, cookies_of
from tests.assessments.admin.matrix import TABLE
from tests.assessments.admin.world import addresses, changed, everything, filled, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet(caplog):
    """To write down hundreds of refusals takes longer than the refusing."""
    caplog.set_level("CRITICAL")


@pytest.fixture
def token():
    return _get_new_csrf_string()


@pytest.fixture(scope="module")
def edited(module_db):
    """The editing area, and whoever may do everything there: the cookies, and the addresses."""
    world = make_world()
    found = [(name, filled(pattern, world.arguments(name))) for name, pattern in addresses()]
    return cookies_of(world.client("superuser")), found


@pytest.fixture
def boss(edited, token):
    return Visitor(edited[0] | {settings.CSRF_COOKIE_NAME: token}, enforce_csrf_checks=True)


def test_every_address_of_the_editing_area_refuses_a_post(edited, boss, token):
    before = everything()
    for how, (data, kind, headers) in forgeries(token).items():
        let_through = [
            name
            for name, address in edited[1]
            if boss.ask("POST", address, data, kind, **headers).status_code != 403
        ]
        assert let_through == [], how
    assert changed(before) == set()


def test_it_is_the_token_that_was_missing(edited, boss, token):
    data = f"csrfmiddlewaretoken={token}"
    refused = {
        name
        for name, address in edited[1]
        if boss.ask("POST", address, data, FORM).status_code == 403
    }
    assert refused == {name for name, row in TABLE.items() if row.post[-1] == "F"}
