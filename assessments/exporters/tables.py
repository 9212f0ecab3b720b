"""The tables that editors move in and out: their columns, and each row as texts.

Rows are told apart by slugs, never by numbers of this database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from assessments.models import Anchor, Requirement, RequirementSkill, Resource, ResourceLink, Skill

LEVELS = range(8)
BETWEEN_SKILLS = "|"


@dataclass(frozen=True)
class Table:
    """`models` are all that an import of it writes; the first one is what its rows are."""

    models: tuple[type[Model], ...]
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbers: frozenset[str]
    cells: Callable[[Any], dict[str, str]]
    related: tuple[tuple[str, ...], tuple[str, ...]]
    order: tuple[str, ...]
    unique: tuple[str, ...] = ()

    @property
    def model(self) -> type[Model]:
        return self.models[0]

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def rows(self, queryset: QuerySet[Any] | None = None) -> QuerySet[Any]:
        rows = self.model._default_manager.all() if queryset is None else queryset
        together, apart = self.related
        return rows.select_related(*together).prefetch_related(*apart).order_by(*self.order)

    def key_of(self, cells: dict[str, str]) -> tuple[str, ...]:
        return tuple(cells[name] for name in self.key)


def text_of(value: Any) -> str:
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Model):
        return str(value.slug)  # type: ignore[attr-defined]
    if isinstance(value, (list, tuple)):
        return BETWEEN_SKILLS.join(text_of(one) for one in value)
    return str(value)


def plain(row: Any, *names: str) -> dict[str, str]:
    return {name: text_of(getattr(row, name)) for name in names}


def skill_cells(skill: Skill) -> dict[str, str]:
    sentences = {anchor.level: anchor.text for anchor in skill.anchors.all()}
    return {
        **plain(skill, "slug", "name", "category", "scale", "description"),
        **{f"level_{level}": sentences.get(level, "") for level in LEVELS},
    }


def requirement_cells(requirement: Requirement) -> dict[str, str]:
    skills = [row.skill for row in requirement.alternatives.all()]
    return {
        **plain(requirement, "role", "slug", "title", "group"),
        "skills": text_of(skills),
        **plain(requirement, "level", "importance", "essential", "reason", "position"),
    }


RESOURCE_COLUMNS = (
    "slug",
    "name",
    "provider",
    "kind",
    "cost",
    "url",
    "search_url",
    "purpose",
    "position",
)
LINK_COLUMNS = ("resource", "skill", "from_level", "to_level", "url", "reason", "hours")

SKILLS = Table(
    models=(Skill, Anchor),
    columns=(
        "slug",
        "name",
        "category",
        "scale",
        "description",
        *(f"level_{level}" for level in LEVELS),
    ),
    key=("slug",),
    numbers=frozenset(),
    cells=skill_cells,
    related=(("scale",), ("anchors", "scale__levels")),
    order=("category", "name"),
    unique=("name",),
)
REQUIREMENTS = Table(
    models=(Requirement, RequirementSkill),
    columns=(
        "role",
        "slug",
        "title",
        "group",
        "skills",
        "level",
        "importance",
        "essential",
        "reason",
        "position",
    ),
    key=("role", "slug"),
    numbers=frozenset({"level", "importance", "position"}),
    cells=requirement_cells,
    related=(("role", "group"), ("alternatives__skill__scale__levels",)),
    order=("role__slug", "position", "pk"),
)
RESOURCES = Table(
    models=(Resource,),
    columns=RESOURCE_COLUMNS,
    key=("slug",),
    numbers=frozenset({"position"}),
    cells=lambda resource: plain(resource, *RESOURCE_COLUMNS),
    related=((), ()),
    order=("position", "name"),
    unique=("name",),
)
LINKS = Table(
    models=(ResourceLink,),
    columns=LINK_COLUMNS,
    key=("resource", "skill", "from_level"),
    numbers=frozenset({"from_level", "to_level", "hours"}),
    cells=lambda link: plain(link, *LINK_COLUMNS),
    related=(("resource", "skill__scale"), ("skill__scale__levels",)),
    order=("resource__slug", "skill__slug", "from_level"),
)
TABLES = {table.name: table for table in (SKILLS, REQUIREMENTS, RESOURCES, LINKS)}
