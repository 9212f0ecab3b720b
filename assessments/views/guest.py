"""Taking into an account what was begun without one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import guests
from assessments.access import MemberRequest, members_only
from assessments.actions import guest as actions
from assessments.forms.guest import ChoiceForm
from assessments.models import Assessment, Guest, User


def take_along(request: HttpRequest, user: User, response: HttpResponse) -> HttpResponse:
    """`response` is where signing in leads; to the choice first, where there is one."""
    if not guests.has_cookie(request):
        return response
    guest = guests.guest_of(request)
    if guest is None:
        guests.take_cookie(response)
        return response
    return _after(request, actions.take(guest=guest, by=user), response.headers["Location"])


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: MemberRequest) -> HttpResponse:
    """Where an assessment on the same role is open on both sides, the person chooses."""
    guest = guests.guest_of(request)
    to = _next(request)
    if guest is None:
        return HttpResponseRedirect(to)
    if request.method == "POST":
        return _decide(request, guest, to)
    pairs = guests.pairs(guest, request.user)
    return render(request, "assessments/claim.html", {"guest": guest, "pairs": pairs, "next": to})


def forget(request: HttpRequest) -> HttpResponse:
    """For a computer that others use as well; also what waits beside an account."""
    if not guests.has_cookie(request):
        raise Http404(_("Nothing was begun here without an account."))
    return _forget(request)


@require_http_methods(["GET", "HEAD", "POST"])
def _forget(request: HttpRequest) -> HttpResponse:
    guest = guests.guest_of(request)
    if request.method == "POST":
        return _forgotten(request, guest)
    if guest is None:
        raise Http404(_("What was begun without an account is kept for 7 days."))
    mine = Assessment.objects.of(guest)
    context = {
        "guest": guest,
        "open": mine.open().count(),
        "reports": mine.submitted().count(),
    }
    return render(request, "assessments/guest_forget.html", context)


def _forgotten(request: HttpRequest, guest: Guest | None) -> HttpResponse:
    """Pressed twice as well: what is asked for is that nothing is here."""
    if guest:
        actions.forget(guest=guest)
    messages.success(request, _("Forgotten. What you began here without an account is deleted."))
    response = redirect("home")
    guests.take_cookie(response)
    return response


def _decide(request: MemberRequest, guest: Guest, to: str) -> HttpResponse:
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return _after(request, actions.take(guest=guest, by=request.user), to)
    try:
        taken = actions.choose(guest=guest, by=request.user, choice=form.choice)
    except actions.Outdated:
        messages.warning(
            request,
            _(
                "Nothing was deleted: one of the two was changed since you opened that page. "
                "Here they are as they are now."
            ),
        )
        return _to_choice(to)
    messages.success(request, _("Done. The one you chose is in your account."))
    if not form.choice.keep_guests and form.choice.guests in to:
        to = reverse("assessment_detail", args=[form.choice.accounts])
    return _after(request, taken, to, is_said=True)


def _after(
    request: HttpRequest, taken: actions.Taken, to: str, *, is_said: bool = False
) -> HttpResponse:
    if taken.moved and not is_said:
        messages.success(request, _("What you began without an account is in your account now."))
    if taken.left:
        return _to_choice(to)
    response = HttpResponseRedirect(to)
    guests.take_cookie(response)
    return response


def _to_choice(to: str) -> HttpResponse:
    return redirect(f"{reverse('claim')}?{urlencode({'next': to})}")


def _next(request: HttpRequest) -> str:
    """Not for `redirect`, which would look for a page of that name."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure()):
        return to
    return reverse("assessment_list")
