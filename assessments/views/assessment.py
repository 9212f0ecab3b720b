from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, reports
from assessments.access import MemberRequest
from assessments.actions import assessment as actions
from assessments.domain.questions import minutes, next_question, progress, questions
from assessments.forms.assessment import QualificationForm
from assessments.models import Assessment, QualificationAnswer

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    version = access.published_role(slug)
    here = reverse("assessment_start", args=[slug])
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_signup')}?{urlencode({'next': here})}")
        return _next_step(actions.start(by=request.user, version=version))
    opened = None
    if request.user.is_authenticated:
        opened = Assessment.objects.open().filter(member=request.user, role=version.role).first()
    return render(
        request,
        "assessments/assessment_start.html",
        {
            "role": version.role,
            "version": version,
            "opened": opened,
            "question_count": len(version.definition.requirements),
            "minutes": minutes(version.definition),
            "here": here,
        },
    )


@login_required
@require_safe
def assessment_list(request: MemberRequest) -> HttpResponse:
    mine = (
        Assessment.objects.filter(member=request.user)
        .with_version()
        .annotate(answered=Count("answers"))
        .order_by("-opened_at", "-pk")  # counting drops the model's own order
    )
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assessments/assessment_list.html", {"page": page})


@login_required
@require_safe
def assessment_detail(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.user, key)
    if assessment.is_submitted:
        return redirect("report_detail", key=key)
    definition = assessment.version.definition
    answered = reports.answers_of(assessment)
    groups = progress(definition, answered)
    return render(
        request,
        "assessments/assessment_detail.html",
        {
            "assessment": assessment,
            "groups": groups,
            "answered": sum(group.answered for group in groups),
            "needed": sum(group.needed for group in groups),
            "next": next_question(definition, answered),
            "has_qualifications": bool(definition.qualifications),
            "education": reports.education_of(assessment),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def qualifications(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.user, key)
    if assessment.is_submitted:
        return already_submitted(request, assessment)
    stored = QualificationAnswer.objects.filter(assessment=assessment).first()
    definition = assessment.version.definition
    form = QualificationForm(
        request.POST if request.method == "POST" else None,
        definition=definition,
        initial=QualificationForm.initial_from(stored),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_qualification(
                assessment=assessment,
                seen=actions.Seen(form.seen_revision),
                degree=form.cleaned_data["degree"],
                field=form.cleaned_data["field"],
            )
        except actions.Conflict as elsewhere:
            conflict = elsewhere
        except actions.AlreadySubmitted:
            return already_submitted(request, assessment)
        else:
            return redirect("review", key=key)
    if conflict:
        form = form.as_shown_again(conflict.revision)
    return render(
        request,
        "assessments/qualifications.html",
        {
            "assessment": assessment,
            "definition": definition,
            "form": form,
            "conflict": conflict,
            "previous": next(reversed(questions(definition)), None),
        },
        status=409 if conflict else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.user, key)
    if assessment.is_submitted:
        return already_submitted(request, assessment)
    if request.method == "POST":
        actions.submit(assessment=assessment)
        return redirect("report_detail", key=key)
    return render(
        request,
        "assessments/review.html",
        {"assessment": assessment, "summary": reports.review(assessment)},
    )


def already_submitted(request: HttpRequest, assessment: Assessment) -> HttpResponseRedirect:
    messages.info(
        request,
        _(
            "You have already sent this assessment, so its answers stay as they are. "
            "This is its report."
        ),
    )
    return redirect("report_detail", key=assessment.key)


def _next_step(assessment: Assessment) -> HttpResponseRedirect:
    """Straight to the first question; to the list of tasks for someone who comes back."""
    answered = reports.answers_of(assessment)
    upcoming = next_question(assessment.version.definition, answered)
    if answered or upcoming is None:
        return redirect("assessment_detail", key=assessment.key)
    return redirect("question", key=assessment.key, slug=upcoming.skill)
