"""The plan: what one is working on, until when, and with what."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import access, plans
from assessments.access import MemberRequest, needs_account
from assessments.actions import plan as actions
from assessments.actions.returning import start_again
from assessments.domain.planning import HOURS_PER_STEP_ELSEWHERE, HOURS_TO_REACH
from assessments.domain.priorities import FIRST
from assessments.domain.questions import question_about
from assessments.exporters.plan_ics import CONTENT_TYPE, Event, plan_ics
from assessments.forms.plan import AddForm, ItemForm, SettingsForm
from assessments.models import Plan
from assessments.occupation_pages import closed
from assessments.plan_pages import Line
from assessments.views.assessment import copied_in_words, has_begun


@needs_account
@require_http_methods(["GET", "HEAD", "POST"])
def plan_detail(request: MemberRequest) -> HttpResponse:
    plan = access.plan_of(request.user)
    posted = request.POST if request.method == "POST" else None
    form = SettingsForm(posted, initial=SettingsForm.initial_from(plan))
    conflict = None
    if posted is not None and form.is_valid():
        try:
            actions.save_settings(
                by=request.user,
                seen=actions.Seen(form.seen_revision),
                hours_a_week=form.cleaned_data["hours_a_week"],
                budget=form.cleaned_data["budget"],
                starts_on=form.cleaned_data["starts_on"],
            )
        except actions.Conflict as elsewhere:
            conflict = elsewhere
            form = form.as_shown_again(elsewhere.revision)
        else:
            messages.success(request, _("Saved. The dates follow."))
            return redirect("plan")
    return render(
        request,
        "assessments/plan_detail.html",
        {
            "page": plans.build(plan),
            "form": form,
            "conflict": conflict,
            "hours_to_reach": HOURS_TO_REACH.items(),
            "hours_elsewhere": HOURS_PER_STEP_ELSEWHERE,
        },
        status=409 if conflict else 200,
    )


@needs_account
@require_http_methods(["GET", "HEAD", "POST"])
def plan_add(request: MemberRequest, key: str) -> HttpResponse:
    assessment = access.report_of(request.user, key)
    plan = access.plan_of(request.user)
    prefetch_related_objects([assessment], "answers")  # shown, and then added: both read them
    gaps = plans.gaps_to_plan(assessment, plan)
    offered = [one.requirement.slug for one in gaps if one.is_offered]
    posted = request.POST if request.method == "POST" else None
    form = AddForm(posted, gaps=gaps, initial={"gaps": offered[:FIRST]})
    if posted is not None and form.is_valid():
        try:
            done = actions.add(by=request.user, assessment=assessment, chosen=form.chosen)
        except actions.PlanIsFull:
            form.add_error("gaps", _full())
        else:
            messages.success(request, _say_added(done))
            return redirect("plan")
    return render(
        request,
        "assessments/plan_add.html",
        {
            "assessment": assessment,
            "form": form,
            "rows": tuple(form.rows()),
            "first": FIRST,
            "planned": [one for one in gaps if not one.is_offered],
            "is_free_only": plan.budget == Plan.Budget.FREE,
        },
    )


@needs_account
@require_http_methods(["GET", "HEAD", "POST"])
def plan_item(request: MemberRequest, slug: str) -> HttpResponse:
    plan = access.plan_of(request.user)
    line = plans.line_about(plan, slug)
    posted = request.POST if request.method == "POST" else None
    if line is None:
        if posted is None:
            raise Http404
        return _removed(request)
    form = ItemForm(posted, line=line, initial=ItemForm.initial_from(line))
    if posted is None:
        return _item_page(request, line, form)
    seen = actions.Seen(form.seen_revision, form.seen_item)
    try:
        if request.POST.get("press") == "remove":
            actions.remove_item(item=line.item, seen=seen)
            messages.success(request, _("“%(skill)s” is out of your plan.") % _named(line))
            return redirect("plan")
        if not form.is_valid():
            return _item_page(request, line, form)
        actions.save_item(
            item=line.item,
            seen=seen,
            **{name: form.cleaned_data[name] for name in ItemForm.SAVED},
        )
    except actions.Removed:
        return _removed(request)
    except actions.Conflict as conflict:
        return _item_page(request, line, form, conflict)
    messages.success(request, _("Saved: %(skill)s.") % _named(line))
    return redirect("plan_item", slug=slug) if _is_news(line, form) else redirect("plan")


@needs_account
@require_POST
def plan_rate(request: MemberRequest, slug: str) -> HttpResponse:
    """To the question about this one skill, in the open assessment or a new one.

    The short way: whoever comes for one skill is not asked again for all that still holds.
    """
    item = access.plan_item_of(access.plan_of(request.user), slug)
    version = access.published_role(item.assessment.role.slug)
    if closed(version) and not has_begun(request.user, version):
        return redirect("assessment_start", slug=version.role.slug)  # it says why
    returned = start_again(by=request.user, version=version, but=slug)
    assessment = returned.assessment
    if returned.copied:
        messages.success(request, copied_in_words(returned.copied))
    if question_about(assessment.version.definition, slug):
        return redirect("question", key=assessment.key, slug=slug)
    messages.info(request, _("This role no longer asks about that skill. Here is what it asks."))
    return redirect("assessment_detail", key=assessment.key)


@needs_account
@require_safe
def plan_calendar(request: MemberRequest) -> HttpResponse:
    plan = access.plan_of(request.user)
    events = [_event(request, plan, line) for line in plans.build(plan).lines if line.due_on]
    if not events:
        messages.info(request, _("There are no dates to take with you: plan something first."))
        return redirect("plan")
    return HttpResponse(
        plan_ics(events, stamp=timezone.now()),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="careerpath-plan.ics"'},
    )


def _event(request: MemberRequest, plan: Plan, line: Line) -> Event:
    address = request.build_absolute_uri(reverse("plan_item", args=[line.item.skill]))
    words = {"skill": line.skill.name, "level": line.to_word, "role": line.item.assessment.role}
    assert line.due_on  # noqa: S101  for mypy: lines without a date are left out
    return Event(
        name=f"{address}#{plan.pk}",
        day=line.due_on,
        summary=_("%(skill)s: reach %(level)s") % words,
        description=_("From your plan for %(role)s.") % words,
        address=address,
    )


def _item_page(
    request: MemberRequest,
    line: Line,
    form: ItemForm,
    conflict: actions.Conflict | None = None,
) -> HttpResponse:
    if conflict:
        form = form.as_seen_beside(conflict.current)
    return render(
        request,
        "assessments/plan_item.html",
        {"line": line, "form": form, "conflict": conflict},
        status=409 if conflict else 200,
    )


def _removed(request: MemberRequest) -> HttpResponse:
    """Not in this plan, or no longer: what was typed about it is not lost."""
    notes = request.POST.get("notes", "")
    return render(request, "assessments/plan_item_missing.html", {"notes": notes}, status=404)


def _is_news(line: Line, form: ItemForm) -> bool:
    """Just done: its page offers to rate the skill again."""
    done = line.item.Status.DONE
    return bool(form.cleaned_data["status"] == done != line.item.status)


def _named(line: Line) -> dict[str, str]:
    return {"skill": line.skill.name}


def _say_added(done: actions.Added) -> str:
    sentences = []
    if done.added:
        sentences.append(
            ngettext(
                "%(count)s skill added to your plan.",
                "%(count)s skills added to your plan.",
                done.added,
            )
            % {"count": done.added}
        )
    if done.raised:
        sentences.append(
            ngettext(
                "%(count)s that was in it follows this report now.",
                "%(count)s that were in it follow this report now.",
                done.raised,
            )
            % {"count": done.raised}
        )
    return " ".join(sentences) or _("Your plan holds all of these already.")


def _full() -> str:
    return _(
        "A plan holds at most %(most)s skills. Select fewer, or remove some that are done."
    ) % {"most": actions.MOST_ITEMS}
