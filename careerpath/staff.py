from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Setting one up, staying signed in for it, signing out, and taking one's data or leaving, for which
# nobody has to.
OPEN_TO_ALL = ("account_", "mfa_", "my_data", "stay", "livez", "readyz")


class StaffSecondFactorMiddleware:
    """Staff without a second factor are sent to set one up before the admin opens; and members
    before anything else does, where settings.SECOND_FACTOR_FOR_ALL is on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any
    ) -> HttpResponse | None:
        of_staff = settings.STAFF_SECOND_FACTOR and is_admin_page(request)
        of_all = settings.SECOND_FACTOR_FOR_ALL and not is_open_to_all(request)
        if not (of_staff or of_all):
            return None
        user = request.user
        if not (user.is_authenticated and (of_all or user.is_staff)):
            return None
        if is_mfa_enabled(user, SECOND_FACTORS):
            return None
        messages.warning(
            request,
            _(
                "To edit roles you need a second step when you sign in. "
                "Set up an authenticator app or a passkey, then open the editing area again."
            )
            if of_staff
            else _(
                "This site asks everybody for a second step when they sign in. "
                "Set up an authenticator app or a passkey, then go on."
            ),
        )
        return HttpResponseRedirect(reverse("mfa_index"))


def is_open_to_all(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name.startswith(OPEN_TO_ALL)


def is_admin_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == "admin" and match.url_name != "logout"
