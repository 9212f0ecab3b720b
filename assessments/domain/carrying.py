"""Which answers still mean the same under another definition."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from .definition import Definition, Skill, canonical_json


@dataclass(frozen=True)
class Carrying:
    """Slugs of skills, in the order of the definition that asks for them.

    kept      answered, and still asked in the same words on the same scale
    reworded  asked by both, but a sentence or the scale differs: to be answered again
    new       asked only by the new definition
    gone      answered, and no longer asked
    """

    kept: tuple[str, ...]
    reworded: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def to_answer_again(self) -> int:
        return len(self.reworded) + len(self.new)


def carrying(old: Definition, new: Definition, answered: Collection[str]) -> Carrying:
    both = [skill for skill in new.skills if skill.slug in old.skills_by_slug]
    same = [skill.slug for skill in both if means_the_same(old, new, skill)]
    return Carrying(
        kept=tuple(slug for slug in same if slug in answered),
        reworded=tuple(skill.slug for skill in both if skill.slug not in same),
        new=tuple(one.slug for one in new.skills if one.slug not in old.skills_by_slug),
        gone=tuple(
            one.slug
            for one in old.skills
            if one.slug in answered and one.slug not in new.skills_by_slug
        ),
    )


def means_the_same(old: Definition, new: Definition, skill: Skill) -> bool:
    """The name and the description may change; the sentences and the scale's levels may not."""
    before = old.skill(skill.slug)
    return before.anchors == skill.anchors and (
        old.scale_of(skill.slug).levels == new.scale_of(skill.slug).levels
    )


def meaning(definition: Definition, skill: str) -> str:
    """A mark for the sentences and the levels, alike where `means_the_same`."""
    anchors = [vars(one) for one in definition.skill(skill).anchors]
    levels = [vars(one) for one in definition.scale_of(skill).levels]
    text = canonical_json([anchors, levels])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def education_means_the_same(old: Definition, new: Definition, field: str) -> bool:
    """`field` is "" without one; a slug that is not listed means "none of those listed"."""
    before = {one.slug: one.name for one in old.fields}
    after = {one.slug: one.name for one in new.fields}
    if not field:
        return True
    if field in before:
        return after.get(field) == before[field]
    return after.items() <= before.items()
