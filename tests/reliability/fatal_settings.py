"""The settings of the site, with the places of fatal.py where a request can kill it."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import MIDDLEWARE

MIDDLEWARE.insert(0, "tests.reliability.fatal.FatalMiddleware")
