"""What a role requires, as one frozen value.

A `Definition` is the whole of a role: its career page, its skills with their anchors, its
requirements, qualifications and resources. Publishing stores its canonical JSON; everything that
is ever computed for a report starts from it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cached_property
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Level:
    value: int
    word: str
    meaning: str = ""


@dataclass(frozen=True)
class Scale:
    slug: str
    name: str
    levels: tuple[Level, ...]

    @property
    def top(self) -> int:
        return self.levels[-1].value

    def word(self, value: int) -> str:
        for level in self.levels:
            if level.value == value:
                return level.word
        raise ValueError(f"{value} is not a level of the scale {self.slug}")


@dataclass(frozen=True)
class Anchor:
    level: int
    text: str


@dataclass(frozen=True)
class Correspondence:
    """What in O*NET a skill answers to; `loose` where they overlap without meaning the same.

    `kind` is "element" (`code` is its id) or "technology" (`code` is its name).
    """

    kind: str
    code: str
    loose: bool


@dataclass(frozen=True)
class Skill:
    slug: str
    name: str
    category: str
    scale: str
    description: str
    anchors: tuple[Anchor, ...]
    correspondences: tuple[Correspondence, ...] = ()

    def anchor(self, level: int) -> str:
        """The sentence at this level, or "" where the scale has none there."""
        return next((anchor.text for anchor in self.anchors if anchor.level == level), "")


@dataclass(frozen=True)
class Group:
    slug: str
    title: str
    intro: str = ""


@dataclass(frozen=True)
class Requirement:
    """One skill, or any of several: the best answered one counts.

    `level` is the target, at least 1; `importance` runs from 1 to 5. An `imprecise` level is
    one that its source advises against relying on.
    """

    slug: str
    title: str
    group: str
    skills: tuple[str, ...]
    level: int
    importance: int
    essential: bool
    reason: str = ""
    imprecise: bool = False

    @property
    def any_of(self) -> bool:
        return len(self.skills) > 1


@dataclass(frozen=True)
class Field:
    slug: str
    name: str


@dataclass(frozen=True)
class Qualification:
    """A degree level (any of `degrees`) in any of `fields`."""

    slug: str
    title: str
    degrees: tuple[str, ...]
    fields: tuple[str, ...]
    essential: bool
    importance: int
    reason: str = ""


@dataclass(frozen=True)
class Fact:
    """A figure with its source; `occupation` names whom the figure really describes.

    Numbers are decimal strings, so that 41.21 stays 41.21 in every hash.
    """

    slug: str
    label: str
    value: str
    value_to: str | None
    unit: str
    occupation: str
    source: str
    source_url: str
    source_date: str
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """A piece of the career page; `kind` says which part of it."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True)
class Link:
    """Where in a resource one skill is served, and from which level to which.

    `hours` is how long that takes, where somebody knows better than the general estimate.
    """

    skill: str
    from_level: int
    to_level: int
    url: str
    reason: str
    hours: int | None = None


@dataclass(frozen=True)
class Resource:
    """`search_url` holds "{query}" where the words to search for belong; "" without a search."""

    slug: str
    name: str
    provider: str
    kind: str
    cost: str
    url: str
    purpose: str
    links: tuple[Link, ...] = ()
    search_url: str = ""


# Fields that came later: left out while they say nothing, so that older hashes stay true.
_LATER = {"correspondences": (), "occupations": (), "imprecise": False}


@dataclass(frozen=True)
class Definition:
    """`occupations` are O*NET-SOC codes: where the public statistics count such people."""

    slug: str
    title: str
    summary: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    scales: tuple[Scale, ...]
    groups: tuple[Group, ...]
    requirements: tuple[Requirement, ...]
    qualifications: tuple[Qualification, ...]
    fields: tuple[Field, ...]
    skills: tuple[Skill, ...]
    resources: tuple[Resource, ...]
    occupations: tuple[str, ...] = ()

    @cached_property
    def skills_by_slug(self) -> Mapping[str, Skill]:
        return {skill.slug: skill for skill in self.skills}

    @cached_property
    def scales_by_slug(self) -> Mapping[str, Scale]:
        return {scale.slug: scale for scale in self.scales}

    def skill(self, slug: str) -> Skill:
        return self.skills_by_slug[slug]

    def scale_of(self, skill_slug: str) -> Scale:
        return self.scales_by_slug[self.skill(skill_slug).scale]

    def passages_of(self, kind: str) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if passage.kind == kind)

    def requirements_in(self, group_slug: str) -> tuple[Requirement, ...]:
        return tuple(
            requirement for requirement in self.requirements if requirement.group == group_slug
        )

    def groups_in_use(self) -> Iterator[tuple[Group, tuple[Requirement, ...]]]:
        for group in self.groups:
            if requirements := self.requirements_in(group.slug):
                yield group, requirements

    def as_dict(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_said)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return _build(cls, data)

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls.from_dict(json.loads(text))

    def canonical_json(self) -> str:
        """The same definition always gives the same text, on every machine."""
        return canonical_json(self.as_dict())

    def content_hash(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()


def _said(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name not in _LATER or value != _LATER[name]}


def plain_decimal(value: Decimal) -> str:
    """41.21 and 85720: no trailing zeros, no exponent, no minus before a zero."""
    return format((value + 0).normalize(), "f")


def canonical_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _build(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(
            **{
                field.name: _build(hints[field.name], value[field.name])
                for field in fields(kind)
                if field.name in value
            }
        )
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in value)
    if get_origin(kind) is UnionType and value is not None:
        return _build(get_args(kind)[0], value)
    return value
