"""What changed from one definition to another, piece by piece."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from .definition import Definition, Link, Passage, Resource, Skill


class Part(StrEnum):
    ROLE = "role"
    PASSAGE = "passage"
    FACT = "fact"
    SCALE = "scale"
    LEVEL = "level"
    GROUP = "group"
    REQUIREMENT = "requirement"
    QUALIFICATION = "qualification"
    FIELD = "field"
    SKILL = "skill"
    ANCHOR = "anchor"
    RESOURCE = "resource"
    LINK = "link"


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """`name` is what people call the thing; `aspect` is the attribute that changed, where one did.

    An anchor's name is its skill's, its aspect the level. A move of several things is one change
    without a name.
    """

    part: Part
    kind: ChangeKind
    name: str = ""
    aspect: str = ""
    before: str = ""
    after: str = ""


def differences(old: Definition | None, new: Definition) -> tuple[Change, ...]:
    """In the order of a role's parts. Empty exactly when the two are equal."""
    if old is None:
        return (Change(Part.ROLE, ChangeKind.ADDED, new.title),)
    return tuple(_all(old, new))


def _all(old: Definition, new: Definition) -> Iterator[Change]:
    for aspect in ("slug", "title", "summary"):
        yield from _aspect(Part.ROLE, new.title, aspect, getattr(old, aspect), getattr(new, aspect))
    yield from _named(Part.REQUIREMENT, old.requirements, new.requirements, "slug", "title")
    yield from _skills(old, new)
    yield from _named(Part.GROUP, old.groups, new.groups, "slug", "title")
    yield from _named(Part.QUALIFICATION, old.qualifications, new.qualifications, "slug", "title")
    yield from _named(Part.FIELD, old.fields, new.fields, "slug", "name")
    yield from _named(Part.FACT, old.facts, new.facts, "slug", "label")
    yield from _passages(old.passages, new.passages)
    yield from _scales(old, new)
    yield from _resources(old, new)


def _aspect(part: Part, name: str, aspect: str, before: Any, after: Any) -> Iterator[Change]:
    if before != after:
        yield Change(part, ChangeKind.CHANGED, name, aspect, _text(before), _text(after))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _named(
    part: Part,
    old: Sequence[Any],
    new: Sequence[Any],
    key: str,
    name: str,
    *,
    without: tuple[str, ...] = (),
) -> Iterator[Change]:
    """Things with a key of their own: added, removed, changed in some aspect, or moved."""
    before, after = _by(old, key), _by(new, key)
    for slug, item in after.items():
        if slug not in before:
            yield Change(part, ChangeKind.ADDED, getattr(item, name))
            continue
        for field in fields(item):
            if field.name not in without:
                yield from _aspect(
                    part,
                    getattr(item, name),
                    field.name,
                    getattr(before[slug], field.name),
                    getattr(item, field.name),
                )
    for slug, item in before.items():
        if slug not in after:
            yield Change(part, ChangeKind.REMOVED, getattr(item, name))
    yield from _moved(part, before, after)


def _moved(
    part: Part, before: Iterable[Any], after: Iterable[Any], name: str = ""
) -> Iterator[Change]:
    before, after = list(before), list(after)
    if [one for one in before if one in after] != [one for one in after if one in before]:
        yield Change(part, ChangeKind.MOVED, name)


def _by(items: Iterable[Any], key: str) -> Mapping[Any, Any]:
    return {getattr(item, key): item for item in items}


def _skills(old: Definition, new: Definition) -> Iterator[Change]:
    yield from _named(Part.SKILL, old.skills, new.skills, "slug", "name", without=("anchors",))
    for skill in new.skills:
        if skill.slug in old.skills_by_slug:
            yield from _anchors(old.skill(skill.slug), skill)


def _anchors(old: Skill, new: Skill) -> Iterator[Change]:
    before = {anchor.level: anchor.text for anchor in old.anchors}
    after = {anchor.level: anchor.text for anchor in new.anchors}
    for level in sorted(before.keys() | after.keys()):
        then, now = before.get(level, ""), after.get(level, "")
        if then == now and (level in before) == (level in after):
            continue
        if level not in before:
            yield Change(Part.ANCHOR, ChangeKind.ADDED, new.name, str(level), "", now)
        elif level not in after:
            yield Change(Part.ANCHOR, ChangeKind.REMOVED, new.name, str(level), then, "")
        else:
            yield Change(Part.ANCHOR, ChangeKind.CHANGED, new.name, str(level), then, now)
    yield from _moved(Part.ANCHOR, before, after, new.name)


def _passages(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Iterator[Change]:
    """Passages have no key: those with the same kind and place among their kind belong together."""
    before, after = _numbered(old), _numbered(new)
    for key, passage in after.items():
        name = passage.title or passage.kind
        if key not in before:
            yield Change(Part.PASSAGE, ChangeKind.ADDED, name)
            continue
        for aspect in ("title", "text"):
            then, now = getattr(before[key], aspect), getattr(passage, aspect)
            yield from _aspect(Part.PASSAGE, name, aspect, then, now)
    for key, passage in before.items():
        if key not in after:
            yield Change(Part.PASSAGE, ChangeKind.REMOVED, passage.title or passage.kind)
    yield from _moved(Part.PASSAGE, before, after)


def _numbered(passages: tuple[Passage, ...]) -> Mapping[tuple[str, int], Passage]:
    counts: dict[str, int] = {}
    found = {}
    for passage in passages:
        counts[passage.kind] = counts.get(passage.kind, 0) + 1
        found[passage.kind, counts[passage.kind]] = passage
    return found


def _scales(old: Definition, new: Definition) -> Iterator[Change]:
    yield from _named(Part.SCALE, old.scales, new.scales, "slug", "name", without=("levels",))
    for scale in new.scales:
        if scale.slug in old.scales_by_slug:
            levels = old.scales_by_slug[scale.slug].levels
            yield from _named(Part.LEVEL, levels, scale.levels, "value", "word")


def _resources(old: Definition, new: Definition) -> Iterator[Change]:
    yield from _named(
        Part.RESOURCE, old.resources, new.resources, "slug", "name", without=("links",)
    )
    before = _by(old.resources, "slug")
    for resource in new.resources:
        if resource.slug in before:
            yield from _links(old, new, before[resource.slug], resource)


def _links(old: Definition, new: Definition, before: Resource, after: Resource) -> Iterator[Change]:
    then = {(link.skill, link.from_level): link for link in before.links}
    now = {(link.skill, link.from_level): link for link in after.links}
    for key, link in now.items():
        name = f"{after.name}: {_skill_name(new, link)}"
        if key not in then:
            yield Change(Part.LINK, ChangeKind.ADDED, name, "", "", link.url)
            continue
        for aspect in ("to_level", "url", "reason"):
            yield from _aspect(
                Part.LINK, name, aspect, getattr(then[key], aspect), getattr(link, aspect)
            )
    for key, link in then.items():
        if key not in now:
            name = f"{after.name}: {_skill_name(old, link)}"
            yield Change(Part.LINK, ChangeKind.REMOVED, name, "", link.url, "")
    yield from _moved(Part.LINK, then, now, after.name)


def _skill_name(definition: Definition, link: Link) -> str:
    skill = definition.skills_by_slug.get(link.skill)
    return skill.name if skill else link.skill
