"""The settings of the site, with the planted faults of storm_faults.py in it."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import MIDDLEWARE

MIDDLEWARE += ["tests.reliability.storm_faults.FaultMiddleware"]
