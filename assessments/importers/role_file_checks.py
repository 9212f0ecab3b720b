"""What must hold between the parts of a role file, and the order its parts are kept in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import yaml

from assessments.domain.definition import Anchor, Definition, Requirement, Resource, Skill
from assessments.importers.yaml_nodes import Reader

HIGHEST_LEVEL = 7


def check(found: Definition, nodes: Mapping[int, yaml.Node], read: Reader) -> None:
    """Adds an error to `read` for every broken reference, duplicate and level off its scale."""

    def error(item: object, message: str) -> None:
        read.error(nodes[id(item)], message)

    for parts, name in (
        (found.facts, "slug"),
        (found.scales, "slug"),
        (found.groups, "slug"),
        (found.requirements, "slug"),
        (found.requirements, "title"),
        (found.qualifications, "slug"),
        (found.fields, "slug"),
        (found.skills, "slug"),
        (found.skills, "name"),
        (found.resources, "slug"),
        (found.resources, "name"),
    ):
        _once(parts, name, error)
    _skills(found, error)
    for requirement in found.requirements:
        _requirement(found, requirement, error)
    _qualifications(found, error)
    for resource in found.resources:
        _resource(found, resource, error)


Complain = Callable[[object, str], None]


def _once(parts: Iterable[object], name: str, error: Complain) -> None:
    seen: set[str] = set()
    for one in parts:
        value = getattr(one, name).casefold()
        if value in seen:
            error(one, f"The {name} “{getattr(one, name)}” stands here twice. Change one.")
        seen.add(value)


def _skills(found: Definition, error: Complain) -> None:
    required = {slug for one in found.requirements for slug in one.skills}
    used_scales = {one.scale for one in found.skills}
    for scale in found.scales:
        if scale.slug not in used_scales:
            error(scale, f"No skill uses the scale “{scale.slug}”. Remove it.")
        if len(scale.levels) < 2:
            error(scale, "A scale needs at least two levels.")
    for skill in found.skills:
        if skill.slug not in required:
            error(skill, f"No requirement names “{skill.slug}”. Name it in one, or remove it.")
        if skill.scale not in found.scales_by_slug:
            error(skill, f"There is no scale “{skill.scale}” in this file.")
        else:
            _anchors(found, skill, error)
        _correspondences(skill, error)


def _anchors(found: Definition, skill: Skill, error: Complain) -> None:
    levels = [level.value for level in found.scales_by_slug[skill.scale].levels]
    for anchor in skill.anchors:
        if anchor.level not in levels:
            error(anchor, f"The scale “{skill.scale}” has no level {anchor.level}.")


def _correspondences(skill: Skill, error: Complain) -> None:
    seen: set[tuple[str, str]] = set()
    for one in skill.correspondences:
        if (one.kind, one.code) in seen:
            error(one, f"“{one.code}” stands here twice. Remove one.")
        seen.add((one.kind, one.code))


def _requirement(found: Definition, requirement: Requirement, error: Complain) -> None:
    if requirement.group not in {group.slug for group in found.groups}:
        error(requirement, f"There is no group “{requirement.group}” in this file.")
    if len(set(requirement.skills)) < len(requirement.skills):
        error(requirement, "The same skill stands here twice. Remove one.")
    for slug in requirement.skills:
        if slug not in found.skills_by_slug:
            error(requirement, f"There is no skill “{slug}” in this file.")
        elif requirement.level > (top := _top(found, slug)):
            error(requirement, f"“{slug}” ends at level {top}: ask for that at most.")


def _qualifications(found: Definition, error: Complain) -> None:
    known = {field.slug for field in found.fields}
    for one in found.qualifications:
        for slug in one.fields:
            if slug not in known:
                error(one, f"There is no field “{slug}” in this file.")
    used = {slug for one in found.qualifications for slug in one.fields}
    for field in found.fields:
        if field.slug not in used:
            error(field, f"No qualification names the field “{field.slug}”. Remove it.")


def _resource(found: Definition, resource: Resource, error: Complain) -> None:
    if not resource.links:
        error(resource, "Give the resource at least one link to a skill, or remove it.")
    seen: set[tuple[str, int]] = set()
    for link in resource.links:
        if link.skill not in found.skills_by_slug:
            error(link, f"There is no skill “{link.skill}” in this file.")
            continue
        top = _top(found, link.skill)
        if not link.from_level < link.to_level <= top:
            error(link, f"“from” must be below “to”, and “to” at most {top}.")
        if (link.skill, link.from_level) in seen:
            error(link, "There is already a link for this skill from this level. Remove one.")
        seen.add((link.skill, link.from_level))


def _top(found: Definition, skill: str) -> int:
    """Of the skill's scale. One that is missing or empty is an error of its own, not one more."""
    scale = found.scales_by_slug.get(found.skill(skill).scale)
    return scale.top if scale and scale.levels else HIGHEST_LEVEL


def in_draft_order(found: Definition) -> Definition:
    """As `draft_definition` reads it back from rows: skills by first use, links by skill."""
    slugs = list(dict.fromkeys(slug for one in found.requirements for slug in one.skills))
    place = {slug: number for number, slug in enumerate(slugs)}
    skills = [
        replace(found.skill(slug), anchors=tuple(sorted(found.skill(slug).anchors, key=_level)))
        for slug in slugs
    ]
    scales = dict.fromkeys(skill.scale for skill in skills)
    return replace(
        found,
        scales=tuple(found.scales_by_slug[slug] for slug in scales),
        skills=tuple(skills),
        qualifications=tuple(
            replace(one, fields=_fields_in_order(found, one.fields)) for one in found.qualifications
        ),
        resources=tuple(
            replace(
                one,
                links=tuple(
                    sorted(one.links, key=lambda link: (place[link.skill], link.from_level))
                ),
            )
            for one in found.resources
        ),
    )


def _fields_in_order(found: Definition, slugs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field.slug for field in found.fields if field.slug in slugs)


def _level(anchor: Anchor) -> int:
    return anchor.level
