"""The settings of the site, where a pause of the database is an error like any other."""

from careerpath.settings import *  # noqa: F403  ours, and what follows

ROOT_URLCONF = "tests.reliability.unkind_urls"
