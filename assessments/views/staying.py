"""How long somebody stays signed in, and the press that makes it longer."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from assessments.access import MemberRequest, is_in_background, members_only


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: MemberRequest) -> HttpResponse:
    """As often as one likes; each press counts anew from now, until SESSION_LONGEST is over."""
    if request.method == "POST":
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)
    if is_in_background(request):
        return JsonResponse({"left": _seconds_left(request)})
    if request.method == "POST":
        messages.success(request, _how_long(_seconds_left(request)))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(back)  # `redirect` would look for a page of that name
    return redirect("account_home")


def _how_long(seconds: int) -> str:
    if seconds < settings.SESSION_COOKIE_AGE:
        ends_at = timezone.now() + timedelta(seconds=seconds)
        return gettext("You stay signed in until {moment} (UTC). Then you sign in again.").format(
            moment=date_format(ends_at, "DATETIME_FORMAT")
        )
    days = timedelta(seconds=seconds).days
    return ngettext(
        "You stay signed in for another day.",
        "You stay signed in for another %(days)d days.",
        days,
    ) % {"days": days}


def _seconds_left(request: MemberRequest) -> int:
    ends_at = getattr(request.session, "ends_at", None)  # careerpath.sessions
    if request.method == "POST" or ends_at is None:
        return int(request.session.get_expiry_age())
    return max(0, int((ends_at - timezone.now()).total_seconds()))
