"""Each check is seen to find what it looks for, in settings that are otherwise as in production."""

import runpy

import environ
import pytest
from django.conf import UserSettingsHolder, global_settings
from django.core.checks import run_checks

from careerpath import checks, deployment
from careerpath.checks import PROMISES, broken_promises
from careerpath.deployment import STRICT
from careerpath.settings import BASE_DIR

IN_PRODUCTION = {
    "ALLOWED_HOSTS": "careerpath.example.org",
    "CACHE_URL": "",
    "DATABASE_URL": "sqlite:////srv/careerpath/site.sqlite3",
    "DEBUG": "off",
    "EMAIL_URL": "smtp+tls://mail.example.org:587",
    "ENV_FILE": "",
    "HTTPS": "on",
    "SECRET_KEY": "0123456789abcdefghij" * 3,
    "TRUSTED_PROXY_COUNT": "1",
}
FAR = "postgres://web@db.example.org/careerpath"
# By the environment, as an operator would.
MISTAKES = [
    ("E001", {"ERASURES_FILE": "/missing/erasures.txt"}),
    ("E002", {"DEBUG": "on"}),
    ("E003", {"SECRET_KEY": "short"}),
    ("E003", {"SECRET_KEY": "a" * 80}),
    ("E003", {"SECRET_KEY": "django-insecure-" + "0123456789abcdefghij" * 3}),
    ("E004", {"ALLOWED_HOSTS": "*", "SITE_URL": "https://careerpath.example.org"}),
    ("E004", {"ALLOWED_HOSTS": "careerpath.example.org,*"}),
    ("E005", {"HTTPS": "off"}),
    ("E006", {"HTTPS": "off"}),
    ("E007", {"HTTPS": "off"}),
    ("E008", {"HTTPS": "off"}),
    ("E011", {"TRUSTED_PROXY_COUNT": "0"}),
    ("E012", {"CACHE_URL": "locmemcache://"}),
    ("E012", {"CACHE_URL": "dummycache://"}),
    ("E015", {"STAFF_SECOND_FACTOR": "off"}),
    ("E016", {"EMAIL_URL": ""}),
    ("E016", {"EMAIL_URL": "dummymail://"}),
    ("E017", {"EMAIL_URL": "smtp://mail.example.org"}),
    ("E018", {"SITE_URL": "http://careerpath.example.org"}),
    ("E018", {"SITE_URL": "https://elsewhere.example"}),
    ("E019", {"DATABASE_URL": FAR}),
    ("E019", {"DATABASE_URL": f"{FAR}?sslmode=prefer"}),
    ("E019", {"DATABASE_URL": f"{FAR}?sslmode=verify-full", "REPLICA_URL": FAR}),
]
RIGHT = [
    {"DATABASE_URL": f"{FAR}?sslmode=verify-full"},
    {"DATABASE_URL": "postgres://web@localhost/careerpath"},
    {"EMAIL_URL": "smtp://localhost"},
    {"ALLOWED_HOSTS": ".example.org", "SITE_URL": "https://careerpath.example.org"},
]


@pytest.fixture
def site(monkeypatch, tmp_path):
    """Takes what an operator sets, and shows the checks what settings.py makes of it."""

    def make(**environment):
        erasures = {"ERASURES_FILE": str(tmp_path / "erasures.txt")}
        monkeypatch.setattr(environ.Env, "ENVIRON", environ.Env.ENVIRON)
        monkeypatch.delenv("SITE_URL", raising=False)
        for name, value in (IN_PRODUCTION | erasures | environment).items():
            monkeypatch.setenv(name, value)
        made = runpy.run_path(str(BASE_DIR / "careerpath" / "settings.py"))
        settings = UserSettingsHolder(global_settings)
        for name, value in made.items():
            if name.isupper():
                setattr(settings, name, value)
        for module in (checks, deployment):
            monkeypatch.setattr(module, "settings", settings)
        return settings

    return make


def found():
    return [one.id.removeprefix("careerpath.") for one in broken_promises(None)]


def test_it_works(site):
    site()
    assert found() == []
    assert len(PROMISES) >= 12


@pytest.mark.parametrize(("name", "environment"), MISTAKES)
def test_a_mistake_of_the_operator_is_found(site, name, environment):
    site(**environment)
    assert name in found()


@pytest.mark.parametrize("environment", RIGHT)
def test_what_is_right_is_left_alone(site, environment):
    site(**environment)
    assert found() == []


def without(pragma):
    def change(settings):
        options = settings.DATABASES["default"]["OPTIONS"]
        command = options["init_command"].replace(f"PRAGMA {pragma};", "")
        assert command != options["init_command"]
        database = settings.DATABASES["default"] | {"OPTIONS": options | {"init_command": command}}
        settings.DATABASES = {"default": database}

    return change


def without_turns(settings):
    options = settings.DATABASES["default"]["OPTIONS"] | {"transaction_mode": "DEFERRED"}
    settings.DATABASES = {"default": settings.DATABASES["default"] | {"OPTIONS": options}}


def policy(**rules):
    def change(settings):
        known = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        rules_ = {name.replace("_", "-"): value for name, value in rules.items()}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": known | rules_}

    return change


def change(name, value):
    return lambda settings: setattr(settings, name, value)


# By a change of settings.py.
SLIPS = [
    ("E006", change("SECURE_HSTS_SECONDS", 60)),
    ("E006", change("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)),
    ("E007", change("GUEST_COOKIE_NAME", "guest")),
    ("E007", change("MESSAGE_COOKIE_NAME", "messages")),
    ("E007", change("SESSION_COOKIE_DOMAIN", "example.org")),
    ("E008", change("SESSION_COOKIE_SECURE", False)),
    ("E008", change("CSRF_COOKIE_HTTPONLY", False)),
    ("E008", change("SESSION_COOKIE_SAMESITE", "None")),
    ("E009", policy(style_src=["'self'", "'unsafe-inline'"])),
    ("E009", policy(img_src=["*"])),
    *(("E009", policy(**{name.replace("-", "_"): ["elsewhere.example"]})) for name in STRICT),
    ("E010", change("WHITENOISE_ALLOW_ALL_ORIGINS", True)),
    ("E010", lambda settings: settings.MIDDLEWARE.insert(0, deployment.FILES)),
    ("E013", change("ACCOUNT_RATE_LIMITS", False)),
    ("E014", change("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])),
    ("E020", without("journal_mode=WAL")),
    ("E021", without("synchronous=FULL")),
    ("E022", without("secure_delete=ON")),
    ("E023", without_turns),
]


@pytest.mark.parametrize(("name", "slip"), SLIPS)
def test_a_slip_in_the_settings_is_found(site, name, slip):
    slip(site())
    assert found() == [name]


def test_every_check_has_been_seen_to_find_something():
    assert {name for name, _ in [*MISTAKES, *SLIPS]} == {one.id for one in PROMISES}


def test_each_says_what_to_do():
    assert len({one.id for one in PROMISES}) == len(PROMISES)
    assert all(one.cure.endswith((".", '"')) and one.finding.endswith(".") for one in PROMISES)


@pytest.mark.parametrize("name", ["missing/erasures.txt", "."])
def test_a_file_of_erasures_that_cannot_be_written(site, tmp_path, name):
    site(ERASURES_FILE=str(tmp_path / name))
    assert found() == ["E001"]


def test_a_file_of_erasures_that_is_there_stays_as_it_is(site, tmp_path):
    (tmp_path / "erasures.txt").write_text("somebody")
    site()
    assert found() == []
    assert (tmp_path / "erasures.txt").read_text() == "somebody"


def test_they_are_asked_before_deploying(settings):
    settings.ERASURES_FILE = "/missing/erasures.txt"
    asked = [one.id for one in run_checks(include_deployment_checks=True)]
    assert "careerpath.E001" in asked
    assert "careerpath.E001" not in [one.id for one in run_checks()]
