from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import access, earlier, reports
from assessments.access import PersonRequest, is_in_background, people_only
from assessments.actions import assessment as actions
from assessments.domain.carrying import meaning
from assessments.domain.questions import (
    Question,
    next_question,
    previous_question,
    question_about,
)
from assessments.earlier import Earlier
from assessments.forms.assessment import AnswerForm
from assessments.models import Answer, Assessment
from assessments.views.assessment import (
    already_submitted,
    say_moved_meanwhile,
    to_heading,
    to_question,
)

REVIEW = "review"


@people_only
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PersonRequest, key: str, slug: str) -> HttpResponse:
    """`?from=review` comes from the check-answers page and returns there."""
    assessment = access.assessment_of(request.person, key)
    asked = question_about(assessment.version.definition, slug)
    if request.method == "POST" and is_in_background(request):
        return _save_in_background(assessment, asked, request.POST)
    if asked is None and "meaning" in request.POST:
        return _ask_anew(request, assessment, asked)
    if asked is None:
        raise Http404(_("This role does not ask about that skill."))
    if assessment.is_submitted:
        return already_submitted(request, assessment)
    if request.method == "POST":
        return _save(request, assessment, asked)
    stored, before = earlier.stored_and_earlier(assessment, slug)
    return _page(request, assessment, asked, _form(assessment, asked, stored), before)


def _save(request: PersonRequest, assessment: Assessment, asked: Question) -> HttpResponse:
    shown = meaning(assessment.version.definition, asked.skill)
    if request.POST.get("meaning", shown) != shown:
        return _ask_anew(request, assessment, asked)
    press = request.POST.get("press", "continue")
    form = AnswerForm(request.POST, question=asked, definition=assessment.version.definition)
    if press == "later" and form.is_blank:
        return redirect("assessment_detail", key=assessment.key)
    if press != "clear" and not form.is_valid():
        return _page(request, assessment, asked, form, earlier.earlier(assessment, asked.skill))
    try:
        if press == "clear":
            actions.clear_answer(assessment=assessment, skill=asked.skill, seen=_seen(form))
            return redirect(request.get_full_path())
        actions.save_answer(assessment=assessment, skill=asked.skill, seen=_seen(form), **form.said)
    except actions.AlreadySubmitted:
        return already_submitted(request, assessment)
    except actions.MovedMeanwhile:
        now = access.assessment_of(request.person, assessment.key)
        return _ask_anew(request, now, question_about(now.version.definition, asked.skill))
    except actions.Conflict as conflict:
        before = earlier.earlier(assessment, asked.skill)
        return _page(request, assessment, asked, form, before, conflict)
    return _after_saving(request, assessment, asked, later=press == "later")


def _seen(form: AnswerForm) -> actions.Seen:
    return actions.Seen(form.seen_revision, form.sent)


def _save_in_background(
    assessment: Assessment, asked: Question | None, posted: QueryDict
) -> JsonResponse:
    """The same rules as for Continue, told in a line; it leads nowhere and asks nothing."""
    definition = assessment.version.definition
    try:
        if asked is None or posted.get("meaning") != meaning(definition, asked.skill):
            raise actions.MovedMeanwhile
        form = AnswerForm(posted, question=asked, definition=definition)
        if not form.is_valid():
            return _unsaved(str(next(iter(form.errors.values()))[0]), status=422)
        saved = actions.save_answer(
            assessment=assessment, skill=asked.skill, seen=_seen(form), **form.said
        )
    except actions.AlreadySubmitted:
        return _unsaved(_("This assessment was sent meanwhile. Continue leads to its report."))
    except actions.MovedMeanwhile:
        return _unsaved(_("The role was changed in another tab. Continue shows it as it is now."))
    except actions.Conflict:
        return _unsaved(_("This answer was changed somewhere else. Continue shows both."))
    return JsonResponse({"revision": saved.revision, "at": saved.saved_at.isoformat()})


def _unsaved(why: str, status: int = 409) -> JsonResponse:
    return JsonResponse({"text": _("Not saved. %(why)s") % {"why": why}}, status=status)


def _ask_anew(
    request: PersonRequest, assessment: Assessment, asked: Question | None
) -> HttpResponse:
    """After a move in another tab: the level was chosen by other sentences, so it goes, and what
    was typed stays."""
    say_moved_meanwhile(request)
    if asked is None:
        return redirect("assessment_detail", key=assessment.key)
    stored, before = earlier.stored_and_earlier(assessment, asked.skill)
    typed = {name: request.POST.get(name, "") for name in ("last_done", "example")}
    form = AnswerForm(
        question=asked,
        definition=assessment.version.definition,
        initial=AnswerForm.initial_from(stored) | {"level": None} | typed,
    )
    conflict = actions.Conflict(stored) if stored else None
    return _page(request, assessment, asked, form, before, conflict, status=409)


def _after_saving(
    request: PersonRequest, assessment: Assessment, asked: Question, *, later: bool
) -> HttpResponseRedirect:
    if later:
        return redirect("assessment_detail", key=assessment.key)
    if request.GET.get("from") == REVIEW:
        return redirect("review", key=assessment.key)
    definition = assessment.version.definition
    upcoming = next_question(definition, reports.answers_now(assessment), after=asked.skill)
    if upcoming:
        return to_question(assessment, upcoming)
    if definition.qualifications and reports.education_of(assessment) is None:
        return to_heading("qualifications", assessment)
    return to_heading("review", assessment)


def _form(assessment: Assessment, asked: Question, stored: Answer | None) -> AnswerForm:
    return AnswerForm(
        question=asked,
        definition=assessment.version.definition,
        initial=AnswerForm.initial_from(stored),
    )


def _page(
    request: PersonRequest,
    assessment: Assessment,
    asked: Question,
    form: AnswerForm,
    before: Earlier | None,
    conflict: actions.Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    """A conflict shows both answers; the form then carries the revision the person has now seen."""
    definition = assessment.version.definition
    if conflict:
        form = form.as_shown_again(conflict.revision)
    choices = [definition.skill(slug) for slug in asked.requirement.skills]
    return render(
        request,
        "assessments/question.html",
        {
            "assessment": assessment,
            "question": asked,
            "skill": definition.skill(asked.skill),
            "meaning": meaning(definition, asked.skill),
            "choices": choices,
            "others": [one for one in choices if one.slug != asked.skill],
            "form": form,
            "conflict": conflict,
            "elsewhere": form.option_at(getattr(conflict.current, "level", None))
            if conflict
            else None,
            "previous": previous_question(definition, asked.skill),
            "from_review": request.GET.get("from") == REVIEW,
            "has_answer": form.seen_revision > 0,
            "earlier": before,
            "similar": None if before else earlier.similar(assessment, asked.skill),
        },
        status=409 if conflict else status,
    )
