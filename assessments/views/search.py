"""Choosing among all roles: looking for words, and narrowing down by what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from assessments.figures import Attribution, attributions
from assessments.forms.search import SearchForm
from assessments.models import Release
from assessments.nearest_pages import Prospects, prospects
from assessments.occupations import Editions, editions, job_zones
from assessments.search import Found, Hit, Reason, browse
from assessments.unchanged import unless_unchanged

FIELD_OF = {
    "job_zone": "zone",
    "education": "education",
    "pay": "pay",
    "growth": "growth",
    "assessable": "rated",
}


@dataclass(frozen=True)
class Line:
    """A role in the list. `counted_as` is whose figures those are, where not its own."""

    slug: str
    title: str
    summary: str
    because: Sequence[str]
    prospects: Prospects | None
    counted_as: str
    job_zone: int | None
    assessable: bool
    withdrawn: bool


@dataclass(frozen=True)
class Way:
    """Out of an empty list: leave out one filter, and so many are left."""

    label: str
    query: str
    words: str


@require_safe
@unless_unchanged
def role_list(request: HttpRequest) -> HttpResponse:
    known = editions()
    form = SearchForm(request.GET, zones=job_zones(known))
    context = {
        "form": form,
        "open": any(name in request.GET for name in FIELD_OF.values()),
        "is_asked": any(name in request.GET for name in ("q", *FIELD_OF.values())),
        "has_occupations": Release.Source.ONET in known,
    }
    if form.is_valid():
        found = browse(form.criteria(), request.GET.get("page"))
        oews = known.get(Release.Source.OEWS)
        lines = [line(hit, oews.period if oews else "") for hit in found.hits]
        context |= {
            "page": found.page,
            "lines": lines,
            "attributions": sources_of(lines, known),
            "found": found,
            "asked": form.cleaned_data["q"],
            "meant": meant_words(form.cleaned_data["q"], found),
            "is_narrowed": bool(form.criteria().filters()) or bool(form.cleaned_data["q"]),
            "ways": ways_out(request.GET, form, found),
            "page_query": query_of(request.GET),
        }
    return render(request, "assessments/role_list.html", context)


def line(hit: Hit, pay_period: str) -> Line:
    entry, occupation = hit.entry, hit.entry.occupation
    borrowed = occupation is not None and entry.curated
    return Line(
        slug=entry.role.slug,
        title=entry.title,
        summary=entry.summary,
        because=[reason_words(reason, text) for reason, text in hit.because],
        prospects=prospects(occupation, pay_period) if occupation else None,
        counted_as=occupation.title if occupation and borrowed else "",
        job_zone=occupation.job_zone if occupation else None,
        assessable=entry.assessable,
        withdrawn=entry.withdrawn,
    )


def sources_of(lines: Sequence[Line], known: Editions) -> tuple[Attribution, ...]:
    shown = [one.prospects for one in lines if one.prospects]
    return attributions(
        onet=bool(shown),
        oews=any(one.pay for one in shown),
        projections=any(one.growth for one in shown),
        releases=known,
    )


def reason_words(reason: Reason, text: str) -> str:
    match reason:
        case Reason.TITLE:
            return _("also called %(title)s") % {"title": text}
        case Reason.TECHNOLOGY:
            return _("uses %(technology)s") % {"technology": text}
        case Reason.SKILL:
            return _("asks for %(skill)s") % {"skill": text}


def meant_words(asked: str, found: Found) -> str:
    """What was really looked for, where something was put right or left out."""
    if not (found.meant or found.unknown):
        return ""
    return " ".join(found.looked_for)


def ways_out(data: QueryDict, form: SearchForm, found: Found) -> list[Way]:
    ways = []
    for name, count in found.without.items():
        field = FIELD_OF[name]
        words = ngettext("%(count)s role", "%(count)s roles", count) % {"count": count}
        ways.append(Way(str(form[field].label), query_of(data, without=field), words))
    return ways


def query_of(data: QueryDict, *, without: str = "") -> str:
    """The address's question again, without its page and without what is empty."""
    kept = QueryDict(mutable=True)
    for name in ("q", *FIELD_OF.values()):
        if name != without and (value := data.get(name, "")):
            kept[name] = value
    return kept.urlencode()
