"""docs/deploy/careerpath.env makes settings that are whole, and that our own questions accept."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.deployed import FOLDER, sample

# Of the machine it is for, not of the sample: a key of its own, and a folder to write to.
ITS_OWN = {"SECRET_KEY": "0123456789abcdefghij" * 3}
SAY = """
import json
from django.conf import settings
from django.core.checks import run_checks
import django
django.setup()
print(json.dumps({
    "database": settings.DATABASES["default"],
    "hsts": settings.SECURE_HSTS_SECONDS,
    "host": settings.EMAIL_HOST,
    "tls": settings.EMAIL_USE_TLS,
    "tasks": settings.TASKS["default"]["BACKEND"],
    "found": [str(one.id) for one in run_checks(include_deployment_checks=True)],
}))
"""


def deployed(folder, **changed):
    environment = sample() | ITS_OWN | {"ERASURES_FILE": str(folder / "erasures.txt")} | changed
    return subprocess.run(
        [sys.executable, "-c", SAY],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "ENV_FILE": ""}
        | {"DJANGO_SETTINGS_MODULE": "careerpath.settings"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    done = deployed(tmp_path_factory.mktemp("deployed"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_is_found_wrong_with_it(said):
    assert said["found"] == []


def test_the_certificate_of_the_database_is_checked(said):
    options = said["database"]["OPTIONS"]
    assert options["sslmode"] == "verify-full"
    assert options["sslrootcert"] == "/etc/careerpath-ca.pem"
    assert options["passfile"] == "/srv/careerpath/.pgpass"
    assert said["database"]["USER"] == "careerpath_web"
    assert not said["database"]["PASSWORD"]


def test_the_errors_of_nginx_keep_browsers_on_https_for_as_long(said):
    line = f'"max-age={said["hsts"]}; includeSubDomains; preload" always;'
    assert line in (FOLDER / "nginx-errors.conf").read_text(encoding="utf-8")


def test_each_thread_has_a_connection(said):
    assert said["database"]["OPTIONS"]["pool"]["max_size"] > int(sample()["THREADS"])


def test_mail_leaves_through_the_worker_and_encrypted(said):
    assert (said["host"], said["tls"]) == ("mail.example.org", True)
    assert said["tasks"] == "django_tasks_db.DatabaseBackend"


def test_without_a_key_of_its_own_nothing_starts(tmp_path):
    done = deployed(tmp_path, SECRET_KEY=sample()["SECRET_KEY"])
    assert done.returncode != 0
    assert "CareerPath cannot start: SECRET_KEY not set." in done.stderr


def test_a_sample_without_it_would_be_found(tmp_path):
    clear = {"DATABASE_URL": "postgres://web@db.example.org/careerpath"}
    clear |= {"TRUSTED_PROXY_COUNT": "0", "EMAIL_URL": "smtp://mail.example.org"}
    found = json.loads(deployed(tmp_path, **clear).stdout)["found"]
    assert {"careerpath.E011", "careerpath.E017", "careerpath.E019"} <= {*found}
