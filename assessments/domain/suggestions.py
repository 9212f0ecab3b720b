"""Which resources fit a gap: those that take the person on from the level they are at."""

from collections.abc import Iterable
from dataclasses import dataclass

from .definition import Link, Resource

_COST_ORDER = {"free": 0, "free-and-paid": 1, "paid": 2}


@dataclass(frozen=True)
class Suggestion:
    resource: Resource
    link: Link


def suggestions(
    resources: Iterable[Resource],
    skill: str,
    have: int | None,
    need: int,
    most: int = 3,
) -> tuple[Suggestion, ...]:
    """Most fitting first: one that starts at or below the level held and goes beyond it, the
    nearest start first, then the further reach (up to the target), then the cheaper.

    Someone whose level is unknown starts from 0. A resource is offered once.
    """
    level = have or 0
    fitting = [
        Suggestion(resource, link)
        for resource in resources
        for link in resource.links
        if link.skill == skill and link.to_level > level and link.from_level < need
    ]
    fitting.sort(
        key=lambda one: (
            max(0, one.link.from_level - level),
            level - min(level, one.link.from_level),
            -min(one.link.to_level, need),
            _COST_ORDER.get(one.resource.cost, len(_COST_ORDER)),
        )
    )
    chosen: dict[str, Suggestion] = {}
    for one in fitting:
        chosen.setdefault(one.resource.slug, one)
    return tuple(chosen.values())[:most]
