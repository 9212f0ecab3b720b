"""Definitions and answers for tests of the rules: a builder, and strategies for properties."""

from dataclasses import replace
from types import SimpleNamespace

from hypothesis import settings
from hypothesis import strategies as st

from assessments.domain import onet_scale
from assessments.domain.answers import Answer, LastDone
from assessments.domain.definition import (
    Anchor,
    Definition,
    Field,
    Group,
    Level,
    Link,
    Qualification,
    Requirement,
    Resource,
    Scale,
    Skill,
)

WORDS = ("None", "Aware", "Guided", "Independent", "Leading")
FIVE = Scale("five", "Five levels", tuple(Level(n, word) for n, word in enumerate(WORDS)))
# As O*NET rates: eight levels, and examples at only a few of them.
ONET = Scale(onet_scale.SLUG, onet_scale.NAME, onet_scale.LEVELS)
EXAMPLES = {2: "Read a <bus> timetable", 4: "Read a letter from a bank", 6: "Read a law"}
EIGHT = Scale("eight", "Eight levels", tuple(Level(n, f"Level {n}") for n in range(8)))

law = settings(max_examples=50)


def requirement(
    slug, level=3, *, skills=(), importance=3, essential=False, group="main", imprecise=False
):
    """By default it asks for the one skill with its own slug."""
    return Requirement(
        slug=slug,
        title=f"Target {slug}",
        group=group,
        skills=tuple(skills) or (slug,),
        level=level,
        importance=importance,
        essential=essential,
        reason=f"Because {slug} matters.",
        imprecise=imprecise,
    )


def skill(slug, scale=FIVE):
    anchors = tuple(Anchor(one.value, f"I do {slug} as {one.word}.") for one in scale.levels)
    return Skill(slug, f"Skill {slug}", "Skills", scale.slug, f"What {slug} means.", anchors)


def skill_by_example(slug):
    anchors = tuple(Anchor(level, text) for level, text in EXAMPLES.items())
    return replace(skill(slug, ONET), anchors=anchors)


def onet_definition(*requirements, **parts):
    """A role as an import makes it."""
    role = definition(*requirements, scale=ONET, **parts)
    return replace(role, skills=tuple(skill_by_example(one.slug) for one in role.skills))


def definition(*requirements, scale=FIVE, **parts):
    """A role with these requirements, and the groups and skills that they name."""
    slugs = dict.fromkeys(slug for one in requirements for slug in one.skills)
    groups = dict.fromkeys(one.group for one in requirements)
    return Definition(
        **{
            "slug": "tester",
            "title": "Tester",
            "summary": "Tests.",
            "passages": (),
            "facts": (),
            "scales": (scale,),
            "groups": tuple(Group(slug, f"Group {slug}") for slug in groups),
            "requirements": requirements,
            "qualifications": (),
            "fields": (),
            "skills": tuple(skill(slug, scale) for slug in slugs),
            "resources": (),
        }
        | parts
    )


def wide_definition(count):
    """A role with as many skills as asked for, ten to a group."""
    return definition(*(requirement(f"s{n}", group=f"g{n // 10}") for n in range(count)))


FIELDS = (Field("mathematics", "Mathematics"), Field("physics", "Physics"))


def qualification(degrees=("master", "doctorate"), fields=("mathematics",)):
    return Qualification("degree", "A degree", degrees, fields, False, 2, "It helps.")


def resource(slug, *spans, cost="free", skill="python"):
    """One that serves the skill from and to the levels of each span."""
    links = tuple(
        Link(skill, low, high, f"https://{slug}.example/{low}", "It fits.") for low, high in spans
    )
    address = f"https://{slug}.example/"
    return Resource(slug, slug.title(), slug.title(), "course", cost, address, "Learn.", links)


def answers(**levels):
    """answers(python=3, java=None): None for "I can't judge this"."""
    return {slug: Answer(level) for slug, level in levels.items()}


def aged(given, last_done):
    return {slug: replace(answer, last_done=last_done) for slug, answer in given.items()}


# --- Strategies -------------------------------------------------------------------------------

POOL = tuple(f"s{n}" for n in range(6))


@st.composite
def definitions(draw, max_requirements=8, min_requirements=1):
    """Roles whose requirements may share skills, and groups that may share them as well.

    Some of their targets are imprecise.
    """
    scale = draw(st.sampled_from([FIVE, EIGHT]))
    count = draw(st.integers(min_requirements, max_requirements))
    wanted = [
        requirement(
            f"r{number}",
            draw(st.integers(1, scale.top)),
            skills=draw(st.lists(st.sampled_from(POOL), min_size=1, max_size=3, unique=True)),
            importance=draw(st.integers(1, 5)),
            essential=draw(st.booleans()),
            group=draw(st.sampled_from(["g0", "g1", "g2"])),
            imprecise=draw(st.sampled_from([False, False, True])),
        )
        for number in range(count)
    ]
    return definition(*wanted, scale=scale)


@st.composite
def answers_to(draw, role):
    levels = st.none() | st.integers(0, role.scales[0].top)
    slugs = [one.slug for one in role.skills]
    known = draw(st.dictionaries(st.sampled_from(slugs), levels))
    return {
        slug: Answer(level, LastDone.NOT_SAID if level is None else draw(st.sampled_from(LastDone)))
        for slug, level in known.items()
    }


@st.composite
def cases(draw, **bounds):
    """A role and somebody's answers: `role`, `answers`."""
    role = draw(definitions(**bounds))
    return SimpleNamespace(role=role, answers=draw(answers_to(role)))
