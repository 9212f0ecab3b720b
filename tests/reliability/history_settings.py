"""The settings of the site, with the planted faults of history_faults.py at hand."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import MIDDLEWARE

MIDDLEWARE += ["tests.reliability.history_faults.FaultMiddleware"]
