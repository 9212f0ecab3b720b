"""What a draft must have before it is published, and what only deserves a second look."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from . import anchors
from .definition import Definition, Requirement

# Pages of their own under /roles/, so that no role can have these short names.
RESERVED_SLUGS = frozenset({"nearest"})
STYLED_SCALE = "curated"  # anchors from elsewhere keep their source's wording


class ProblemKind(StrEnum):
    ANCHOR = "anchor"
    NO_ANCHORS = "no-anchors"
    NO_REQUIREMENTS = "no-requirements"
    NO_SKILL = "no-skill"
    UNKNOWN_GROUP = "unknown-group"
    REPEATED_SKILL = "repeated-skill"
    MIXED_SCALES = "mixed-scales"
    NO_LEVELS = "no-levels"
    TARGET_TOO_HIGH = "target-too-high"
    NO_RESOURCE = "no-resource"
    DUPLICATE_SKILL = "duplicate-skill"
    DUPLICATE_TITLE = "duplicate-title"
    LEVEL_WITHOUT_RESOURCE = "level-without-resource"
    EMPTY_GROUP = "empty-group"
    NO_FACTS = "no-facts"
    NO_PASSAGES = "no-passages"


WARNINGS = {
    ProblemKind.LEVEL_WITHOUT_RESOURCE,
    ProblemKind.EMPTY_GROUP,
    ProblemKind.NO_FACTS,
    ProblemKind.NO_PASSAGES,
}


@dataclass(frozen=True)
class Problem:
    """`where` names the skill, requirement or group; `anchor` is set for problems of sentences."""

    kind: ProblemKind
    where: str
    detail: str = ""
    anchor: anchors.Problem | None = None

    @property
    def blocks(self) -> bool:
        return self.kind not in WARNINGS


def problems(definition: Definition) -> tuple[Problem, ...]:
    """Those that block first, each part in the role's order."""
    found = [
        *_of_role(definition),
        *_duplicates(ProblemKind.DUPLICATE_SKILL, (skill.name for skill in definition.skills)),
        *_duplicates(ProblemKind.DUPLICATE_TITLE, (one.title for one in definition.requirements)),
    ]
    for requirement in definition.requirements:
        found += _of_requirement(definition, requirement)
    found += _of_anchors(definition)
    return tuple(sorted(found, key=lambda problem: not problem.blocks))


def _of_role(definition: Definition) -> Iterator[Problem]:
    if not definition.requirements:
        yield Problem(ProblemKind.NO_REQUIREMENTS, definition.title)
    if not definition.facts:
        yield Problem(ProblemKind.NO_FACTS, definition.title)
    if not definition.passages:
        yield Problem(ProblemKind.NO_PASSAGES, definition.title)
    for scale in definition.scales:
        if not scale.levels:
            yield Problem(ProblemKind.NO_LEVELS, scale.name)
    for group in definition.groups:
        if not definition.requirements_in(group.slug):
            yield Problem(ProblemKind.EMPTY_GROUP, group.title)


def _duplicates(kind: ProblemKind, names: Iterable[str]) -> Iterator[Problem]:
    """Each name once, however often it stands there."""
    count: Counter[str] = Counter()
    for name in names:
        count[name.casefold()] += 1
        if count[name.casefold()] == 2:
            yield Problem(kind, name)


def _of_requirement(definition: Definition, requirement: Requirement) -> Iterator[Problem]:
    where = requirement.title
    if requirement.group not in {group.slug for group in definition.groups}:
        yield Problem(ProblemKind.UNKNOWN_GROUP, where, requirement.group)
    if not requirement.skills:
        yield Problem(ProblemKind.NO_SKILL, where)
        return
    if len(set(requirement.skills)) < len(requirement.skills):
        yield Problem(ProblemKind.REPEATED_SKILL, where)
    scales = dict.fromkeys(definition.scale_of(slug) for slug in requirement.skills)
    if len(scales) > 1:
        names = ", ".join(scale.name for scale in scales)
        yield Problem(ProblemKind.MIXED_SCALES, where, names)
        return
    scale = definition.scale_of(requirement.skills[0])
    if not scale.levels:
        return
    top = scale.top
    if requirement.level > top:
        yield Problem(ProblemKind.TARGET_TOO_HIGH, where, str(top))
    yield from _of_resources(definition, requirement)


def _of_resources(definition: Definition, requirement: Requirement) -> Iterator[Problem]:
    """Levels below the target from which no resource of any alternative leads on."""
    spans = [
        (link.from_level, link.to_level)
        for resource in definition.resources
        for link in resource.links
        if link.skill in requirement.skills
    ]
    uncovered = [
        level
        for level in range(requirement.level)
        if not any(start <= level < end for start, end in spans)
    ]
    if len(uncovered) == requirement.level:
        yield Problem(ProblemKind.NO_RESOURCE, requirement.title)
    elif uncovered:
        levels = ", ".join(map(str, uncovered))
        yield Problem(ProblemKind.LEVEL_WITHOUT_RESOURCE, requirement.title, levels)


def _of_anchors(definition: Definition) -> Iterator[Problem]:
    for skill in definition.skills:
        if skill.scale != STYLED_SCALE:
            if not skill.anchors:
                yield Problem(ProblemKind.NO_ANCHORS, skill.name)
            continue
        sentences = {anchor.level: anchor.text for anchor in skill.anchors}
        levels = [level.value for level in definition.scales_by_slug[skill.scale].levels]
        for problem in anchors.problems_of(sentences, levels):
            yield Problem(ProblemKind.ANCHOR, skill.name, anchor=problem)
