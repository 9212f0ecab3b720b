"""The control of `bench.timing`: the forms of allauth as they come, and answers when ready."""

from careerpath.settings import *  # noqa: F403  ours, and what follows
from careerpath.settings import MIDDLEWARE

ACCOUNT_FORMS: dict[str, str] = {}
MIDDLEWARE = [one for one in MIDDLEWARE if not one.endswith("EvenPaceMiddleware")]
