"""The settings of the site with one of them wrong, for bench/durability.py to find out."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import DATABASES

DATABASES["default"]["OPTIONS"]["init_command"] = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
)
