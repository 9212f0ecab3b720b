"""Fetching an object is the permission check: what is not yours is not there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assessments import today
from assessments.compiled import CompiledQuery, Parameter
from assessments.guests import guest_of, has_cookie
from assessments.kept import kept_fields
from assessments.models import (
    Answer,
    Assessment,
    Guest,
    Person,
    Plan,
    PlanItem,
    RoleVersion,
    ShareLink,
    User,
    owned_by,
)
from assessments.models.assessment import AssessmentQuerySet

P = ParamSpec("P")
OWNER = Parameter("owner", User._meta.pk)
KEY = Parameter("key", Assessment._meta.get_field("key"))


def members_only(
    view: Callable[Concatenate["MemberRequest", P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """`login_required`, which keeps what was posted on the page that says so."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_in_background(request) and not request.user.is_authenticated:
            return _signed_out_meanwhile()
        if request.method == "POST" and not request.user.is_authenticated:
            if kept := kept_fields(request):
                context = {"kept": kept, "kept_address": request.get_full_path()}
                page = render(request, "assessments/signed_out.html", context, status=403)
                add_never_cache_headers(page)
                return page
            messages.warning(request, _("Nothing was saved, because you were not signed in."))
        return protected(request, *args, **kwargs)

    protected: Callable[..., HttpResponse] = login_required(view)
    return asked


def is_in_background(request: HttpRequest) -> bool:
    """Asked by a script of ours (static/careerpath/keep.js) on a page that stays open."""
    return "X-In-Background" in request.headers


def _signed_out_meanwhile() -> JsonResponse:
    said = {
        "text": _("You are no longer signed in. What you chose and typed is still on this page."),
        "link": {"text": _("Sign in (opens in a new tab)"), "address": reverse("account_login")},
    }
    response = JsonResponse(said, status=401)
    add_never_cache_headers(response)
    return response


def people_only(
    view: Callable[Concatenate["PersonRequest", P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Members, and guests for what they began. Others are asked to sign in, except with the
    cookie of a guest who is forgotten: nothing of theirs is there."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if person := person_of(request):
            with missing_once_deleted(person):
                return view(cast(PersonRequest, request), *args, **kwargs)
        if has_cookie(request):
            raise Http404(_("What was begun without an account is kept for 7 days."))
        return ask_to_sign_in(request, *args, **kwargs)

    ask_to_sign_in: Callable[..., HttpResponse] = members_only(cast(Any, view))
    return asked


@contextmanager
def missing_once_deleted(person: Person | None) -> Iterator[None]:
    """What was found at first, and deleted in another tab before it was locked, is not there."""
    try:
        yield
    except (Assessment.DoesNotExist, Guest.DoesNotExist, User.DoesNotExist) as gone:
        raise Http404(_("This was deleted in the meantime.")) from gone
    except IntegrityError as gone:
        # It was to hang on somebody who is not there any more: anything else is a fault of ours.
        if person is None or person.__class__.objects.filter(pk=person.pk).exists():
            raise
        raise Http404(_("This was deleted in the meantime.")) from gone


def person_of(request: HttpRequest) -> Person | None:
    """Whoever is signed in, or else the guest. Pages find it in the request from then on."""
    here = cast(PersonRequest, request)
    here.guest = None if request.user.is_authenticated else guest_of(request)
    person = request.user if request.user.is_authenticated else here.guest
    if person:
        here.person = person
    return person


def needs_account(
    view: Callable[Concatenate["MemberRequest", P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """`login_required`; a guest is told why, and comes back here from signing up."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = person_of(request)
        if not isinstance(person, Guest):
            with missing_once_deleted(person):
                return protected(request, *args, **kwargs)
        messages.info(
            request,
            _("This needs an account. Create one, or sign in, and what you began goes with you."),
        )
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': request.path})}")

    protected: Callable[..., HttpResponse] = login_required(view)
    return asked


class MemberRequest(HttpRequest):
    """For annotations, behind `login_required`: somebody is signed in."""

    user: User


class PersonRequest(HttpRequest):
    """For annotations, behind `people_only`: a member, or a guest."""

    person: Person
    guest: Guest | None


def own_answers(request: HttpRequest) -> QuerySet[Answer] | None:
    """All that whoever asks has answered, for pages that anybody may open; None for nobody."""
    person = person_of(request)
    if person is None:
        return None
    return Answer.objects.filter(assessment__in=Assessment.objects.of(person))


def published_role(slug: str, *, with_text: bool = False) -> RoleVersion:
    """The newest published version of a role, and the occupation that the role is, if any.

    `with_text` saves the query for a definition that is not in memory, but reads it always.
    """
    versions = RoleVersion.objects.all() if with_text else RoleVersion.objects.light()
    version = (
        versions.select_related("role__occupation")
        .defer("role__occupation__ratings", "role__occupation__education_shares")
        .filter(role__slug=slug)
        .order_by("-number")
        .first()
    )
    if version is None:
        raise Http404(_("There is no such role."))
    return version


def assessment_of(person: Person, key: str) -> Assessment:
    return _own(ASSESSMENTS, person, key)


def report_of(person: Person, key: str) -> Assessment:
    """With `today`, the state of what its page shows besides: see `assessments.today`."""
    return _own(REPORTS, person, key)


def report_row_of(person: Person, key: str) -> Assessment:
    """The row alone, and `today`."""
    return _own(REPORT_ROWS, person, key)


def _own(queries: Mapping[str, CompiledQuery[Assessment]], person: Person, key: str) -> Assessment:
    ((owner, whose),) = owned_by(person).items()
    found = queries[owner].get_or_none(owner=whose.pk, key=key)
    if found is None:
        raise Http404(_("There is no such assessment or report."))
    return found


def _for_each_owner(
    narrowed: Callable[[AssessmentQuerySet, str], AssessmentQuerySet],
) -> Mapping[str, CompiledQuery[Assessment]]:
    def compiled(owner: str) -> CompiledQuery[Assessment]:
        def mine() -> AssessmentQuerySet:
            return narrowed(Assessment.objects.filter(**{owner: OWNER}, key=KEY).order_by(), owner)

        return CompiledQuery(mine)

    return {owner: compiled(owner) for owner in ("member", "guest")}


def _as_rows(mine: AssessmentQuerySet, owner: str) -> AssessmentQuerySet:
    return mine.submitted().annotate(today=today.stamp(owner, OWNER))


def _as_reports(mine: AssessmentQuerySet, owner: str) -> AssessmentQuerySet:
    whole = mine.with_version().with_previous({owner: OWNER}).with_withdrawn()
    return _as_rows(whole.select_related("qualification_answer"), owner)


ASSESSMENTS = _for_each_owner(lambda mine, _owner: mine.with_version())
REPORT_ROWS = _for_each_owner(_as_rows)
REPORTS = _for_each_owner(_as_reports)


def two_reports_of(person: Person, one: str, other: str) -> tuple[Assessment, Assessment]:
    """Two reports on the same role, the earlier first, whichever was named first."""
    mine = Assessment.objects.of(person).submitted().filter(key__in=[one, other])
    mine = mine.select_related("role", "version", "qualification_answer")
    mine = mine.prefetch_related("answers")
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
