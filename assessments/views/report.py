from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access, reports
from assessments.access import MemberRequest


@login_required
@require_safe
def report_detail(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.user, key)
    return render(
        request,
        "assessments/report_detail.html",
        {"assessment": assessment, "page": reports.build(assessment)},
    )
