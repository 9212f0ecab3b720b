"""What `manage.py check --deploy` asks besides Django's own questions.

settings.py keeps all these promises by itself: what is found is a mistake in the environment, or in
a change of settings.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from careerpath import deployment


@dataclass(frozen=True)
class Promise:
    """`is_kept` looks; `finding` and `cure` are for the operator."""

    id: str
    is_kept: Callable[[], bool]
    finding: str
    cure: str


def broken_promises(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(one.finding, hint=one.cure, id=f"careerpath.{one.id}")
        for one in PROMISES
        if not one.is_kept()
    ]


PROMISES = [
    Promise(
        "E001",
        deployment.erasures_can_be_noted,
        "ERASURES_FILE cannot be written. Nobody could delete their account.",
        "Make its folder, and let the user that runs the site write there.",
    ),
    Promise(
        "E002",
        lambda: not settings.DEBUG,
        "DEBUG is on: pages about errors tell settings, addresses and rows to anybody.",
        "Take DEBUG out of the environment and of .env.",
    ),
    Promise(
        "E003",
        deployment.the_key_cannot_be_guessed,
        "SECRET_KEY is short, a default, or repeats itself: sessions and links can be forged.",
        'Make one: python -c "import secrets; print(secrets.token_urlsafe(64))"',
    ),
    Promise(
        "E004",
        deployment.names_are_named,
        "ALLOWED_HOSTS lets the site answer to any name.",
        "List the names of the site, with commas between.",
    ),
    Promise(
        "E005",
        lambda: settings.SECURE_SSL_REDIRECT,
        "The site answers without https.",
        "Take HTTPS=off out of the environment and of .env.",
    ),
    Promise(
        "E006",
        deployment.browsers_stay_on_https,
        "HSTS is shorter than a year, or leaves subdomains out.",
        "Set SECURE_HSTS_SECONDS to a year or more, and SECURE_HSTS_INCLUDE_SUBDOMAINS.",
    ),
    Promise(
        "E007",
        deployment.cookies_are_bound_to_the_host,
        "A cookie is not bound to the host: a neighbouring subdomain could plant one.",
        "Let all cookie names begin with __Host-, and set no cookie domain.",
    ),
    Promise(
        "E008",
        deployment.cookies_have_their_flags,
        "A cookie is sent without https, to scripts, or along with other sites' requests.",
        "Set Secure, HttpOnly and SameSite=Lax for the session and the form token.",
    ),
    Promise(
        "E009",
        deployment.the_policy_is_strict,
        "The content security policy lets pages run or load more than they need.",
        "Keep CONTENT_SECURITY_POLICY as careerpath/headers.py has it.",
    ),
    Promise(
        "E010",
        deployment.headers_are_around_everything,
        "Files or pages about errors go out without the headers, or with leave for other sites.",
        "Put what makes headers before WhiteNoise in MIDDLEWARE, and "
        "WHITENOISE_ALLOW_ALL_ORIGINS to False.",
    ),
    Promise(
        "E011",
        deployment.the_proxy_is_counted,
        "No proxy is trusted: behind one, the site would lead to https for ever, and all visitors "
        "would share one limit.",
        "Set TRUSTED_PROXY_COUNT to the number of your proxies in front of the site.",
    ),
    Promise(
        "E012",
        deployment.limits_count_for_all_processes,
        "The cache belongs to one process: each would count attempts to sign in for itself.",
        "Take CACHE_URL away, so that the database counts, or name a cache that all share.",
    ),
    Promise(
        "E013",
        deployment.the_way_in_is_limited,
        "Nothing limits attempts to sign in.",
        "Let ACCOUNT_RATE_LIMITS say what careerpath/settings.py says; the rest is allauth's.",
    ),
    Promise(
        "E014",
        lambda: "Argon2" in settings.PASSWORD_HASHERS[0],
        "Passwords are not kept with Argon2.",
        "Put Argon2PasswordHasher first in PASSWORD_HASHERS.",
    ),
    Promise(
        "E015",
        lambda: settings.STAFF_SECOND_FACTOR,
        "Staff may edit with nothing but a password.",
        "Take STAFF_SECOND_FACTOR=off out of the environment and of .env.",
    ),
    Promise(
        "E016",
        deployment.mail_arrives,
        "Mail reaches nobody: no new password, no code for a new address.",
        "Set EMAIL_URL, such as smtp+tls://user:password@host:587.",
    ),
    Promise(
        "E017",
        deployment.the_way_of_mail_is_encrypted,
        "Mail with links to accounts goes to another machine in the clear.",
        "Write smtp+tls:// or smtp+ssl:// in EMAIL_URL.",
    ),
    Promise(
        "E018",
        deployment.links_in_mail_lead_here,
        "SITE_URL does not lead to this site over https: links in mail would lead astray.",
        "Set SITE_URL to https:// and one of ALLOWED_HOSTS.",
    ),
    Promise(
        "E019",
        deployment.the_way_to_the_database_is_encrypted,
        "The database is on another machine, and answers travel in the clear.",
        "Add ?sslmode=verify-full&sslrootcert=... to DATABASE_URL.",
    ),
    Promise(
        "E020",
        deployment.pragma("journal_mode", "WAL"),
        "SQLite without WAL: whoever reads waits for whoever writes.",
        "Put PRAGMA journal_mode=WAL back into the init_command of the database.",
    ),
    Promise(
        "E021",
        deployment.pragma("synchronous", "FULL", "2", "EXTRA", "3"),
        "SQLite may lose saves that were confirmed when the power goes.",
        "Put PRAGMA synchronous=FULL back into the init_command of the database.",
    ),
    Promise(
        "E022",
        deployment.pragma("secure_delete", "ON", "1", "TRUE"),
        "SQLite leaves in its file what was deleted.",
        "Put PRAGMA secure_delete=ON back into the init_command of the database.",
    ),
    Promise(
        "E023",
        deployment.writers_take_turns,
        "SQLite refuses one of two writers at once.",
        'Put "transaction_mode": "IMMEDIATE" back into the OPTIONS of the database.',
    ),
]
