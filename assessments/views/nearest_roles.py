"""The roles that somebody's answers come nearest to."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, nearest_roles, occupations

ROLES_ON_A_PAGE = 20


@never_cache
@require_safe
def nearest(request: HttpRequest) -> HttpResponse:
    editions = occupations.editions()
    rows = access.own_answers(request)
    found = nearest_roles.found_for(rows, editions) if rows is not None else None
    if found is None:
        is_imported = occupations.catalogue(editions) is not None
        return render(request, "assessments/nearest_none.html", {"is_imported": is_imported})
    names = occupations.job_zones(editions)
    zone = _zone(request, names)
    page = Paginator(found.ranked_in(zone), ROLES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "attributions": found.attributions,
        "zone": zone,
        "zones": [(one, f"{one} {names.get(one, '')}".strip()) for one in found.zones],
        "page": page,
        "page_query": f"zone={zone}" if zone else "",
        "lines": nearest_roles.lines(found, list(page)),
    }
    return render(request, "assessments/nearest_roles.html", context)


@never_cache
@require_safe
def nearest_one(request: HttpRequest, slug: str) -> HttpResponse:
    """The sum behind one line of the table."""
    editions = occupations.editions()
    rows = access.own_answers(request)
    found = nearest_roles.found_for(rows, editions) if rows is not None else None
    working = nearest_roles.working(found, slug) if found else None
    if found is None or working is None:
        raise Http404(_("There is nothing to compare here."))
    context = {
        "found": found,
        "working": working,
        "line": working.line,
        "attributions": found.attributions,
    }
    return render(request, "assessments/nearest_one.html", context)


def _zone(request: HttpRequest, known: Iterable[int]) -> int | None:
    asked = request.GET.get("zone", "")
    return next((zone for zone in known if asked == str(zone)), None)
