"""Two people with words of their own in every place where something can be.

`build` runs inside a site of its own and prints as JSON what the person's bytes are.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from assessments.actions.forgetting import import_slot
from assessments.exporters import my_data as exporter
from assessments.importers.my_data import parse
from assessments.models import OutgoingMail, Skill, User
from assessments.views.my_data import _keep
from tests.access.passkeys import passkey
from tests.access.world import make_things, publish_all
from tests.conftest import PASSWORD
from tests.my_data import raw

NAMES = ("person", "neighbour")
NUMBER = 77003311  # of the account of the person: no other number looks like it
SECRET = "JBSWY3DPEHPK3PXPCANARY"
DO = "from tests.forgotten import {0}; print({0}())"
MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
# Counted anew all the time, and of nobody.
RESTLESS = {"cache_rows", "django_session", "sqlite_stat1", "sqlite_sequence"}
# Who did it goes with the account; what was done stays.
BY_WHOM = {"history_user_id", "published_by_id", "created_by_id"}


def email_of(name):
    return f"forgotten-{name}@example.org"


def build():
    versions = publish_all()
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    for name in NAMES:
        more = {"pk": NUMBER} if name == "person" else {}
        user = User.objects.create_verified_user(email_of(name), PASSWORD, is_staff=True, **more)
        make_things(user, versions, lambda field, name=name: f"Forgotten-{name}-{field}")
        Authenticator.objects.filter(user=user).delete()  # or signing in would need it
        edited = Skill.history.filter(history_user=None).order_by("pk").first()
        Skill.history.filter(pk=edited.pk).update(history_user=user)
        kind = ContentType.objects.get_for_model(User)
        LogEntry.objects.create(
            user=boss, content_type=kind, object_id=user.pk, object_repr=user, action_flag=CHANGE
        )
    return ""


def leave_things():
    """What a person leaves beside their rows: a second step, and a file that waits."""
    for name in NAMES:
        user = User.objects.get(email=email_of(name))
        Authenticator.objects.create(user=user, type="totp", data={"secret": SECRET + name})
        passkey(user, f"Forgotten-{name}-passkey")
        # As one to an address that signs up again: of no account, by its address alone.
        OutgoingMail.objects.create(key=f"to-{name}", recipient=user.email, subject="A mail")
        _keep(SimpleNamespace(user=user), parse(json.dumps(raw(user))))
    return ""


def leave_a_mail():
    OutgoingMail.objects.create(key="left", recipient=email_of("person"), subject="A mail")
    return ""


def bytes_of_person():
    """What to search for; of what is packed, a part that nobody else's has."""
    user = User.objects.get(email=email_of("person"))
    keys = list(user.assessments.values_list("key", flat=True))
    with connection.cursor() as cursor:
        slot = cache.make_key(import_slot(user.pk))
        cursor.execute("SELECT value FROM cache_rows WHERE cache_key = %s", [slot])
        waiting = cursor.fetchone()[0][100:140]
    sessions = list(Session.objects.filter(session_key__in=mine(user)))
    return json.dumps(
        ["forgotten-person", str(NUMBER), SECRET + "person", user.password, waiting, *keys]
        + [one.session_key for one in sessions]
        + [one.session_data[-30:] for one in sessions]
    )


def mine(user):
    return user.usersession_set.values_list("session_key", flat=True)


def rows():
    """Every other row of every table as hashes, without who is no longer there."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in RESTLESS:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
                names = [column[0] for column in cursor.description]
                found[table] = sorted(hashed(names, row) for row in cursor.fetchall())
    return json.dumps(found)


def hashed(names, row):
    kept = [str(value) for name, value in zip(names, row, strict=True) if name not in BY_WHOM]
    return sha256(repr(kept).encode()).hexdigest()


def neighbour_has():
    """All that the other one has, as their own export says it."""
    file = BytesIO()
    exporter.write(file, User.objects.get(email=email_of("neighbour")), moment=MOMENT)
    return sha256(file.getvalue()).hexdigest()
