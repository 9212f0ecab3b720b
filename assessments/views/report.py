from django.contrib.messages import get_messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments import access, nearest_roles, rendered, reports
from assessments.access import PersonRequest, people_only
from assessments.models import Assessment


@people_only
@require_safe
def report_detail(request: PersonRequest, key: str) -> HttpResponse:
    """From memory where it can be. Browsers and proxies keep nothing of it all the same."""
    owner = type(request.person).__name__, request.person.pk
    place = rendered.Place(owner, key, get_language() or "")
    if rendered.has(place) and not _has_messages(request):
        state = _state(access.report_row_of(request.person, key))
        if page := rendered.find(place, state):
            return HttpResponse(page)
    assessment = access.report_of(request.person, key)
    may_be_kept = not _has_messages(request)  # they are gone once they are shown
    response = _page(request, assessment)
    if may_be_kept and not _has_token(request):
        rendered.keep(place, _state(assessment), response.content)
    return response


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
