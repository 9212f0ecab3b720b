from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import access, comparisons
from assessments.access import PersonRequest, people_only


@people_only
@require_safe
def report_compare(request: PersonRequest, key: str, other: str) -> HttpResponse:
    """In either order the earlier report comes first."""
    before, after = access.two_reports_of(request.person, key, other)
    page = comparisons.page(before, after)
    return render(request, "assessments/report_compare.html", {"page": page})
