"""The settings of the site with Django's own for SQLite, for bench/journeys.py to find out."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import DATABASES

DATABASES["default"]["OPTIONS"] = {}
