"""The settings of the site, on a database that nobody may write to."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"
else:  # as a standby answers, or a server that was told to take no more
    DATABASES["default"]["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
