"""The rated occupations of the newest release, kept in memory for as long as it is the newest."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from threading import Lock

from django.db.models import Max

from assessments.domain import onet_scale
from assessments.domain.definition import Level
from assessments.domain.nearest import Roles
from assessments.domain.onet import IMPORTANCE
from assessments.domain.profiles import profile
from assessments.domain.stepping_stones import Landscape
from assessments.models import Occupation, RelatedOccupation, Release, Skill

Editions = Mapping[str, Release]

AT_ONCE = 100  # all ratings of a release together are several megabytes
# Until a release has been imported, or where it leaves them out.
JOB_ZONES = dict.fromkeys(range(1, 6), "")


@dataclass(frozen=True)
class Entry:
    """`job_zone` is one of the release's, 1 the least; None where it says nothing."""

    pk: int
    code: str
    title: str
    slug: str
    job_zone: int | None
    is_rated: bool


@dataclass(frozen=True)
class Element:
    """A rated skill or knowledge area, as the catalogue has it."""

    code: str
    slug: str
    name: str


@dataclass(frozen=True)
class Catalogue:
    """All of one release that is compared; `top` is the highest level of its scale."""

    entries: Mapping[str, Entry]
    elements: Mapping[str, Element]
    roles: Roles
    top: int

    @cached_property
    def by_slug(self) -> Mapping[str, Entry]:
        return {one.slug: one for one in self.entries.values()}

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return onet_scale.levels(self.top)

    @cached_property
    def related(self) -> tuple[tuple[str, str], ...]:
        """Read at first use: one query."""
        rows = RelatedOccupation.objects.order_by("occupation__code", "position")
        return tuple(rows.values_list("occupation__code", "to__code"))

    @cached_property
    def landscape(self) -> Landscape:
        return Landscape(self.roles.profiles, self.related, self.top)

    def related_to(self, code: str) -> list[str]:
        """Either way, the nearest first."""
        there = [other for one, other in self.related if one == code]
        back = [one for one, other in self.related if other == code]
        return list(dict.fromkeys([*there, *back]))

    def word(self, level: int) -> str:
        return self.levels[min(level, self.top)].word

    def is_comparable(self, code: str) -> bool:
        return code in self.roles.by_code


_kept: dict[str, Catalogue] = {}
_lock = Lock()


def editions() -> Editions:
    """What was imported last, by source: one query."""
    return {one.source: one for one in Release.objects.all()}


def job_zones(known: Editions) -> Mapping[int, str]:
    """By number, in the release's own words: some releases join two of them."""
    onet = known.get(Release.Source.ONET)
    zones = onet.details.get("job_zones", []) if onet else []
    named = {one["zone"]: str(one["name"]).split(":", 1)[-1].strip() for one in zones}
    return named or JOB_ZONES


def catalogue(known: Editions) -> Catalogue | None:
    """Of the newest O*NET release, or None before one is imported. No query while it stays."""
    release = known.get(Release.Source.ONET)
    if release is None:
        return None
    if found := _kept.get(release.sha256):
        return found
    with _lock:  # one at a time: reading takes half a second, and memory
        if release.sha256 not in _kept:
            found = _read(release)
            _kept.clear()
            _kept[release.sha256] = found
        return _kept[release.sha256]


def _read(release: Release) -> Catalogue:
    skills = Skill.objects.filter(element__isnull=False)
    with_top = skills.annotate(top=Max("scale__levels__value")).order_by("pk")
    found = [(Element(one.element or "", one.slug, one.name), one.top) for one in with_top]
    top = max((one or 0 for _element, one in found), default=0) or onet_scale.LEVELS[-1].value
    threshold = Decimal(str(release.details.get("importance", IMPORTANCE)))
    rows = Occupation.objects.filter(withdrawn=False).select_related("role").order_by("code")
    rows = rows.only("code", "job_zone", "ratings", "unrated", "role__title", "role__slug")
    entries: dict[str, Entry] = {}
    profiles = []
    for one in rows.iterator(chunk_size=AT_ONCE):
        entries[one.code] = _entry(one)
        if one.is_rated:
            profiles.append(profile(one.code, one.ratings, threshold, top))
    return Catalogue(
        entries=entries,
        elements={one.code: one for one, _top in found},
        roles=Roles(profiles, top),
        top=top,
    )


def _entry(one: Occupation) -> Entry:
    return Entry(one.pk, one.code, one.role.title, one.role.slug, one.job_zone, one.is_rated)
