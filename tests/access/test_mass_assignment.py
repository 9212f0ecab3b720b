"""Fields that a form does not have, posted along with it: every form x every column.

SOAK posts each column by itself, `make test` a few at a time.
"""

import os
import random
import secrets
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.http.cookie import SimpleCookie
from django.test import Client
from time_machine import travel

from assessments.models import User
from assessments.views import reminders
from careerpath import adapters
from tests.access.matrix import TABLE
from tests.access.world import World, just_signed_in, make_things, routes
from tests.conftest import PASSWORD
from tests.guests import guest

pytestmark = pytest.mark.django_db
AT_A_TIME = 1 if os.environ.get("SOAK") else 16
NOW = datetime.now(UTC).replace(microsecond=0)
NEW_PASSWORD = "another horse, another staple"
APPS = {"account", "assessments", "auth", "mfa", "sessions", "usersessions"}
COLUMNS = sorted(
    {
        name
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for field in (*model._meta.fields, *model._meta.many_to_many)
        for name in (field.name, field.attname)
    }
)

# The form's own fields as a person sends them. By name of the route, and what it is about.
FORMS = {
    "question": {"level": "2", "last_done": "this-year", "example": "Mine", "revision": "1"},
    "question clear": {"press": "clear", "revision": "1"},
    "qualifications": {"degree": "bachelor", "field": "mathematics", "revision": "1"},
    "review": {"revision": "0"},
    "assessment_version": {"number": "2", "revision": "0"},
    "assessment_start": {"way": ""},
    "assessment_start anonymous": {},
    "report_share": {"make": "yes", "scope": "gaps", "days": "7", "press": "y" * 22},
    "report_share revoke": {"revoke": ""},
    "stay": {"next": "/plan/"},
    "reminders": {"plan_dates": "", "come_back": "on"},
    "plan": {"hours_a_week": "7", "starts_on": "2027-02-01", "budget": "free", "revision": "0"},
    "plan_add": {"gaps": "sql"},
    "plan_item": {"status": "doing", "notes": "Mine", "hours": "5", "revision": "0"},
    "plan_item remove": {"press": "remove", "revision": "0"},
    "plan_rate": {},
    "claim": {"keep": "guest", "guests_revision": "0", "accounts_revision": "0"},
    "guest_forget": {},
    "newsletter": {"email": "fresh@example.org"},
    "newsletter_confirm": {},
    "newsletter_unsubscribe": {},
    "reminders_off": {},
    "my_data_import": {},
    "my_data_import_check": {},
    "my_data_delete": {"sure": "on", "newsletter": "on"},
    "account_signup anonymous": {"email": "fresh@example.org", "password1": PASSWORD},
    "account_login anonymous": {"login": "owner@example.org", "password": PASSWORD},
    "account_logout": {},
    "account_reauthenticate": {"password": PASSWORD},
    "account_email": {"email": "moved@example.org", "action_add": "yes"},
    "account_confirm_email": {},
    "account_change_password": {"oldpassword": PASSWORD, "password1": NEW_PASSWORD},
    "account_set_password": {"password1": NEW_PASSWORD},
    "account_reset_password": {"email": "owner@example.org"},
    "account_reset_password_from_key": {"password1": NEW_PASSWORD},
    "account_confirm_login_code": {},
    "mfa_authenticate": {"code": "000000"},
    "mfa_reauthenticate": {"code": "000000"},
    "mfa_activate_totp": {"code": "000000"},
    "mfa_deactivate_totp": {},
    "mfa_generate_recovery_codes": {},
    "mfa_download_recovery_codes": {},
    "mfa_add_webauthn": {"name": "New", "credential": "{}"},
    "mfa_reauthenticate_webauthn": {"credential": "{}"},
    "mfa_remove_webauthn": {},
    "mfa_edit_webauthn": {"name": "Renamed"},
    "mfa_login_webauthn anonymous": {"credential": "{}"},
    "usersessions_list": {},
}
# Besides those above: what the form reads only sometimes.
ALSO_ITS_OWN = {
    "question": {"meaning", "press"},
    "question clear": {"meaning", "level", "last_done", "example"},
    "claim": {"guests", "accounts"},
    "qualifications": {"version"},
    "review": {"version"},
    "plan_item": {"item", "link", "due_on"},
    "plan_item remove": {"item", "link", "due_on", "hours", "notes", "status"},
}
# As they are posted here: with no file, no code, no device, or beside an assessment begun before.
CHANGE_NOTHING = {
    "account_confirm_login_code",
    "account_set_password",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn anonymous",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "my_data_import",
    "my_data_import_check",
    "plan_rate",
}
BESIDE_A_GUEST = {"claim", "guest_forget"}
ELSEWHERE = {"assessment_start": "/roles/assistants/start/"}


@pytest.fixture(autouse=True)
def _no_chance(monkeypatch, caplog):
    """Two equal posts write equal rows: the same second, the same random keys."""
    caplog.set_level("CRITICAL")
    monkeypatch.setattr(os, "urandom", lambda size: chance.randbytes(size))
    monkeypatch.setattr(secrets, "token_bytes", lambda size=32: chance.randbytes(size or 32))
    monkeypatch.setattr(secrets, "choice", lambda among: chance.choice(among))
    monkeypatch.setattr(adapters, "uuid4", lambda: chance.randbytes(8).hex())
    with travel(NOW, tick=False):
        yield


chance = random.Random()


@pytest.fixture
def world():
    made = World()
    member = made.things["owner"].user
    made.twice = make_things(guest("two" * 14), made.versions)
    made.cookies["claimer"] = made.cookies["owner"] | {"guest": "two" * 14}
    just_signed_in(member)  # on one more device
    assert EmailAddress.objects.filter(user=member).count() == 2
    return made


def own_fields(world, form):
    name, _, what = form.partition(" ")
    things, fields = world.things["owner"], dict(FORMS[form])
    if what == "revoke":
        fields["revoke"] = str(things.link.pk)
    if name == "plan_item":
        fields["item"] = str(things.user.plan.items.get().pk)
    if name == "claim":
        fields |= {"guests": world.twice.open, "accounts": things.open}
    return fields


def rows_after(world, form, extra):
    """The whole database as the post leaves it, which is then put back."""
    name, _, what = form.partition(" ")
    who = {"anonymous": "anonymous"}.get(what, "claimer" if name in BESIDE_A_GUEST else "owner")
    address = world.address(dict(routes())[name], name, "owner", "own")
    address = ELSEWHERE.get(form, address)
    client = Client()
    client.cookies = SimpleCookie(world.cookies[who])
    cache.clear()
    chance.seed(1)
    count_on_from_here()
    before = transaction.savepoint()
    try:
        if name == "account_reset_password_from_key":
            address = client.get(address).url
        client.post(address, extra | own_fields(world, form))
        return every_row()
    finally:
        transaction.savepoint_rollback(before)


def count_on_from_here():
    """PostgreSQL does not take back the numbers that it gave to new rows."""
    if connection.vendor == "postgresql":
        made = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
        with connection.cursor() as cursor:
            cursor.execute("".join(made))


def every_row():
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a name of our own
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def hostile(world, name):
    """A value that the column would take."""
    stranger = world.things["stranger"]
    kinds = {
        type(field)
        for model in apps.get_models()
        for field in model._meta.fields
        if name in (field.name, field.attname)
    }
    if name == "guest" or name == "guest_id":
        return "1"
    if kinds & {models.ForeignKey, models.OneToOneField, models.BigAutoField}:
        return str(stranger.user.pk)
    if models.BooleanField in kinds:
        return "on"
    if models.DateTimeField in kinds:
        return "2020-01-01T00:00:00Z"
    if models.DateField in kinds:
        return "2020-01-01"
    if kinds & {models.CharField, models.TextField, models.SlugField, models.EmailField}:
        return "hostile@example.org" if "email" in name else "hostile"
    return "3"


def test_every_form_is_here():
    takes_post = {name for name, row in TABLE.items() if row.own[1] not in "M"}
    assert {form.partition(" ")[0] for form in FORMS} == takes_post


def test_there_are_columns_enough():
    assert {"member_id", "is_superuser", "submitted_at", "result_sha256", "key"} <= set(COLUMNS)
    assert len(FORMS) * len(COLUMNS) > 5_000


def test_each_form_does_something_or_says_why_not(world):
    untouched = every_row()
    idle = {form for form in FORMS if rows_after(world, form, {}) == untouched}
    assert idle == CHANGE_NOTHING


def test_no_column_is_set_from_outside(world):
    found = {form: taken for form in FORMS if (taken := what_is_taken(world, form))}
    assert found == {}


def what_is_taken(world, form):
    """Columns that changed what the post did, with the tables that differ."""
    plain = rows_after(world, form, {})
    own = set(own_fields(world, form)) | ALSO_ITS_OWN.get(form, set())
    names = [name for name in COLUMNS if name not in own]
    found = []
    for first in range(0, len(names), AT_A_TIME):
        extra = {name: hostile(world, name) for name in names[first : first + AT_A_TIME]}
        after = rows_after(world, form, extra)
        if after != plain:
            found.append((extra, {table for table in plain if plain[table] != after[table]}))
    return found


class Greedy(reminders.RemindersForm):
    """Takes a field besides, as a ModelForm of all fields would."""

    is_staff = forms.BooleanField(required=False)

    def clean(self):
        values = super().clean()
        whose = User.objects.filter(pk=self.instance.member_id)
        whose.update(is_staff=values.pop("is_staff"))
        return values


def test_a_form_that_takes_a_right_is_seen(world, monkeypatch):
    monkeypatch.setattr(reminders, "RemindersForm", Greedy)
    assert [tables for _posted, tables in what_is_taken(world, "reminders")] == [
        {"assessments_user"}
    ]
