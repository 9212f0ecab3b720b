"""What allauth says and names, in our words; what it does stays its own."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.actions import mail
from assessments.models import User
from assessments.views.guest import take_along
from careerpath import events, reset_mail

SITE_NAME = "CareerPath"
TRY_LATER = _("Too many attempts. Wait five minutes, then try again.")


class Outbox(BaseEmailBackend):
    """Puts mail down instead of sending it: a page takes as long for a stranger's address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for recipient in message.to:
                mail.queue(
                    key=f"account:{uuid4()}",
                    recipient=recipient,
                    subject=message.subject,
                    text=message.body,
                )
        return len(email_messages)


def on_this_site(url: str) -> str:
    return settings.SITE_URL + urlsplit(url).path


class AccountAdapter(DefaultAccountAdapter):
    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in events.LIMITS:
            events.limit_hit()
        return super().validation_error(code, *args)

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("Enter an address that you do not use here already"),
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both, or choose a new password."
        ),
        "email_taken": _("There is already an account with this address. Sign in instead."),
        "enter_current_password": _("This is not your current password. Type it again"),
        "incorrect_code": _("This is not the code of our newest e-mail. Type it again"),
        "incorrect_password": _("This is not your password. Type it again"),
        "rate_limited": _("That was too fast. Wait a minute, then try again."),
        "same_as_current": _("Enter an address other than the one above"),
        "too_many_login_attempts": TRY_LATER,
    }

    def is_safe_url(self, url: str) -> bool:
        try:
            return bool(super().is_safe_url(url))
        except ValueError:  # "https://[" is no address at all
            return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Saying again who it is counts apart: a stranger's guesses keep nobody from it."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}, signed in" if request.user.is_authenticated else key

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Signing up and in both end here, after the code by mail and the second step, always by
        a press of a button: what was begun without an account goes along."""
        return take_along(request, user, super().post_login(request, user, **kwargs))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links lead where SITE_URL says, whatever host the one who asked for them named."""
        if not reset_mail.may_go(self.request, template_prefix, email, context.get("user")):
            return
        links = {name: on_this_site(url) for name, url in context.items() if name.endswith("_url")}
        ours = {"site_url": settings.SITE_URL}
        super().send_mail(template_prefix, email, context | links | ours)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        message = super().render_mail(*args, **kwargs)
        message.connection = Outbox()
        return message


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a second step. Set up an app or a passkey first."
        ),
        "incorrect_code": _("This code does not fit. Type the newest one"),
        "unverified_email": _("Confirm your e-mail address first. Then set up the second step."),
    }

    def is_mfa_enabled(
        self, user: User | AnonymousUser, types: Sequence[str] | None = None
    ) -> bool:
        if user.is_anonymous:
            return False
        return any(types is None or kind in types for kind in kinds_of_steps(user))

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = kinds_of_steps(user).count(type) + 1
        return gettext("Passkey {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return super().get_public_key_credential_rp_entity() | {"name": SITE_NAME}


def kinds_of_steps(user: User) -> list[str]:
    """Of each second step that somebody has, read once for a request.

    allauth asks for each kind apart, and that again and again. It asks before it changes one,
    never afterwards.
    """
    known = vars(context.request).setdefault("kinds_of_steps", {}) if context.request else {}
    if user.pk not in known:
        mine = Authenticator.objects.filter(user_id=user.pk)
        known[user.pk] = list(mine.values_list("type", flat=True))
    kinds: list[str] = known[user.pk]
    return kinds
