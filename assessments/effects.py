"""What deleting a row does, in numbers."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.domain.disclosure import SMALLEST_GROUP
from assessments.models import Assessment, Requirement, Resource, Role, RoleVersion, Skill
from assessments.models.revisioned import Revisioned


def effects_of_deleting(row: Revisioned) -> list[str]:
    return [*_removed(row), _kept(row)]


def _removed(row: Revisioned) -> list[str]:
    match row:
        case Requirement():
            skills = row.alternatives.count()
            message = ngettext(
                "It removes %(count)s skill from the role “%(role)s”.",
                "It removes %(count)s skills from the role “%(role)s”.",
                skills,
            )
            return [message % {"count": skills, "role": row.role}]
        case Skill():
            roles = Role.objects.filter(requirements__skills=row).distinct().count()
            message = ngettext(
                "It removes 1 skill from %(count)s role.",
                "It removes 1 skill from %(count)s roles.",
                roles,
            )
            return [message % {"count": roles}, _links(row.resource_links.count())]
        case Role():
            count = row.requirements.count()
            message = ngettext(
                "It removes the role with %(count)s requirement.",
                "It removes the role with %(count)s requirements.",
                count,
            )
            return [message % {"count": count}]
        case Resource():
            return [_links(row.links.count())]
    return []


def _links(count: int) -> str:
    message = ngettext(
        "It removes %(count)s link to learn from.",
        "It removes %(count)s links to learn from.",
        count,
    )
    return message % {"count": count}


def _kept(row: Revisioned) -> str:
    versions = versions_naming(row)
    if not versions.exists():
        return _("No published version names it, so no report does.")
    reports = Assessment.objects.filter(version__in=versions.order_by().values("pk"))
    count = reports.filter(submitted_at__isnull=False).count()
    if count < SMALLEST_GROUP:
        return _("Fewer than %(few)s finished reports name it, and they keep it.") % {
            "few": SMALLEST_GROUP
        }
    return _("%(count)s finished reports keep it.") % {"count": count}


def versions_naming(row: Revisioned) -> QuerySet[RoleVersion]:
    slug = str(getattr(row, "slug", ""))
    match row:
        case Role():
            return RoleVersion.objects.filter(role=row)
        case Requirement():
            return RoleVersion.objects.filter(role=row.role_id).naming(slug)
    return RoleVersion.objects.naming(slug)
