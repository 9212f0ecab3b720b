import os
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command, get_commands
from django.db import connection

import bench.settings
from assessments.models import Answer, Assessment, User
from bench.management.commands.make_people import Command

pytestmark = pytest.mark.django_db
ON_POSTGRES = os.environ["DATABASE_URL"].startswith("postgres")
only_on_postgres = pytest.mark.skipif(not ON_POSTGRES, reason="it fills nothing else")


def make_people(**options):
    out = StringIO()
    call_command(Command(), people=60, reports=2, answers=3, stdout=out, **options)
    return out.getvalue()


def here():
    return str(connection.settings_dict["NAME"])


def test_no_site_that_people_use_has_it():
    assert "bench" not in settings.INSTALLED_APPS
    assert "make_people" not in get_commands()
    assert "bench" in bench.settings.INSTALLED_APPS


@pytest.mark.skipif(ON_POSTGRES, reason="it is not refused there")
def test_another_database_is_refused_with_what_to_do():
    with pytest.raises(CommandError, match=r"python -m tests\.run_on_postgres"):
        make_people(into=here())
    assert not User.objects.exists()


@only_on_postgres
def test_a_database_with_somebody_in_it_is_refused(member):
    with pytest.raises(CommandError, match="holds 1 accounts that the bench did not make"):
        make_people()
    assert list(User.objects.all()) == [member]


@only_on_postgres
@pytest.mark.parametrize(
    ("into", "words"), [("", "nobody is in it yet"), ("another", "DATABASE_URL leads to")]
)
def test_an_empty_one_is_refused_until_it_is_named(into, words):
    with pytest.raises(CommandError, match=words):
        make_people(into=into)
    assert not User.objects.exists()


@only_on_postgres
def test_it_fills_and_adds_as_many_more(monkeypatch):
    monkeypatch.setattr(Command, "tidy", lambda _self: None)  # none inside a transaction
    told = make_people(into=here())
    assert "60 people" in told
    assert Assessment.objects.submitted().count() == 120
    assert Answer.objects.filter(assessment__submitted_at__isnull=False).count() == 360
    make_people(sessions=5)
    assert User.objects.count() == 120
    assert Assessment.objects.submitted().count() == 240
    assert Session.objects.count() == 65
