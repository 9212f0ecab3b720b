"""The settings of the site with the commands of the bench beside its own: `make_people`.

Only these have them. No site that people use is to know how to fill itself with strangers.
"""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
