from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access, nearest_roles, reports
from assessments.access import PersonRequest, people_only


@people_only
@require_safe
def report_detail(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
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
