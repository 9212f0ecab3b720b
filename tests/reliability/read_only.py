"""The settings of the site, on a database file that nobody may write to."""

from careerpath.settings import *  # noqa: F403
from careerpath.settings import DATABASES

DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"
