import re

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, earlier, guests, reports, versions
from assessments.access import PersonRequest, people_only
from assessments.actions import assessment as actions
from assessments.actions import guest as guest_actions
from assessments.actions.returning import Returned, start_again
from assessments.domain.questions import Question, minutes, next_question, progress, questions
from assessments.forms.assessment import QualificationForm
from assessments.models import Assessment, QualificationAnswer, RoleVersion
from assessments.models.assessment import Person, owned_by
from assessments.models.guest import KEPT
from assessments.occupation_pages import Closed, closed
from assessments.views.report import make_ready

PER_PAGE = 20
LIKE_A_REVISION = re.compile(r"[0-9]{1,10}")
SHORT_WAY = "short"
# A classroom may begin together; a machine may not fill the database.
LIMITS = {"guest": "200/h/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Without an account: from the first press on, somebody is a guest."""
    version = access.published_role(slug)
    person = access.person_of(request)
    if (shut := closed(version)) and not has_begun(person, version):
        return _nothing_to_assess(request, version, shut)
    if request.method == "POST":
        if person is None:
            return _begin_as_guest(request, version)
        with access.missing_once_deleted(person):
            if request.POST.get("way") == SHORT_WAY:
                return _short_way(request, start_again(by=person, version=version))
            return _next_step(actions.start(by=person, version=version))
    opened = report = None
    if person:
        mine = Assessment.objects.of(person).open().filter(role=version.role)
        opened = mine.with_version().first()
        report = None if opened else earlier.last_report(person, version)
    described = opened.version if opened else version
    return render(
        request,
        "assessments/assessment_start.html",
        {
            "role": version.role,
            "version": version,
            "opened": opened,
            "back": earlier.coming_back(report, version) if report else None,
            "question_count": len(questions(described.definition)),
            "minutes": minutes(described.definition),
            "days": KEPT.days,
        },
    )


def has_begun(person: Person | None, version: RoleVersion) -> bool:
    """Before it was withdrawn, or on an earlier version, which had something to assess."""
    if person is None:
        return False
    return Assessment.objects.of(person).open().filter(role=version.role).exists()


def _nothing_to_assess(request: HttpRequest, version: RoleVersion, shut: Closed) -> HttpResponse:
    context = {
        "role": version.role,
        "version": version,
        "withdrawn": shut.withdrawn,
        "unrated": shut.unrated,
        "nearest": shut.nearest,
        "release": shut.release,
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "assessments/assessment_none.html", context, status=status)


def _begin_as_guest(request: HttpRequest, version: RoleVersion) -> HttpResponse:
    if refused := ratelimit.consume_or_429(
        request, app="assessments", action="guest", config=LIMITS
    ):
        return refused
    begun = guest_actions.begin(version=version)
    response = _next_step(begun.assessment)
    guests.give_cookie(response, begun.guest, begun.token)
    return response


@people_only
@require_safe
def assessment_list(request: PersonRequest) -> HttpResponse:
    mine = (
        Assessment.objects.of(request.person)
        .with_version()
        .with_newest()
        .with_previous(owned_by(request.person))
        .with_dates(request.person)
        .annotate(answered=Count("answers"))
        .order_by("-opened_at", "-pk")  # counting drops the model's own order
    )
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    waiting = None if request.guest else guests.guest_of(request)
    context = {"page": page, "waiting": waiting}
    return render(request, "assessments/assessment_list.html", context)


@people_only
@require_safe
def assessment_detail(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.person, key)
    if assessment.is_submitted:
        return redirect("report_detail", key=key)
    definition = assessment.version.definition
    answered = reports.answers_now(assessment)
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
            "what_changed": versions.what_changed(assessment, answered),
        },
    )


@people_only
@require_http_methods(["GET", "HEAD", "POST"])
def qualifications(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.person, key)
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
    moved = request.method == "POST" and is_from_before_moving(request, assessment)
    if request.method == "POST" and not moved and form.is_valid():
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
        except actions.MovedMeanwhile:
            moved = True
        else:
            return to_heading("review", assessment)
    if conflict:
        form = form.as_shown_again(conflict.revision)
    if moved:
        say_moved_meanwhile(request)
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
        status=409 if conflict or moved else 200,
    )


@people_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PersonRequest, key: str) -> HttpResponse:
    assessment = access.assessment_of(request.person, key)
    if assessment.is_submitted:
        return already_submitted(request, assessment)
    if request.method == "POST":
        try:
            if is_from_before_moving(request, assessment):
                raise actions.MovedMeanwhile
            actions.submit(assessment=assessment, seen=_seen_on_review(request))
        except actions.MovedMeanwhile:
            say_moved_meanwhile(request)
            return redirect("review", key=key)
        except actions.Unchecked:
            messages.warning(
                request,
                _(
                    "Not sent yet: an answer was changed since you opened this page, perhaps in "
                    "another tab. Here they are as they are now."
                ),
            )
            return redirect("review", key=key)
        make_ready(request, key)
        return redirect("report_detail", key=key)
    return render(
        request,
        "assessments/review.html",
        {"assessment": assessment, "summary": reports.review(assessment)},
    )


def _seen_on_review(request: HttpRequest) -> actions.Seen | None:
    revision = request.POST.get("revision", "")
    return actions.Seen(int(revision)) if LIKE_A_REVISION.fullmatch(revision) else None


def is_from_before_moving(request: HttpRequest, assessment: Assessment) -> bool:
    """Whether the page pressed on showed another version, as one in another tab may."""
    number = str(assessment.version.number)
    return request.POST.get("version", number) != number


def say_moved_meanwhile(request: HttpRequest) -> None:
    messages.warning(
        request,
        _(
            "Nothing was saved: since that page was opened you moved to a newer version of the "
            "role. This is the page as it is now."
        ),
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


def _short_way(request: HttpRequest, returned: Returned) -> HttpResponseRedirect:
    if returned.copied is None:
        messages.info(
            request,
            _("You had begun already, so nothing was copied: your answers are as they were."),
        )
    else:
        messages.success(request, copied_in_words(returned.copied))
    return redirect("assessment_detail", key=returned.assessment.key)


def copied_in_words(number: int) -> str:
    return ngettext(
        "%(n)s answer was copied from your last report. The rest is asked.",
        "%(n)s answers were copied from your last report. The rest is asked.",
        number,
    ) % {"n": number}


def _next_step(assessment: Assessment) -> HttpResponseRedirect:
    """Straight to the first question; to the list of tasks for someone who comes back."""
    answered = reports.answers_now(assessment)
    upcoming = next_question(assessment.version.definition, answered)
    if answered or upcoming is None:
        return redirect("assessment_detail", key=assessment.key)
    return to_question(assessment, upcoming)


def to_question(assessment: Assessment, asked: Question) -> HttpResponseRedirect:
    """To its heading: from there the next Tab comes to the levels, not to the menu."""
    address = reverse("question", args=[assessment.key, asked.skill])
    return HttpResponseRedirect(f"{address}#question")


def to_heading(name: str, assessment: Assessment) -> HttpResponseRedirect:
    """Of the page of this name, as `to_question` does."""
    return HttpResponseRedirect(f"{reverse(name, args=[assessment.key])}#{name}")
