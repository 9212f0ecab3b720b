"""A newer version of the role: what changed, and what it means for an assessment or a report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, versions
from assessments.access import PersonRequest, people_only
from assessments.actions import assessment as actions
from assessments.actions.moving import Moved, Outdated, move
from assessments.forms.moving import MoveForm
from assessments.views.assessment import already_submitted


@people_only
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_version(request: PersonRequest, key: str) -> HttpResponse:
    """A press on a page that shows less than there is by now gets the page of now instead."""
    assessment = access.assessment_of(request.person, key)
    if assessment.is_submitted:
        return already_submitted(request, assessment)
    if request.method == "POST" and (form := MoveForm(request.POST)).is_valid():
        try:
            moved = move(
                assessment=assessment,
                number=form.cleaned_data["number"],
                seen=actions.Seen(form.seen_revision),
            )
        except actions.AlreadySubmitted:
            return already_submitted(request, assessment)
        except Outdated:
            pass
        else:
            if moved:
                messages.success(request, _say_moved(moved))
            return redirect("assessment_detail", key=key)
    newest = versions.newer(assessment)
    if newest is None:
        return redirect("assessment_detail", key=key)
    outdated = request.method == "POST"
    return render(
        request,
        "assessments/assessment_version.html",
        {
            "assessment": assessment,
            "offer": versions.offer(assessment, newest),
            "form": MoveForm(initial={"number": newest.number, "revision": assessment.revision}),
            "outdated": outdated,
        },
        status=409 if outdated else 200,
    )


@people_only
@require_safe
def report_version(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.person, key)
    newest = versions.newer(assessment)
    if newest is None:
        return redirect("report_detail", key=key)
    return render(
        request,
        "assessments/report_version.html",
        {"assessment": assessment, "outlook": versions.outlook(assessment, newest)},
    )


def _say_moved(moved: Moved) -> str:
    kept, again = len(moved.carrying.kept), moved.carrying.to_answer_again
    return " ".join(
        (
            _("You are on version %(number)s now.") % {"number": moved.number},
            ngettext("%(n)s answer was kept,", "%(n)s answers were kept,", kept) % {"n": kept},
            ngettext(
                "%(n)s question is new or reworded.",
                "%(n)s questions are new or reworded.",
                again,
            )
            % {"n": again},
        )
    )
