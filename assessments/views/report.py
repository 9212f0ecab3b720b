from copy import copy

from django.contrib.messages import get_messages
from django.db import DatabaseError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments import access, nearest_roles, rendered, reports
from assessments.access import PersonRequest, people_only
from assessments.models import Assessment


@people_only
@require_safe
def report_detail(request: PersonRequest, key: str) -> HttpResponse:
    """From memory where it can be. Browsers and proxies keep nothing of it all the same."""
    place = _place(request, key)
    may_be_kept = not _has_messages(request)  # they are gone once they are shown
    if may_be_kept and rendered.has(place):
        state = _state(access.report_row_of(request.person, key))
        if page := rendered.find(place, state):
            return HttpResponse(page)
    assessment = access.report_of(request.person, key)
    may_wait = may_be_kept and rendered.may_be_waiting(assessment.submitted_at)
    if may_wait and (page := rendered.take_over(place, _state(assessment))):
        return HttpResponse(page)
    response = _page(request, assessment)
    if may_be_kept and not _has_token(request):
        rendered.keep(place, _state(assessment), response.content)
    return response


def make_ready(request: PersonRequest, key: str) -> None:
    """Of a report that was just sent, for the page that follows. Without it that takes longer."""
    if _has_messages(request):
        return
    shown = copy(request)
    shown.resolver_match = resolve(reverse("report_detail", args=[key]))  # marked in the menu
    try:
        assessment = access.report_of(request.person, key)
        page = _page(shown, assessment)
        if not _has_token(shown):
            rendered.hand_over(_place(request, key), _state(assessment), page.content)
    except DatabaseError:
        return  # it is sent all the same


def _place(request: PersonRequest, key: str) -> rendered.Place:
    owner = request.person._meta.label, request.person.pk
    return rendered.Place(owner, key, get_language() or "")


def _page(request: PersonRequest, assessment: Assessment) -> HttpResponse:
    prefetch_related_objects([assessment], "answers")  # both of these read them
    nearest = nearest_roles.on_report(assessment)
    return render(
        request,
        "assessments/report_detail.html",
        {
            "assessment": assessment,
            "page": reports.build(assessment),
            "nearest": nearest,
            "attributions": nearest.found.attributions if nearest else (),
        },
    )


def _state(assessment: Assessment) -> rendered.State:
    return rendered.State(assessment.result_sha256, getattr(assessment, "today", ""))


def _has_messages(request: PersonRequest) -> bool:
    return len(get_messages(request)) > 0


def _has_token(request: PersonRequest) -> bool:
    """Of a form, which is good for one session only."""
    return bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
