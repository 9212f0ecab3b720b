"""Questions to the settings as they came out, whoever made them. checks.py says what to do."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import settings

A_YEAR = 365 * 24 * 60 * 60
LONG_ENOUGH, VARIED_ENOUGH = 50, 10  # characters of a key, and different ones among them
HERE = {"", "localhost", "127.0.0.1", "::1"}
ENCRYPTED = {"require", "verify-ca", "verify-full"}
STRICT = {
    "default-src": {NONE},
    "script-src": {SELF},
    "style-src": {SELF},
    "object-src": {NONE},
    "base-uri": {NONE},
    "form-action": {SELF},
    "frame-ancestors": {NONE},
}
AROUND_EVERYTHING = [
    "careerpath.middleware.FixedHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
]
FILES = "whitenoise.middleware.WhiteNoiseMiddleware"
GOES_NOWHERE = ("console", "dummy", "filebased", "locmem")
OF_ONE_PROCESS = ("locmem", "dummy")


def database() -> dict[str, Any]:
    return settings.DATABASES["default"]


def is_sqlite() -> bool:
    return database()["ENGINE"].endswith("sqlite3")


def pragma(name: str, *values: str) -> Callable[[], bool]:
    def is_kept() -> bool:
        command = database().get("OPTIONS", {}).get("init_command", "")
        said = dict(re.findall(r"PRAGMA\s+(\w+)\s*=\s*(\w+)", command))
        return not is_sqlite() or str(said.get(name, "")).upper() in values

    return is_kept


def writers_take_turns() -> bool:
    options = database().get("OPTIONS", {})
    return not is_sqlite() or options.get("transaction_mode") == "IMMEDIATE"


def the_way_to_the_database_is_encrypted() -> bool:
    return all(map(is_near_or_encrypted, settings.DATABASES.values()))


def is_near_or_encrypted(database: dict[str, Any]) -> bool:
    host = str(database.get("HOST") or "")
    if database["ENGINE"].endswith("sqlite3") or host in HERE or host.startswith("/"):
        return True
    return database.get("OPTIONS", {}).get("sslmode") in ENCRYPTED


def the_policy_is_strict() -> bool:
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = {str(one) for several in rules.values() for one in several}
    is_complete = all(set(rules.get(name, ())) == only for name, only in STRICT.items())
    return is_complete and not any("unsafe" in one or one == "*" for one in sources)


def cookies_are_bound_to_the_host() -> bool:
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.GUEST_COOKIE_NAME,
        settings.MESSAGE_COOKIE_NAME,
    )
    domains = (settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN)
    return all(name.startswith("__Host-") for name in names) and not any(domains)


def cookies_have_their_flags() -> bool:
    sites = (settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE)
    flags = (
        settings.SESSION_COOKIE_SECURE,
        settings.SESSION_COOKIE_HTTPONLY,
        settings.CSRF_COOKIE_SECURE,
        settings.CSRF_COOKIE_HTTPONLY,
    )
    return all(flags) and all(one in ("Lax", "Strict") for one in sites)


def browsers_stay_on_https() -> bool:
    return settings.SECURE_HSTS_SECONDS >= A_YEAR and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS


def the_key_cannot_be_guessed() -> bool:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return all(
        len(key) >= LONG_ENOUGH
        and len(set(key)) >= VARIED_ENOUGH
        and not key.startswith("django-insecure-")
        for key in keys
    )


def names_are_named() -> bool:
    return bool(settings.ALLOWED_HOSTS) and not any("*" in one for one in settings.ALLOWED_HOSTS)


def links_in_mail_lead_here() -> bool:
    parts = urlsplit(settings.SITE_URL)
    names = [one.lstrip(".") for one in settings.ALLOWED_HOSTS]
    name = f".{parts.hostname}"
    is_ours = any(name.endswith(f".{one}") for one in names)
    return parts.scheme == "https" and is_ours


def mail_arrives() -> bool:
    return not any(f".{one}." in settings.EMAIL_BACKEND for one in GOES_NOWHERE)


def the_way_of_mail_is_encrypted() -> bool:
    is_far = ".smtp." in settings.EMAIL_BACKEND and settings.EMAIL_HOST not in HERE
    return not is_far or settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL


def limits_count_for_all_processes() -> bool:
    backend = settings.CACHES["default"]["BACKEND"]
    return not any(f".{one}." in backend for one in OF_ONE_PROCESS)


def the_way_in_is_limited() -> bool:
    return getattr(settings, "ACCOUNT_RATE_LIMITS", True) not in (False, None, {})


def the_proxy_is_counted() -> bool:
    return settings.TRUSTED_PROXY_COUNT >= 1 and bool(settings.SECURE_PROXY_SSL_HEADER)


def headers_are_around_everything() -> bool:
    before_files = settings.MIDDLEWARE[: settings.MIDDLEWARE.index(FILES)]
    around = [one for one in before_files if one in AROUND_EVERYTHING]
    return around == AROUND_EVERYTHING and not settings.WHITENOISE_ALLOW_ALL_ORIGINS


def erasures_can_be_noted() -> bool:
    file = Path(settings.ERASURES_FILE)
    if file.exists():
        return file.is_file() and os.access(file, os.W_OK)
    return os.access(file.parent, os.W_OK | os.X_OK)
