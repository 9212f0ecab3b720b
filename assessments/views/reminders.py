from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from assessments.access import MemberRequest, needs_account
from assessments.actions import mail_links
from assessments.actions import reminders as actions
from assessments.forms.newsletter import RemindersForm
from assessments.models import Reminders


@needs_account
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: MemberRequest) -> HttpResponse:
    stored = Reminders.objects.filter(member=request.user).first()
    form = RemindersForm(request.POST if request.method == "POST" else None, instance=stored)
    if request.method == "POST" and form.is_valid():
        actions.choose(member=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("reminders")
    return render(request, "assessments/reminders.html", {"form": form})


# Exempt for the reason that newsletter_unsubscribe gives.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_off(request: HttpRequest, token: str) -> HttpResponse:
    try:
        member = mail_links.read_reminders_off(token)
    except mail_links.BadSignature:
        raise Http404 from None
    done = request.method == "POST"
    if done:
        actions.end(member=member)
    return render(request, "assessments/reminders_off.html", {"done": done})
