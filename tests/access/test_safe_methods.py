"""Looking changes nothing: all rows before and after GET, HEAD and OPTIONS of every address."""

import pytest
from django.contrib.auth import get_user

from assessments.models import ShareLink
from tests.access.matrix import kinds_of_ids
from tests.access.world import World, routes
from tests.assessments.admin.world import changed, everything
from tests.conftest import signed_in
from tests.guests import browser

pytestmark = pytest.mark.django_db
# What a page puts into the session (where to go on, which code to expect) and when a device was
# seen last are exempt, in tests/assessments/admin/world.py.
COUNTS = {"shared_report": {"ShareLink"}}  # its visits


@pytest.fixture
def world():
    return World()


def looker(world, who):
    user = world.things[who].user
    return signed_in(user) if user else browser()


@pytest.mark.parametrize("who", ["owner", "guest", "editor"])
def test_looking_changes_nothing(world, who):
    client, found = looker(world, who), {}
    before = everything()
    for name, pattern in routes():
        for whose in looked_at(name, pattern):
            address = world.address(pattern, name, who, whose)
            for method in ("GET", "HEAD", "OPTIONS"):
                b"".join(client.generic(method, address))
        if tables := changed(before):
            found[name] = tables
            before = everything()
    assert found == COUNTS
    assert who == "guest" or get_user(client).is_authenticated


def looked_at(name, pattern):
    """allauth's page to confirm an address signs out whoever holds another's link; but codes are
    what we send."""
    return ["own"] if name == "account_confirm_email" else kinds_of_ids(pattern)


def test_a_visit_to_a_shared_report_is_all_that_is_counted(world):
    link = world.things["owner"].link
    before = ShareLink.objects.filter(pk=link.pk).values().get()
    browser().get(f"/shared/{link.token}/")
    after = ShareLink.objects.filter(pk=link.pk).values().get()
    assert after == before | {"visits": before["visits"] + 1}
