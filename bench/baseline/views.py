"""Four pages that do the least there is to do, in the usual way and in a lean one."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import escape
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from assessments.models import Answer, Assessment, ResourceLink

PREPARED = b"<!DOCTYPE html><title>Prepared</title>".ljust(30_000, b".")
HEAD = "<!DOCTYPE html>\n<html lang=en><title>Lean</title><table>"
ROW = (
    """
<tr class="answer"><th scope="row" class="skill-name">{skill}</th><td class="level">{level}</td>
<td class="last-done">{last_done}</td><td class="example">{example}</td>
<td class="saved-at">{saved_at:%Y-%m-%d}</td><td class="chart">"""
    + (
        '<svg viewBox="0 0 240 28" role="img" aria-label="as above">'
        '<line x1="20" x2="220" y1="14" y2="14" />'
        + "".join(f'<line x1="{x}" x2="{x}" y1="11" y2="17" />' for x in (20, 70, 120, 170))
        + "</svg></td></tr>".ljust(250)  # the other page weighs as much with its indents
    )
)


def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n")


def prepared(request: HttpRequest) -> HttpResponse:
    """(a)"""
    return HttpResponse(PREPARED)


@login_required
def idiomatic(request: HttpRequest, key: str) -> HttpResponse:
    """(b) Three queries beside those for the session and the user."""
    assessment = get_object_or_404(
        Assessment.objects.defer("version__content").select_related("role", "version"),
        key=key,
        member=request.user,
    )
    answers = assessment.answers.order_by("pk")[:40]
    links = ResourceLink.objects.select_related("resource")[:5]
    context = {"assessment": assessment, "answers": answers, "links": links}
    return render(request, "baseline/idiomatic.html", context)


@login_required
def lean(request: HttpRequest, key: str) -> HttpResponse:
    """(c) The same table from one joined query, and strings joined."""
    rows = Answer.objects.filter(assessment__key=key, assessment__member=request.user)
    columns = rows.order_by("pk").values_list(
        "skill", "level", "last_done", "example", "saved_at", "assessment__role__title"
    )
    parts = [HEAD]
    for skill, level, last_done, example, saved_at, title in columns[:40]:
        parts.append(
            ROW.format(
                skill=escape(skill),
                level=level,
                last_done=last_done,
                example=escape(example or title),
                saved_at=saved_at,
            )
        )
    parts.append("</table>")
    return HttpResponse("".join(parts))


@csrf_exempt
@login_required
@transaction.atomic
def upsert(request: HttpRequest, key: str) -> HttpResponse:
    """(d) Forty answers, new or not, in one statement."""
    assessment = get_object_or_404(Assessment, key=key, member=request.user)
    level = int(request.POST["level"])
    Answer.objects.bulk_create(
        (
            Answer(assessment=assessment, skill=f"s{n}", level=level, revision=1, saved_at=now())
            for n in range(40)
        ),
        update_conflicts=True,
        unique_fields=["assessment", "skill"],
        update_fields=["level", "revision", "saved_at"],
    )
    return HttpResponse("saved")
