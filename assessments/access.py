"""Fetching an object is the permission check: what is not yours is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments.models import Assessment, Plan, PlanItem, RoleVersion, ShareLink, User

P = ParamSpec("P")


def members_only(
    view: Callable[Concatenate["MemberRequest", P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """`login_required`, which says so when what was posted could not be saved."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            messages.warning(
                request,
                _(
                    "Nothing was saved, because you were no longer signed in. What you typed may "
                    "still be there when you go back with your browser."
                ),
            )
        return protected(request, *args, **kwargs)

    protected: Callable[..., HttpResponse] = login_required(view)
    return asked


class MemberRequest(HttpRequest):
    """For annotations, behind `login_required`: somebody is signed in."""

    user: User


def published_role(slug: str) -> RoleVersion:
    """The newest published version of a role."""
    version = (
        RoleVersion.objects.light()
        .select_related("role")
        .filter(role__slug=slug)
        .order_by("-number")
        .first()
    )
    if version is None:
        raise Http404(_("There is no such role."))
    return version


def assessment_of(member: User, key: str) -> Assessment:
    return get_object_or_404(Assessment.objects.with_version(), key=key, member=member)


def report_of(member: User, key: str) -> Assessment:
    reports = Assessment.objects.submitted().with_version().with_previous()
    return get_object_or_404(reports, key=key, member=member)


def two_reports_of(member: User, one: str, other: str) -> tuple[Assessment, Assessment]:
    """Two reports on the same role, the earlier first, whichever was named first."""
    mine = Assessment.objects.submitted().filter(member=member, key__in=[one, other])
    mine = mine.select_related("role", "version").prefetch_related("answers")
    match list(mine.order_by("submitted_at", "pk")):
        case [before, after] if before.role_id == after.role_id:
            return before, after
    raise Http404(_("There are no two reports on one role here."))


def share_link(token: str) -> ShareLink:
    """What an address of a shared report stands for, also when it has stopped working."""
    links = ShareLink.objects.select_related("assessment__version")
    try:
        return get_object_or_404(links.defer("assessment__version__content").behind(token))
    except BadSignature as altered:
        raise Http404(_("There is no such link.")) from altered


def plan_of(member: User) -> Plan:
    """The member's own; until something is kept in it, one that is not stored."""
    return Plan.objects.filter(member=member).first() or Plan(member=member)


def plan_item_of(plan: Plan, skill: str) -> PlanItem:
    return get_object_or_404(
        PlanItem.objects.select_related("assessment__role", "assessment__version").defer(
            "assessment__version__content"
        ),
        plan_id=plan.pk,
        skill=skill,
    )
