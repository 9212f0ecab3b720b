"""An import of O*NET, written: all of it, or nothing."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import IntegrityError
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from assessments.domain import onet_scale
from assessments.importers.onet_definitions import Built
from assessments.importers.onet_plan import Plan, import_sha256, needs_version
from assessments.importers.onet_release import OnetRelease
from assessments.importers.onet_stored import CHILDREN, stored
from assessments.models import (
    AlternateTitle,
    Anchor,
    Occupation,
    RelatedOccupation,
    Release,
    Role,
    RoleVersion,
    Scale,
    ScaleLevel,
    Skill,
    Technology,
)

from .bls import join_statistics
from .catalogue import follow_element
from .importing import one_import
from .search_index import rebuild_search

BATCH = 2_000
INDEXED = 0.7  # the part of the time after which the search is made anew
ATTRIBUTION = (
    "This site includes information from the {name} Database by the U.S. Department of Labor, "
    "Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 license. "
    "O*NET® is a trademark of USDOL/ETA. CareerPath has modified all or some of this "
    "information. USDOL/ETA has not approved, endorsed, or tested these modifications."
)
LICENSE = "https://creativecommons.org/licenses/by/4.0/"

OnWritten = Callable[[float], None]
"""Told which part of the writing is done, from 0 to 1."""


class ChangedMeanwhile(Exception):
    """Another import, or an editor, wrote since the plan was made. Nothing was written."""


def is_held(release: OnetRelease, threshold: Decimal) -> bool:
    """Whether this very import was the last one, and the database still has what it wrote."""
    last = Release.objects.filter(source=Release.Source.ONET).first()
    return bool(
        last
        and last.sha256 == import_sha256(release, threshold)
        and last.details.get("held") == stored(onet_scale.SLUG).sha256()
    )


def apply(*, plan: Plan, on_written: OnWritten = lambda part: None) -> None:
    """Raises ChangedMeanwhile and importing.Busy. No row of it is in the editors' history, but
    that counterparts follow an element whose id changed."""
    try:
        with one_import():
            if stored(onet_scale.SLUG).sha256() != plan.stored_sha256:
                raise ChangedMeanwhile
            for part in _write(plan):
                on_written(part * INDEXED)
            _release(plan)
            join_statistics()
            rebuild_search()
            on_written(1)
    except IntegrityError:
        raise ChangedMeanwhile from None


def _write(plan: Plan) -> Iterator[float]:
    """Yields which part is done."""
    _scale_and_skills(plan)
    for row, title in plan.renamed:
        Role.objects.filter(pk=row.role).update(title=title)
    gone = [row.pk for row in plan.removed]
    Occupation.objects.filter(pk__in=gone).update(withdrawn=True)
    # Two occupations may swap their titles, of which each can exist only once.
    moving = [row.role for built, row in plan.changed if built.name.title != row.title]
    Role.objects.filter(pk__in=moving).update(title=Concat(Value("onet:"), "slug"))
    yield 0.02
    yield from _parts(_roles(plan), 0.02, 0.3)
    pks = dict(Occupation.objects.values_list("code", "pk"))
    written = [*plan.created, *(built for built, _row in plan.changed)]
    old = [row.pk for _built, row in plan.changed]
    for model in CHILDREN:
        model._default_manager.filter(occupation_id__in=old).delete()
    yield from _parts(_children(written, pks), 0.3, 1)


def _parts(steps: Iterable[float], low: float, high: float) -> Iterator[float]:
    for part in steps:
        yield low + part * (high - low)


def _scale_and_skills(plan: Plan) -> None:
    scale, _ = Scale.objects.get_or_create(slug=onet_scale.SLUG, defaults={"name": onet_scale.NAME})
    if plan.scale_changed:
        ScaleLevel.objects.filter(scale=scale).delete()
        ScaleLevel.objects.bulk_create(
            ScaleLevel(scale=scale, value=value, word=word) for value, word in plan.levels
        )
    planned = [one for one in plan.skills if one.changed]
    rows = [
        Skill(
            pk=one.row.pk if one.row else None,
            slug=one.name.slug,
            name=one.name.title,
            category=one.category,
            scale=scale,
            description=one.description,
            element=one.element,
        )
        for one in planned
    ]
    known = [row for row in rows if row.pk]
    # Two elements may swap their names, of which each can exist only once.
    Skill.objects.filter(pk__in=[row.pk for row in known]).update(
        name=Concat(Value("onet:"), "slug")
    )
    Skill.objects.bulk_update(known, ["name", "category", "description", "element"])
    Skill.objects.bulk_create(row for row in rows if not row.pk)
    for one in planned:
        if one.was:
            follow_element(old=one.was, new=one.element)
    _anchors(plan)


def _anchors(plan: Plan) -> None:
    planned = [one for one in plan.skills if one.reanchored]
    pks = dict(
        Skill.objects.filter(element__in=[one.element for one in planned]).values_list(
            "element", "pk"
        )
    )
    Anchor.objects.filter(skill_id__in=pks.values()).delete()
    Anchor.objects.bulk_create(
        Anchor(skill_id=pks[one.element], level=level, text=text)
        for one in planned
        for level, text in one.anchors
    )


def _roles(plan: Plan) -> Iterator[float]:
    """Roles, occupations and versions."""
    pairs = [*((built, None) for built in plan.created), *plan.changed]
    roles = Role.objects.bulk_create(
        [
            Role(
                slug=built.name.slug,
                title=built.name.title,
                summary=built.summary,
                origin=Role.Origin.ONET,
                position=_position(built.found.code),
            )
            for built, _row in pairs
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["title", "summary", "position"],
    )
    yield 0.2
    Occupation.objects.bulk_create(
        [_occupation(built, role.pk) for (built, _row), role in zip(pairs, roles, strict=True)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=UPDATED,
    )
    yield 0.4
    now = timezone.now()
    versions = [
        RoleVersion(
            role_id=role.pk,
            number=row.version + 1 if row else 1,
            title=built.name.title,
            content=built.content,
            sha256=built.content_sha256,
            note=plan.release.name,
            published_at=now,
        )
        for (built, row), role in zip(pairs, roles, strict=True)
        if row is None or needs_version(built, row)
    ]
    RoleVersion.objects.bulk_create(versions, batch_size=200)
    yield 1


UPDATED = [
    "title",
    "job_zone",
    "education",
    "education_shares",
    "unrated",
    "ratings",
    "withdrawn",
    "sha256",
]


def _occupation(built: Built, role: int) -> Occupation:
    found = built.found
    return Occupation(
        code=found.code,
        soc=found.code[:7],
        role_id=role,
        title=found.title,
        job_zone=found.zone,
        education=built.education,
        education_shares=built.education_shares,
        unrated=built.unrated,
        ratings=built.ratings,
        withdrawn=False,
        sha256=built.sha256,
    )


def _position(code: str) -> int:
    """In the order of the codes, and behind every curated role."""
    return int(code.replace("-", "").replace(".", ""))


def _children(written: list[Built], pks: dict[str, int]) -> Iterator[float]:
    """Occupation by occupation, so that no more rows wait in memory than one batch."""
    waiting: dict[Any, list[Any]] = {model: [] for model in CHILDREN}
    for count, built in enumerate(written, start=1):
        found, pk = built.found, pks[built.found.code]
        waiting[Technology] += [
            Technology(
                occupation_id=pk,
                name=one.name,
                kind=one.kind,
                hot=one.hot,
                in_demand=one.in_demand,
            )
            for one in found.technologies
        ]
        waiting[AlternateTitle] += [
            AlternateTitle(occupation_id=pk, title=title) for title in found.titles
        ]
        waiting[RelatedOccupation] += [
            RelatedOccupation(occupation_id=pk, to_id=pks[to], tier=tier, position=position)
            for position, (to, tier) in enumerate(found.related)
        ]
        for model, rows in waiting.items():
            if len(rows) >= BATCH or count == len(written):
                model.objects.bulk_create(rows)
                rows.clear()
                yield count / len(written)


def _release(plan: Plan) -> None:
    release = plan.release
    details = {
        "importance": str(plan.threshold),
        "scales": {
            scale: {"name": one.name, "low": str(one.low), "high": str(one.high)}
            for scale, one in (("LV", release.level), ("IM", release.importance))
        },
        "job_zones": [
            {
                "zone": one.number,
                "name": one.name,
                "experience": one.experience,
                "education": one.education,
                "training": one.training,
                "preparation": one.preparation,
            }
            for one in release.zones.values()
        ],
        "occupations": len(release.occupations),
        "rated": sum(bool(one.ratings) for one in release.occupations.values()),
        "attribution": ATTRIBUTION.format(name=release.name),
        "license": LICENSE,
        "held": stored(onet_scale.SLUG).sha256(),
    }
    Release.objects.update_or_create(
        source=Release.Source.ONET,
        defaults={
            "name": release.name,
            "period": release.period,
            "sha256": import_sha256(release, plan.threshold),
            "details": details,
            "imported_at": timezone.now(),
        },
    )
