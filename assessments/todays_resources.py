"""The resources of a role's skills as they are today, kept by each process while the state that
the database has told (`assessments.today`) is the same, and for ten minutes at most.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from urllib.parse import quote

from assessments import today
from assessments.domain.definition import Link, Resource
from assessments.models import Assessment, ResourceLink

MOST = 20  # roles
SECONDS = 600  # for a change that left no record


@dataclass(frozen=True)
class _Kept:
    until: float
    resources: tuple[Resource, ...]


_kept: OrderedDict[tuple[int, str], _Kept] = OrderedDict()
_lock = Lock()


def resources_of(assessment: Assessment) -> tuple[Resource, ...]:
    """For every skill of its version; one query, or none."""
    skills = assessment.version.definition.skills_by_slug
    stamp = getattr(assessment, "today", "")
    if not stamp:
        return resources_for(skills)
    place = (assessment.version_id, today.of_everybody(stamp))
    with _lock:
        kept = _kept.get(place)
    if kept is None or kept.until < monotonic():
        kept = _Kept(monotonic() + SECONDS, resources_for(skills))
        with _lock:
            _kept[place] = kept
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return kept.resources


def resources_for(skills: Iterable[str]) -> tuple[Resource, ...]:
    """Today's catalogue: resources follow it, unlike everything else on a report."""
    links = ResourceLink.objects.filter(skill__slug__in=list(skills)).select_related(
        "resource", "skill"
    )
    by_resource: dict[int, list[ResourceLink]] = {}
    for link in links.order_by("resource__position", "resource__name", "from_level"):
        by_resource.setdefault(link.resource_id, []).append(link)
    return tuple(_resource(mine) for mine in by_resource.values())


def offered_address(link: ResourceLink) -> str:
    """The link's own; when that is broken, the resource's search for the skill, or ""."""
    if link.health != ResourceLink.Health.BROKEN:
        return link.url
    return link.resource.search_url.replace("{query}", quote(link.skill.name))


def _resource(links: list[ResourceLink]) -> Resource:
    row = links[0].resource
    return Resource(
        slug=row.slug,
        name=row.name,
        provider=row.provider,
        kind=row.get_kind_display(),
        cost=row.cost,
        url=row.url,
        purpose=row.purpose,
        search_url=row.search_url,
        links=tuple(
            Link(
                link.skill.slug,
                link.from_level,
                link.to_level,
                offered_address(link),
                link.reason,
                link.hours,
            )
            for link in links
            if offered_address(link)
        ),
    )


def forget_all() -> None:
    with _lock:
        _kept.clear()
