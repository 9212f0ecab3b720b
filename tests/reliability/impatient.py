"""The settings of the site, for a test that cannot wait 20 seconds for a database."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["timeout"] = 1
else:
    DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=1s"
