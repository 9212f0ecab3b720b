"""Rated occupations for tests of the rules, and the same thing said as ordinary definitions."""

from fractions import Fraction

from hypothesis import strategies as st

from assessments.domain.answers import Answer
from assessments.domain.definition import Group, Level, Scale, Skill
from assessments.domain.definition import Requirement as Target
from assessments.domain.evidence import Known
from assessments.domain.gaps import result
from assessments.domain.profiles import Asked, Profile
from assessments.domain.readiness import readiness
from tests.definitions import definition

TOP = 7
ELEMENTS = tuple(f"2.A.1.{letter}" for letter in "abcdef")
SCALE = Scale("onet-level", "O*NET level", tuple(Level(n, f"Level {n}") for n in range(TOP + 1)))


def asked(element, level=4, *, importance=3, essential=False, imprecise=False):
    return Asked(element, level, importance, essential, imprecise)


def profile(code, *targets, **levels):
    """People there can do what is asked for; `levels` says what else, with "_" for "."."""
    own = {one.element: one.level for one in targets if not one.imprecise}
    return Profile(code, targets, own | {name.replace("_", "."): n for name, n in levels.items()})


def known(**levels):
    """known(a=3, b=(2, 5)): an own answer, and what another answer leaves possible."""
    both = {name: (n, n) if isinstance(n, int) else n for name, n in levels.items()}
    return {
        name: Known(low, high, own=low == high, loose=False) for name, (low, high) in both.items()
    }


def as_definition(role, only=None):
    """The role as it is published; `only` leaves out what these elements do not cover."""
    targets = [one for one in role.asked if only is None or one.element in only]
    return definition(
        *(
            Target(
                slug=one.element,
                title=one.element,
                group="skills",
                skills=(one.element,),
                level=one.level,
                importance=one.importance,
                essential=one.essential,
                imprecise=one.imprecise,
            )
            for one in targets
        ),
        scale=SCALE,
        groups=(Group("skills", "Skills"),),
        skills=tuple(Skill(one.element, one.element, "", SCALE.slug, "", ()) for one in targets),
    )


def slow_readiness(role, have, only=None):
    """Both ends, each by the rules for one report and answers of a single level."""
    whole = as_definition(role, only)
    low = readiness(result(whole, {slug: Answer(one.low) for slug, one in have.items()})).low
    high = readiness(result(whole, {slug: Answer(one.high) for slug, one in have.items()})).high
    return low, high


def slow_use(role, have):
    used = had = 0
    for element, one in have.items():
        if element in role.levels:
            used += min(one.low, role.levels[element]) + min(one.high, role.levels[element])
            had += one.low + one.high
    return Fraction(used, had) if had else Fraction(0)


# --- Strategies -------------------------------------------------------------------------------

elements = st.sampled_from(ELEMENTS)
level = st.integers(0, TOP)
importance = st.integers(1, 5)


@st.composite
def profiles(draw, code="11-1011.00", least=1):
    wanted = draw(st.lists(elements, min_size=least, unique=True))
    targets = tuple(
        Asked(one, draw(st.integers(1, TOP)), draw(importance), draw(st.booleans()), draw(flag))
        for one in wanted
    )
    more = draw(st.dictionaries(elements, level))
    unsure = {one.element for one in targets if one.imprecise}
    own = {one.element: one.level for one in targets}
    return Profile(code, targets, {k: n for k, n in (more | own).items() if k not in unsure})


flag = st.sampled_from([False, False, False, True])


@st.composite
def intervals(draw):
    low, high = sorted((draw(level), draw(level)))
    return Known(low, high, own=low == high, loose=False)


answers = st.dictionaries(elements, intervals())


@st.composite
def many(draw, most=6):
    count = draw(st.integers(1, most))
    return tuple(draw(profiles(code=f"11-{n:04}.00")) for n in range(count))
