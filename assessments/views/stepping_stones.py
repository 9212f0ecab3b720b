"""The way to a role through related ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments import access, stepping_stones
from assessments.occupation_pages import closed

LONGEST_SEARCH = 100


@never_cache
@require_safe
def steps(request: HttpRequest, slug: str) -> HttpResponse:
    version = access.published_role(slug, with_text=True)
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    page = stepping_stones.build(
        version,
        access.own_answers(request),
        start_slug=request.GET.get("from", ""),
        words=words,
    )
    # What the newest release has cannot be withdrawn: that saves the question.
    shut = None if page and page.ends.itself else closed(version, page.releases if page else None)
    context = {
        "slug": slug,
        "definition": version.definition,
        "pathway": version.definition.passages_of("pathway"),
        "page": page,
        "withdrawn": shut if shut and shut.withdrawn else None,
        "words": words,
        "attributions": page.attributions if page else (),
    }
    return render(request, "assessments/stepping_stones.html", context)
