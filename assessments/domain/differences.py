"""What changed from one definition to another, piece by piece."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any

from .definition import Definition, Passage, Resource, Skill


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
    CORRESPONDENCE = "correspondence"
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

    An anchor's name is its skill's, its aspect the level. Things that merely stand in another
    order are one change without a name, for each part.
    """

    part: Part
    kind: ChangeKind
    name: str = ""
    aspect: str = ""
    before: str = ""
    after: str = ""


Names = Mapping[str, Mapping[str, str]]
"""What people call a slug, by the aspect that holds it."""


def differences(old: Definition | None, new: Definition) -> tuple[Change, ...]:
    """In the order of a role's parts. Empty exactly when the two are equal."""
    if old is None:
        return (Change(Part.ROLE, ChangeKind.ADDED, new.title),)
    return tuple(_all(old, new))


def _all(old: Definition, new: Definition) -> Iterator[Change]:
    said = (_names(old), _names(new))
    aspects = ("slug", "title", "summary", "occupations")
    yield from _aspects(Part.ROLE, new.title, old, new, aspects, said)
    yield from _named(Part.REQUIREMENT, old.requirements, new.requirements, "title", said)
    parts = ("anchors", "correspondences")
    yield from _named(Part.SKILL, old.skills, new.skills, "name", said, without=parts)
    yield from _anchors(old, new)
    yield from _correspondences(old, new)
    yield from _named(Part.GROUP, old.groups, new.groups, "title", said)
    yield from _named(Part.QUALIFICATION, old.qualifications, new.qualifications, "title", said)
    yield from _named(Part.FIELD, old.fields, new.fields, "name", said)
    yield from _named(Part.FACT, old.facts, new.facts, "label", said)
    yield from _passages(old.passages, new.passages)
    yield from _named(Part.SCALE, old.scales, new.scales, "name", said, without=("levels",))
    yield from _levels(old, new)
    yield from _named(Part.RESOURCE, old.resources, new.resources, "name", said, without=("links",))
    yield from _links(old, new, said)


def _names(definition: Definition) -> Names:
    return {
        "skills": {one.slug: one.name for one in definition.skills},
        "group": {one.slug: one.title for one in definition.groups},
        "scale": {one.slug: one.name for one in definition.scales},
        "fields": {one.slug: one.name for one in definition.fields},
    }


def _named(
    part: Part,
    old: Sequence[Any],
    new: Sequence[Any],
    name: str,
    said: tuple[Names, Names],
    *,
    key: str = "slug",
    without: Collection[str] = (),
) -> Iterator[Change]:
    """Things with a key of their own: added, removed, changed in some aspect, or moved."""
    before, after = _by(old, attrgetter(key)), _by(new, attrgetter(key))
    for slug, item in after.items():
        if slug in before:
            aspects = [one.name for one in fields(item) if one.name not in without]
            yield from _aspects(part, getattr(item, name), before[slug], item, aspects, said)
        else:
            yield Change(part, ChangeKind.ADDED, getattr(item, name))
    for slug, item in before.items():
        if slug not in after:
            yield Change(part, ChangeKind.REMOVED, getattr(item, name))
    if _is_moved(before, after):
        yield Change(part, ChangeKind.MOVED)


def _by(items: Iterable[Any], key: Callable[[Any], Any]) -> Mapping[tuple[Any, int], Any]:
    """By key, and by number among those with the same key: a twin is a difference too."""
    counts: Counter[Any] = Counter()
    found = {}
    for item in items:
        counts[key(item)] += 1
        found[key(item), counts[key(item)]] = item
    return found


def _is_moved(before: Iterable[Any], after: Iterable[Any]) -> bool:
    then, now = list(before), list(after)
    both = set(then) & set(now)
    return [one for one in then if one in both] != [one for one in now if one in both]


def _aspects(
    part: Part,
    name: str,
    old: Any,
    new: Any,
    aspects: Iterable[str],
    said: tuple[Names, Names],
) -> Iterator[Change]:
    for aspect in aspects:
        then, now = getattr(old, aspect), getattr(new, aspect)
        if then == now:
            continue
        before, after = _text(then, said[0].get(aspect, {})), _text(now, said[1].get(aspect, {}))
        if before == after:  # two slugs that go by one name
            before, after = _text(then), _text(now)
        if part is Part.REQUIREMENT and aspect == "level":  # never as if it were sound
            before, after = before + "?" * old.imprecise, after + "?" * new.imprecise
        yield Change(part, ChangeKind.CHANGED, name, aspect, before, after)


def _text(value: Any, names: Mapping[str, str] | None = None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(_text(one, names) for one in value)
    return "" if value is None else (names or {}).get(str(value), str(value))


def _pairs(
    old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Any] = attrgetter("slug")
) -> Iterator[tuple[Any, Any]]:
    before = _by(old, key)
    for slug, item in _by(new, key).items():
        if slug in before:
            yield before[slug], item


def _anchors(old: Definition, new: Definition) -> Iterator[Change]:
    moved = False
    for then, now in _pairs(old.skills, new.skills):
        yield from _anchors_of(then, now)
        moved |= _is_moved(*(_by(one.anchors, attrgetter("level")) for one in (then, now)))
    if moved:
        yield Change(Part.ANCHOR, ChangeKind.MOVED)


def _anchors_of(old: Skill, new: Skill) -> Iterator[Change]:
    before, after = (_by(one.anchors, attrgetter("level")) for one in (old, new))
    for key in sorted(before.keys() | after.keys()):
        level = str(key[0])
        if key not in before:
            yield Change(Part.ANCHOR, ChangeKind.ADDED, new.name, level, "", after[key].text)
        elif key not in after:
            yield Change(Part.ANCHOR, ChangeKind.REMOVED, new.name, level, before[key].text, "")
        elif (then := before[key].text) != (now := after[key].text):
            yield Change(Part.ANCHOR, ChangeKind.CHANGED, new.name, level, then, now)


def _correspondences(old: Definition, new: Definition) -> Iterator[Change]:
    key, moved = attrgetter("kind", "code"), False
    for then, now in _pairs(old.skills, new.skills):
        before, after = (_by(one.correspondences, key) for one in (then, now))
        for one in after:
            name = f"{now.name}: {after[one].code}"
            if one in before:
                both = before[one], after[one]
                yield from _aspects(Part.CORRESPONDENCE, name, *both, ("loose",), ({}, {}))
            else:
                yield Change(Part.CORRESPONDENCE, ChangeKind.ADDED, name)
        for one in before:
            if one not in after:
                name = f"{now.name}: {before[one].code}"
                yield Change(Part.CORRESPONDENCE, ChangeKind.REMOVED, name)
        moved |= _is_moved(before, after)
    if moved:
        yield Change(Part.CORRESPONDENCE, ChangeKind.MOVED)


def _passages(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Iterator[Change]:
    earlier = _earlier_places(old, new)
    for place, passage in enumerate(new):
        name = passage.title or passage.kind
        if place in earlier:
            then = old[earlier[place]]
            yield from _aspects(Part.PASSAGE, name, then, passage, ("title", "text"), ({}, {}))
        else:
            yield Change(Part.PASSAGE, ChangeKind.ADDED, name, "", "", passage.text)
    for place, passage in enumerate(old):
        if place not in earlier.values():
            name = passage.title or passage.kind
            yield Change(Part.PASSAGE, ChangeKind.REMOVED, name, "", passage.text, "")
    if _is_moved(sorted(earlier.values()), [earlier[place] for place in sorted(earlier)]):
        yield Change(Part.PASSAGE, ChangeKind.MOVED)


def _earlier_places(old: Sequence[Passage], new: Sequence[Passage]) -> Mapping[int, int]:
    """Where each passage stood. They have no key: first those that are the same are paired, then
    those with the same kind and title, then what is left of each kind, in order."""
    found: dict[int, int] = {}
    for key in (_whole, attrgetter("kind", "title"), attrgetter("kind")):
        taken = set(found.values())
        left = _by((place for place in range(len(old)) if place not in taken), _at(old, key))
        rest = _by((place for place in range(len(new)) if place not in found), _at(new, key))
        found |= {place: left[one] for one, place in rest.items() if one in left}
    return found


def _whole(passage: Passage) -> Passage:
    return passage


def _at(passages: Sequence[Passage], key: Callable[[Passage], Any]) -> Callable[[int], Any]:
    return lambda place: key(passages[place])


def _levels(old: Definition, new: Definition) -> Iterator[Change]:
    for then, now in _pairs(old.scales, new.scales):
        yield from _named(Part.LEVEL, then.levels, now.levels, "word", ({}, {}), key="value")


def _links(old: Definition, new: Definition, said: tuple[Names, Names]) -> Iterator[Change]:
    key, moved = attrgetter("skill", "from_level"), False
    for then, now in _pairs(old.resources, new.resources):
        yield from _links_of(then, now, said)
        moved |= _is_moved(*(_by(one.links, key) for one in (then, now)))
    if moved:
        yield Change(Part.LINK, ChangeKind.MOVED)


def _links_of(old: Resource, new: Resource, said: tuple[Names, Names]) -> Iterator[Change]:
    """A link is known by its skill and the level it starts from: another of these, another link."""
    before, after = (_by(one.links, attrgetter("skill", "from_level")) for one in (old, new))
    for key, link in after.items():
        name = f"{new.name}: {said[1]['skills'].get(link.skill, link.skill)}"
        if key in before:
            aspects = ("to_level", "url", "reason", "hours")
            yield from _aspects(Part.LINK, name, before[key], link, aspects, said)
        else:
            yield Change(Part.LINK, ChangeKind.ADDED, name, "", "", link.url)
    for key, link in before.items():
        if key not in after:
            name = f"{new.name}: {said[0]['skills'].get(link.skill, link.skill)}"
            yield Change(Part.LINK, ChangeKind.REMOVED, name, "", link.url, "")
