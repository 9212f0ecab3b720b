"""What an import would do, compared with what is stored."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from .onet_definitions import Builder, Built
from .onet_names import (
    CATEGORIES,
    Name,
    names_of_roles,
    names_of_skills,
    taken_over,
    withdrawn_titles,
)
from .onet_release import OnetRelease
from .onet_stored import Stored, StoredOccupation, StoredSkill

FORMAT = 1  # of what is made of a release: one more makes every site import its release anew
OnBuilt = Callable[[], None]


@dataclass(frozen=True)
class PlannedSkill:
    """`row` is None for a new one; `changed` whether anything about the row differs.

    `was` is the element id so far, where that is another now.
    """

    element: str
    name: Name
    category: str
    description: str
    anchors: tuple[tuple[int, str], ...]
    row: StoredSkill | None
    changed: bool
    reanchored: bool
    was: str


@dataclass(frozen=True)
class Plan:
    """In the order of the codes. A changed occupation may need no new version; `renamed` are
    withdrawn ones whose title is another's by now."""

    release: OnetRelease
    threshold: Decimal
    levels: tuple[tuple[int, str], ...]
    scale_changed: bool
    skills: tuple[PlannedSkill, ...]
    created: tuple[Built, ...]
    changed: tuple[tuple[Built, StoredOccupation], ...]
    unchanged: int
    removed: tuple[StoredOccupation, ...]
    renamed: tuple[tuple[StoredOccupation, str], ...]
    stored_sha256: str = field(repr=False)

    @property
    def versions(self) -> int:
        """How many versions will be published for occupations that are here already."""
        return sum(needs_version(built, row) for built, row in self.changed)

    @property
    def is_empty(self) -> bool:
        return not (
            self.created
            or self.changed
            or self.removed
            or self.renamed
            or self.scale_changed
            or any(one.changed or one.reanchored for one in self.skills)
        )


def import_sha256(release: OnetRelease, threshold: Decimal) -> str:
    """Of everything that decides what an import makes."""
    return hashlib.sha256(f"{FORMAT} {release.sha256} {threshold}".encode()).hexdigest()


def needs_version(built: Built, row: StoredOccupation) -> bool:
    return built.content_sha256 != row.version_sha256


def plan(
    release: OnetRelease, stored: Stored, *, threshold: Decimal, on_built: OnBuilt = lambda: None
) -> Plan:
    skills = names_of_skills(release, stored)
    roles = names_of_roles(release, stored)
    builder = Builder(release, skills, threshold)
    created, changed = [], []
    unchanged = 0
    for code, found in release.occupations.items():
        built = builder.built(found, roles[code])
        on_built()
        row = stored.occupations.get(code)
        if row is None:
            created.append(built)
        elif _is_same(built, row):
            unchanged += 1
        else:
            changed.append((built, row))
    levels = tuple((one.value, one.word) for one in builder.scale.levels)
    return Plan(
        release=release,
        threshold=threshold,
        levels=levels,
        scale_changed=levels != stored.levels,
        skills=_skills(release, stored, skills),
        created=tuple(created),
        changed=tuple(changed),
        unchanged=unchanged,
        removed=tuple(
            row
            for code, row in stored.occupations.items()
            if code not in release.occupations and not row.withdrawn
        ),
        renamed=tuple(
            (stored.occupations[code], title)
            for code, title in withdrawn_titles(release, stored, roles).items()
        ),
        stored_sha256=stored.sha256(),
    )


def _is_same(built: Built, row: StoredOccupation) -> bool:
    """Also when somebody took rows away by hand it is not."""
    found = built.found
    return (
        not row.withdrawn
        and built.sha256 == row.sha256
        and built.content_sha256 == row.version_sha256
        and (built.name.slug, built.name.title) == (row.slug, row.title)
        and row.children == (len(found.technologies), len(found.titles), len(found.related))
    )


def _skills(
    release: OnetRelease, stored: Stored, names: dict[str, Name]
) -> tuple[PlannedSkill, ...]:
    old = taken_over(release, stored)
    planned = []
    for element, one in release.elements.items():
        row = stored.skills.get(old.get(element, element))
        category = CATEGORIES[one.kind]
        said = (names[element].title, category, one.description)
        was = (row.name, row.category, row.description) if row else None
        planned.append(
            PlannedSkill(
                element=element,
                name=names[element],
                category=category,
                description=one.description,
                anchors=one.anchors,
                row=row,
                changed=said != was or element in old,
                reanchored=one.anchors != (row.anchors if row else ()),
                was=old.get(element, ""),
            )
        )
    return tuple(planned)
