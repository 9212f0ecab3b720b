"""How much mail about a forgotten password one address gets: anybody may ask for it.

Whoever asks is told the same either way. A refusal by name would keep out the owner whose address
somebody else asks about all day; a mail less is none, since the links of the ones before it still
work for most of their hour.
"""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from assessments.models import User
from careerpath import events

TEMPLATES = {"account/email/password_reset_key", "account/email/unknown_account"}
LIMITS = {"mail": "3/10m/key"}


def may_go(request: HttpRequest, template_prefix: str, email: str, user: User | None) -> bool:
    if template_prefix not in TEMPLATES:
        return True
    key = f"{email.lower()} {_links_work_while_it_is(user) if user else ''}"
    if ratelimit.consume(request, app="reset_mail", action="mail", config=LIMITS, key=key):
        return True
    events.limit_hit()
    return False


def _links_work_while_it_is(user: User) -> str:
    """A new password and signing in end all links that were sent: then it counts from zero."""
    return f"{user.get_session_auth_hash()} {user.last_login}"
