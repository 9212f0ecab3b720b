"""What the database holds of earlier imports, read before anything is planned."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from assessments.domain.definition import canonical_json
from assessments.models import (
    AlternateTitle,
    Anchor,
    Occupation,
    RelatedOccupation,
    Role,
    RoleVersion,
    ScaleLevel,
    Skill,
    Technology,
)

CHILDREN = (Technology, AlternateTitle, RelatedOccupation)


@dataclass(frozen=True)
class StoredOccupation:
    """`version` is the number of the newest version, 0 for none; `children` how many rows of
    each of CHILDREN belong to it."""

    pk: int
    role: int
    slug: str
    title: str
    withdrawn: bool
    sha256: str
    version: int
    version_sha256: str
    children: tuple[int, ...]


@dataclass(frozen=True)
class StoredSkill:
    pk: int
    slug: str
    name: str
    category: str
    description: str
    anchors: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Stored:
    """Skills by element id; `names` and `slugs` are those that others have taken."""

    occupations: dict[str, StoredOccupation]
    skills: dict[str, StoredSkill]
    levels: tuple[tuple[int, str], ...]
    role_titles: frozenset[str] = field(repr=False)
    role_slugs: frozenset[str] = field(repr=False)
    skill_names: frozenset[str] = field(repr=False)
    skill_slugs: frozenset[str] = field(repr=False)

    def sha256(self) -> str:
        """Equal as long as nothing of it has changed."""
        said: list[Any] = [
            [[code, *_plain(one)] for code, one in sorted(self.occupations.items())],
            [[element, *_plain(one)] for element, one in sorted(self.skills.items())],
            self.levels,
        ]
        return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def _plain(one: StoredOccupation | StoredSkill) -> list[Any]:
    return [getattr(one, name) for name in one.__dataclass_fields__]


def stored(scale: str) -> Stored:
    """`scale` is the slug of the scale of the rated elements."""
    others = Role.objects.exclude(origin=Role.Origin.ONET)
    curated = Skill.objects.filter(element__isnull=True)
    return Stored(
        occupations=_occupations(),
        skills=_skills(),
        levels=tuple(
            ScaleLevel.objects.filter(scale__slug=scale)
            .order_by("value")
            .values_list("value", "word")
        ),
        role_titles=_folded(others.values_list("title", flat=True)),
        role_slugs=frozenset(others.values_list("slug", flat=True)),
        skill_names=_folded(curated.values_list("name", flat=True)),
        skill_slugs=frozenset(curated.values_list("slug", flat=True)),
    )


def _folded(names: Any) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _occupations() -> dict[str, StoredOccupation]:
    versions = {
        role: (number, sha256)
        for role, number, sha256 in RoleVersion.objects.filter(role__origin=Role.Origin.ONET)
        .order_by("number")
        .values_list("role_id", "number", "sha256")
    }
    children: dict[int, Counter[int]] = defaultdict(Counter)
    for place, model in enumerate(CHILDREN):
        counted = model._default_manager.order_by().values_list("occupation_id")
        for occupation, count in counted.annotate(count=Count("pk")):
            children[occupation][place] = count
    rows = Occupation.objects.values_list(
        "code", "pk", "role_id", "role__slug", "role__title", "withdrawn", "sha256"
    )
    return {
        code: StoredOccupation(
            pk,
            role,
            slug,
            title,
            withdrawn,
            sha256,
            *versions.get(role, (0, "")),
            tuple(children[pk][place] for place in range(len(CHILDREN))),
        )
        for code, pk, role, slug, title, withdrawn, sha256 in rows
    }


def _skills() -> dict[str, StoredSkill]:
    anchors: dict[int, list[tuple[int, str]]] = defaultdict(list)
    of_elements = Anchor.objects.filter(skill__element__isnull=False).order_by("level")
    for skill, level, text in of_elements.values_list("skill_id", "level", "text"):
        anchors[skill].append((level, text))
    rows = Skill.objects.filter(element__isnull=False).values_list(
        "element", "pk", "slug", "name", "category", "description"
    )
    return {
        str(element): StoredSkill(pk, slug, name, category, description, tuple(anchors[pk]))
        for element, pk, slug, name, category, description in rows
    }
