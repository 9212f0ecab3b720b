"""How often a page asks the database, for whoever is signed in, and for guests.

Eight times at most, the session and the account included; and as often however many people,
roles, and versions of a role there are. Nothing of a page is in memory when it is asked for.
"""

from dataclasses import replace
from http.cookies import SimpleCookie

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from assessments import rendered, todays_resources
from assessments.actions import assessment as assessing
from assessments.models import Assessment, Guest, User, publication
from assessments.models.assessment import owned_by
from tests.access.doors import SECRET
from tests.access.world import NEWER, ROLE, World, make_things, routes
from tests.conftest import PASSWORD
from tests.guests import guest
from tests.my_data import export
from tests.occupations import bakery
from tests.planned import named
from tests.published import publish
from tests.rated import rated, release

pytestmark = pytest.mark.django_db
MOST = 8
WHO = ("owner", "stranger", "guest")
# Rated; with a bit of everything; withdrawn.
OCCUPATIONS = (
    "clerks",
    "bakers-and-confectionery-decoration-technologists",
    "cooks-all-other",
)
FORM = "application/x-www-form-urlencoded"
LED_ON = (302, 405)
# Takes along all that is kept about somebody, a part at a time: it is no page.
FILE = "my_data_export"
# Steps of signing in, which lead on, and a press that no page stands behind.
NEVER_SHOWN = {
    "account_confirm_login_code",
    "account_reset_password_from_key",
    "account_set_password",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "plan_rate",
    "stay",
}


@pytest.fixture(scope="module")
def world(module_db):
    """The owner's browser began something as a guest too; the stranger's second step is an app."""
    found = World()
    bakery()
    found.cookies["owner"] |= found.cookies["guest"]
    TOTP.activate(found.things["stranger"].user, SECRET)
    RecoveryCodes.activate(found.things["stranger"].user)
    return found


@pytest.fixture(scope="module")
def looks(world):
    return asked(world)


def asked(world, method="GET", who=WHO):
    """The answers and how many queries each took, by who asks and the name of the page."""
    # What a process reads once for each release is no part of any page.
    ask(world, "owner", "GET", reverse("stepping_stones", args=[world.versions.occupation.slug]))
    return {
        (one, name): ask(world, one, method, address)
        for one in who
        for name, address in addresses(world, one).items()
    }


def addresses(world, who):
    """Of all routes, and of occupations what there is of a role: they have more to show."""
    found = {name: world.address(one, name, who, "own") for name, one in routes() if name != FILE}
    for slug in OCCUPATIONS:
        for name in ("role_detail", "assessment_start", "stepping_stones"):
            found[f"{name}, {slug}"] = reverse(name, args=[slug])
    person = world.things[who].user or Guest.objects.order_by("pk").first()
    mine = Assessment.objects.open().filter(**owned_by(person))
    key = mine.get(role=world.versions.occupation).key
    for name, *slug in (["assessment_detail"], ["question", "reading"], ["review"]):
        found[f"{name}, an occupation"] = reverse(name, args=[key, *slug])
    found["stepping_stones, words"] = f"{found['stepping_stones, clerks']}?from=lawyers&q=cook"
    return found | {f"role_list, {word}": f"/roles/?q={word}" for word in ("python", "clerks")}


def ask(world, who, method, address):
    client = Client()
    client.cookies = SimpleCookie(world.cookies[who])
    if address == reverse("my_data_import_check") and (user := world.things[who].user):
        file = SimpleUploadedFile("data.zip", export(user))
        client.post(reverse("my_data_import"), {"file": file})
    rendered.forget_all()
    todays_resources.forget_all()
    publication._definitions.clear()
    before = transaction.savepoint()
    # Of the definitions that are not in memory a page may need two: they are counted here.
    with zeal_ignore(), CaptureQueriesContext(connection) as queries:
        response = client.generic(method, address, "", FORM)
        b"".join(response)
    transaction.savepoint_rollback(before)
    return response.status_code, len(queries)


def over(found):
    return {
        one: number
        for one, (status, number) in found.items()
        if number > MOST and status not in LED_ON
    }


def test_no_page_takes_more_than_eight(looks):
    assert over(looks) == {}


def test_the_pages_were_shown(looks):
    shown = {name for (_who, name), (status, _number) in looks.items() if status == 200}
    assert {name for _who, name in looks} - shown == NEVER_SHOWN


def test_no_page_that_a_press_shows_takes_more_than_eight(world):
    found = asked(world, "POST", ["owner", "stranger"])
    assert len({one for one, (status, _number) in found.items() if status == 200}) > 30
    assert over(found) == {}


def test_no_page_asks_more_often_where_there_is_more(world, looks):
    for number in range(6):
        person = User.objects.create_verified_user(f"more{number}@example.org", PASSWORD)
        make_things(person, world.versions)
        make_things(guest(f"{number}" * 43), world.versions)
        rated(f"Clerks {number}", reading=2, law=1, job_zone=2)
        more = publish(named(ROLE, f"role-{number}"))
        assessing.start(by=world.things["owner"].user, version=more)
    release()
    for number in range(3):
        publish(replace(NEWER, summary=f"Version {number}."))
    grown = {
        one: (looks[one][1], number)
        for one, (_status, number) in asked(world, who=["owner", "guest"]).items()
        if number != looks[one][1]
    }
    assert grown == {}
