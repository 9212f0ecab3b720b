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


class StaffSecondFactorMiddleware:
    """Staff without a second factor are sent to set one up before the admin opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any
    ) -> HttpResponse | None:
        if not settings.STAFF_SECOND_FACTOR or not is_admin_page(request):
            return None
        user = request.user
        if not (user.is_authenticated and user.is_staff) or is_mfa_enabled(user, SECOND_FACTORS):
            return None
        messages.warning(
            request,
            _(
                "To edit roles you need a second step when you sign in. "
                "Set up an authenticator app or a passkey, then open the editing area again."
            ),
        )
        return HttpResponseRedirect(reverse("mfa_index"))


def is_admin_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.app_name == "admin" and match.url_name != "logout"
