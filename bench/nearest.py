"""How long it takes to find the nearest of a thousand roles: `python -m bench.nearest`.

A thousand made-up roles that ask for all 68 elements, and somebody who has answered every one:
the worst that can come. Beside it the obvious way, the rules of a report once for every role.
"""

import random
from collections.abc import Callable
from statistics import median
from time import perf_counter

from assessments.domain.answers import Answer
from assessments.domain.definition import Definition, Level, Requirement, Scale, Skill
from assessments.domain.evidence import Known
from assessments.domain.gaps import result
from assessments.domain.nearest import Roles, between, nearest
from assessments.domain.profiles import Asked, Profile
from assessments.domain.readiness import readiness
from assessments.domain.stepping_stones import Landscape

ROLES = 1_000
ELEMENTS = tuple(f"2.{number}" for number in range(68))
TOP = 7
SHOWN = 20
TARGET_MS = 25
SCALE = Scale("onet-level", "O*NET level", tuple(Level(n, str(n)) for n in range(TOP + 1)))


def made_up(number: int, chance: random.Random) -> Profile:
    asked = tuple(
        Asked(one, chance.randint(1, TOP), chance.randint(3, 5), chance.random() < 0.3)
        for one in ELEMENTS
    )
    return Profile(f"{number:05}", asked, {one.element: one.level for one in asked})


def as_definition(profile: Profile) -> Definition:
    return Definition(
        slug=profile.code,
        title=profile.code,
        summary="",
        passages=(),
        facts=(),
        scales=(SCALE,),
        groups=(),
        requirements=tuple(
            Requirement(
                one.element,
                one.element,
                "",
                (one.element,),
                one.level,
                one.importance,
                one.essential,
            )
            for one in profile.asked
        ),
        qualifications=(),
        fields=(),
        skills=tuple(Skill(one, one, "", SCALE.slug, "", ()) for one in ELEMENTS),
        resources=(),
    )


def main() -> None:
    chance = random.Random(20)  # noqa: S311 - nothing secret
    profiles = [made_up(number, chance) for number in range(ROLES)]
    levels = {one: chance.randint(0, TOP) for one in ELEMENTS}
    known = {one: Known(level, level, True, False) for one, level in levels.items()}
    started = perf_counter()
    roles = Roles(profiles, TOP)
    print(f"made ready, once per process and release: {(perf_counter() - started) * 1000:8.1f} ms")

    def quick() -> None:
        found = nearest(roles, known)
        for one in found.ranked[:SHOWN]:
            between(one.profile, known)

    definitions = [as_definition(one) for one in profiles]
    answers = {slug: Answer(level) for slug, level in levels.items()}

    def obvious() -> None:
        found = [readiness(result(one, answers)) for one in definitions]
        found.sort(key=lambda one: one.low)

    fast, slow = timed(quick, 30), timed(obvious, 3)
    print(
        f"{ROLES} roles x {len(ELEMENTS)} skills, median:     {fast:8.1f} ms (at most {TARGET_MS})"
    )
    print(f"the obvious way, role by role:            {slow:8.1f} ms ({slow / fast:.0f} x)")
    print(f"a way over stepping stones, median:       {steps(profiles, chance):8.1f} ms")


def steps(profiles: list[Profile], chance: random.Random) -> float:
    codes = [one.code for one in profiles]
    related = [(code, other) for code in codes for other in chance.sample(codes, 20)]
    land = Landscape(profiles, related, TOP)
    return timed(lambda: land.route(*chance.sample(codes, 2)), 30)


def timed(work: Callable[[], object], times: int) -> float:
    """Median, in milliseconds."""
    found = []
    for _number in range(times):
        started = perf_counter()
        work()
        found.append((perf_counter() - started) * 1000)
    return median(found)


if __name__ == "__main__":
    main()
