"""Settings are read by a fresh process, as a server reads them when it starts."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from assessments.models import Role
from careerpath.settings import BASE_DIR

PRODUCTION = {
    "SECRET_KEY": "tests-only-" * 6,
    "ALLOWED_HOSTS": "careerpath.example.org",
    "EMAIL_URL": "smtp://localhost",
}


def settings_say(expression: str, **environment: str) -> subprocess.CompletedProcess[str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", f"from careerpath import settings; print({expression})"],
        cwd=BASE_DIR,
        env=bare | {"ENV_FILE": ""} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_its_two_values():
    result = settings_say("settings.DEBUG, settings.HTTPS", **PRODUCTION)
    assert result.stdout == "False True\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without_and_says_so(name):
    result = settings_say("0", **(PRODUCTION | {name: ""}))
    assert result.returncode != 0
    assert f"CareerPath cannot start: {name} not set." in result.stderr


def test_everything_that_is_missing_is_named_at_once():
    result = settings_say("0")
    assert "SECRET_KEY and ALLOWED_HOSTS not set" in result.stderr


def test_a_list_of_breached_passwords_that_is_not_there_is_no_list():
    result = settings_say("0", **(PRODUCTION | {"BREACHED_PASSWORDS": "/nowhere/at/all"}))
    assert "BREACHED_PASSWORDS leads to no file" in result.stderr


@pytest.mark.parametrize(("said", "days"), [("", 90), ("30", 30), ("1", 14)])
def test_a_session_has_a_longest_time(said, days):
    result = settings_say("settings.SESSION_LONGEST", SESSION_LONGEST_DAYS=said, **PRODUCTION)
    assert result.stdout == f"{days * 24 * 60 * 60}\n"


def test_a_developer_needs_nothing_but_debug():
    result = settings_say("bool(settings.SECRET_KEY), settings.HTTPS", DEBUG="1")
    assert result.stdout == "True False\n"


def test_new_addresses_are_verified_only_when_mail_can_be_sent():
    expression = "settings.ACCOUNT_EMAIL_VERIFICATION"
    assert settings_say(expression, **PRODUCTION).stdout == "mandatory\n"
    assert settings_say(expression, **(PRODUCTION | {"EMAIL_URL": ""})).stdout == "none\n"


def test_staff_need_a_second_factor_where_there_is_https():
    expression = "settings.STAFF_SECOND_FACTOR"
    assert settings_say(expression, **PRODUCTION).stdout == "True\n"
    assert settings_say(expression, HTTPS="off", **PRODUCTION).stdout == "False\n"


def test_cookies_are_bound_to_the_host_where_there_is_https():
    for name in ("session", "csrf", "guest"):
        expression = f"settings.{name.upper()}_COOKIE_NAME"
        assert settings_say(expression, **PRODUCTION).stdout == f"__Host-{name}\n"


def test_postgresql_gets_a_pool_with_a_connection_for_each_thread():
    url = "postgres://somebody@localhost/careerpath"
    expression = "settings.DATABASES['default']['OPTIONS']['pool']['max_size']"
    result = settings_say(expression, DATABASE_URL=url, THREADS="20", **PRODUCTION)
    assert int(result.stdout) >= 20


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no plans")
def test_postgresql_plans_a_statement_once_for_a_connection():
    for number in range(10):
        Role.objects.filter(position=number).count()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%assessments_role%'"
        )
        assert len(cursor.fetchall()) == 1


def test_links_are_visited_only_where_the_operator_says_so():
    assert settings_say("settings.LINK_CHECKS", **PRODUCTION).stdout == "False\n"
    assert settings_say("settings.LINK_CHECKS", LINK_CHECKS="on", **PRODUCTION).stdout == "True\n"


def test_a_worker_does_the_work_where_there_is_one():
    expression = "settings.TASKS['default']['BACKEND']"
    assert "Immediate" in settings_say(expression, **PRODUCTION).stdout
    assert "Database" in settings_say(expression, TASKS_BACKEND="database", **PRODUCTION).stdout
    result = settings_say(expression, TASKS_BACKEND="redis", **PRODUCTION)
    assert "either immediate or database" in result.stderr
