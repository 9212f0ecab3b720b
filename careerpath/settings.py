"""All settings. Whatever differs between machines comes from the environment or from .env.

SECRET_KEY, ALLOWED_HOSTS  needed, unless DEBUG is on
DATABASE_URL               SQLite in db.sqlite3 unless set
REPLICA_URL                a copy that PostgreSQL keeps of it, for public pages; none unless set
EMAIL_URL                  mail goes to the console unless set; set, new addresses are verified
CACHE_URL                  a table of the database unless set
HTTPS                      on unless set to off: only a site on one's own computer goes without
TRUSTED_PROXY_COUNT        how many proxies of yours stand in front; 0 unless set
STAFF_SECOND_FACTOR        whether staff must have one; as HTTPS unless set
SECOND_FACTOR_FOR_ALL      off unless set to on: whether members must have one as well
BREACHED_PASSWORDS         a file of SHA-1 of passwords that nobody may choose; none unless set
SESSION_LONGEST_DAYS       after so many, one signs in again; 90 unless set, 14 at least
THREADS                    of one server process; 3 unless set
PREPARED_STATEMENTS        on unless set to off: PostgreSQL plans once for a connection
DATABASE_WAIT              seconds for a lock; 5 for pages and 20 for commands unless set
DEFAULT_FROM_EMAIL         the sender of our mail
SITE_URL                   where links in our mail lead; the first of ALLOWED_HOSTS unless set
LOG_FORMAT                 json or text; json where HTTPS is on unless set
LINK_CHECKS                off unless set to on: whether check_links may visit other sites
TASKS_BACKEND              immediate: work is done where it comes up; database: by db_worker
ERASURES_FILE              who was deleted, for after a restore; erasures.txt here unless set
ENV_FILE                   another file than .env; empty for none
DEBUG                      for developers: pages that tell everything
"""

import os
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from careerpath import accounts, databases, headers, log_config, required

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
ENV_FILE = os.environ.get("ENV_FILE", str(BASE_DIR / ".env"))
if ENV_FILE and Path(ENV_FILE).is_file():
    env.read_env(ENV_FILE)
# A variable that is set to nothing counts as not set.
environ.Env.ENVIRON = {name: value for name, value in os.environ.items() if value}

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)

if DEBUG:
    SECRET_KEY = env.str("SECRET_KEY", default="") or secrets.token_urlsafe(64)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
else:
    SECRET_KEY = env.str("SECRET_KEY", default="")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    required.refuse_without(SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS=ALLOWED_HOSTS)

# --- What the site is made of -----------------------------------------------------------------

INSTALLED_APPS = [
    "assessments",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "careerpath.editing_site.EditingConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # the list of sessions tells dates in words
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "simple_history",
]

MIDDLEWARE = [
    # Around everything: files and pages about errors get the same headers.
    "careerpath.middleware.FixedHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "careerpath.logs.RequestLogMiddleware",
    "careerpath.events.EventsMiddleware",
    "careerpath.middleware.EvenPaceMiddleware",
    "careerpath.compression.CompressPagesMiddleware",
    "careerpath.middleware.ResponseHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # whose change it is
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "careerpath.staff.StaffSecondFactorMiddleware",
]

ROOT_URLCONF = "careerpath.urls"
WSGI_APPLICATION = "careerpath.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "careerpath.templates.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "careerpath.editing_files.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LANGUAGE_CODE = "en"
FORMAT_MODULE_PATH = "careerpath.formats"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does by itself

# A role in the admin is one form with every requirement in it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- Storage ----------------------------------------------------------------------------------

THREADS = env.int("THREADS", default=3)
DATABASE_WAIT = env.int("DATABASE_WAIT", default=20)  # careerpath/wsgi.py: 5 for pages
told = {"wait": DATABASE_WAIT, "threads": THREADS}
told["prepared"] = env.bool("PREPARED_STATEMENTS", default=True)
database = env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
DATABASES = {"default": databases.told(database, **told)}
if REPLICA_URL := env.str("REPLICA_URL", default=""):
    DATABASES["replica"] = databases.told(env.db_url_config(REPLICA_URL), **told)
    DATABASE_ROUTERS = ["assessments.replica.Router"]

# Beside the database, not in it: a restored backup must not bring deleted people back.
ERASURES_FILE = env.str("ERASURES_FILE", default=str(BASE_DIR / "erasures.txt"))

# Shared by all processes, or the limits on sign-in attempts would count for each one apart.
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://cache_rows")}
CACHES["default"]["KEY_FUNCTION"] = "careerpath.caching.hashed_key"
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 100_000)

TASKS_BACKEND = env.str("TASKS_BACKEND", default="immediate")
match TASKS_BACKEND:
    case "immediate":
        TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    case "database":
        TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
        INSTALLED_APPS.append("django_tasks_db")
    case _:
        raise ImproperlyConfigured("TASKS_BACKEND is either immediate or database.")
LINK_CHECKS = env.bool("LINK_CHECKS", default=False)

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "careerpath" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": 'image/svg+xml; charset="utf-8"'}

# --- Accounts ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "assessments.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = accounts.PASSWORD_HASHERS
AUTH_PASSWORD_VALIDATORS = accounts.PASSWORD_VALIDATORS
BREACHED_PASSWORDS = required.file(BREACHED_PASSWORDS=env.str("BREACHED_PASSWORDS", default=""))
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link in our mail works
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/assessments/"

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
MAIL_IS_SENT = bool(env.str("EMAIL_URL", default=""))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="CareerPath <careerpath@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
# Mail is written where no request tells the address of the site.
first_host = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
SITE_URL: str = env.str(
    "SITE_URL",
    default=f"https://{first_host}" if HTTPS else f"http://{first_host}:{env.int('PORT', 8000)}",
).rstrip("/")

TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server no code could arrive, and nobody could ever get in.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_IS_SENT else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = MAIL_IS_SENT
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
# While somebody guesses at an account nobody signs in to it by password: a link by mail has to do.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# allauth's, without its count for each address, by which anybody could keep its owner from a link:
# careerpath/reset_mail.py bounds what one address gets.
ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip"}
ACCOUNT_ADAPTER = "careerpath.adapters.AccountAdapter"
ACCOUNT_FORMS = accounts.ACCOUNT_FORMS
MFA_ADAPTER = "careerpath.adapters.MFAAdapter"
MFA_FORMS = accounts.MFA_FORMS
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True  # careerpath/recovery.py knows them no longer afterwards
MFA_TOTP_ISSUER = "CareerPath"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_IS_SENT
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=HTTPS)
SECOND_FACTOR_FOR_ALL = env.bool("SECOND_FACTOR_FOR_ALL", default=False)

# Counted from signing in, or from a press of "Stay signed in": a session is not written again with
# every page that is read.
SESSION_ENGINE = "careerpath.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_LONGEST = 24 * 60 * 60 * max(14, env.int("SESSION_LONGEST_DAYS", default=90))

# --- What browsers may do ---------------------------------------------------------------------

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
GUEST_COOKIE_NAME = "__Host-guest" if HTTPS else "guest"  # set when somebody starts, not before
MESSAGE_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
MESSAGE_STORAGE = "careerpath.notices.NoticeStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "careerpath.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked from inside, without a proxy
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS and TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY

# --- Log --------------------------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="json" if HTTPS else "text")
LOGGING = log_config.of(LOG_FORMAT)
