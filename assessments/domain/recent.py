"""Coming back the short way: which answers need not be given again."""

from .definition import Definition
from .gaps import Answers, result


def settled(definition: Definition, answers: Answers) -> tuple[str, ...]:
    """Skills whose targets are all met by `answers` alone, in the definition's order.

    A skill that also counts towards a target that is not met is left out, and so is every other
    skill of that target: one of its answers would else keep the rest from being asked.
    """
    met = {gap.requirement.slug for gap in result(definition, answers).met}
    named: dict[str, list[bool]] = {}
    for requirement in definition.requirements:
        for skill in requirement.skills:
            named.setdefault(skill, []).append(requirement.slug in met)
    return tuple(slug for slug in named if slug in answers and all(named[slug]))
