"""Settings for tests: nothing of this computer's environment or .env reaches them."""

import atexit
import os
import shutil
import tempfile

for name in (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DEBUG",
    "EMAIL_URL",
    "LINK_CHECKS",
    "LOG_FORMAT",
    "REPLICA_URL",
    "SITE_URL",
    "SECOND_FACTOR_FOR_ALL",
    "STAFF_SECOND_FACTOR",
    "TASKS_BACKEND",
):
    os.environ.pop(name, None)
os.environ |= {
    "ALLOWED_HOSTS": "localhost,testserver",
    "CACHE_URL": "locmemcache://",
    "ENV_FILE": "",
    "HTTPS": "off",
    "SECRET_KEY": "only-for-tests-" * 4,
}

# Shared by the processes of one run and by nobody else.
if "TEST_FOLDER" not in os.environ:
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="careerpath-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_FOLDER"], ignore_errors=True)
os.environ["ERASURES_FILE"] = f"{os.environ['TEST_FOLDER']}/erasures.txt"
if not os.environ.get("DATABASE_URL"):
    # A file, as in real life.
    os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['TEST_FOLDER']}/site.sqlite3"

from careerpath.settings import *  # noqa: E402, F403
from careerpath.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

DATABASES["default"].setdefault("TEST", {})
if os.environ["DATABASE_URL"].startswith("sqlite"):
    DATABASES["default"]["TEST"]["NAME"] = f"{os.environ['TEST_FOLDER']}/test.sqlite3"

# Files as they lie in the source tree: nothing has to be collected first.
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A page that asks the database once for every row of a list fails its test.
INSTALLED_APPS += ["zeal"]
MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
ZEAL_RAISE = True
# allauth asks for one person's addresses and passkeys repeatedly, and opens each of their sessions.
ZEAL_ALLOWLIST = [
    {"model": "account.*"},
    {"model": "mfa.*"},
    {"model": "sessions.*"},
    {"model": "assessments.User", "field": "get()"},
]
