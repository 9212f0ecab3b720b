"""Fetching an object is the permission check: what is not yours is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessments.models import Assessment, RoleVersion, User


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
    return get_object_or_404(Assessment.objects.submitted().with_version(), key=key, member=member)
