"""Definitions with every part in them, and with whatever text a role file may hold."""

from dataclasses import replace

from hypothesis import strategies as st

from assessments.domain.answers import Degree
from assessments.domain.definition import (
    Correspondence,
    Fact,
    Field,
    Link,
    Passage,
    Qualification,
    Resource,
)
from assessments.domain.text import DIRECTION
from assessments.models import Fact as FactRow
from assessments.models import Passage as PassageRow
from tests.definitions import definitions

DEGREES = [degree.value for degree in Degree]
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="".join(DIRECTION)
)


def line(most=60):
    return st.text(LETTERS, min_size=1, max_size=most).filter(_is_stripped)


def lines(most=90):
    return st.text(LETTERS | st.just("\n"), min_size=1, max_size=most).filter(_is_stripped)


def _is_stripped(text):
    return text != "" and text == text.strip()


def blank_or(texts):
    return st.just("") | texts


passages = st.builds(Passage, st.sampled_from(PassageRow.Kind.values), blank_or(line()), lines())
cents = st.integers(-(10**13), 10**13)


@st.composite
def facts(draw, slug):
    value = draw(cents)
    value_to = draw(st.none() | st.integers(value + 1, value + 10**13))
    return Fact(
        slug=slug,
        label=draw(line()),
        value=_figure(value),
        value_to=None if value_to is None else _figure(value_to),
        unit=draw(st.sampled_from(FactRow.Unit.values)),
        occupation=draw(blank_or(line())),
        source=draw(line()),
        source_url=draw(st.sampled_from(["", "https://source.example.org/a?b=c%20d#e"])),
        source_date=draw(line()),
        note=draw(blank_or(lines())),
    )


def _figure(cents):
    sign, (whole, rest) = "-" * (cents < 0), divmod(abs(cents), 100)
    return f"{sign}{whole}" + (f".{rest:02}".rstrip("0") if rest else "")


@st.composite
def resources(draw, slug, skills, top):
    chosen = draw(st.lists(st.sampled_from(skills), min_size=1, max_size=3, unique=True))
    links = []
    for skill in chosen:
        low = draw(st.integers(0, top - 1))
        high = draw(st.integers(low + 1, top))
        hours = draw(st.none() | st.integers(1, 5000))
        links.append(Link(skill, low, high, f"https://{slug}.example.org/", draw(line()), hours))
    address = f"https://{slug}.example.org/"
    return Resource(
        slug=slug,
        name=slug.title(),
        provider=draw(line()),
        kind="course",
        cost="free",
        url=address,
        purpose=draw(lines()),
        search_url=draw(st.sampled_from(["", f"{address}?q={{query}}"])),
        links=tuple(links),
    )


CODES = ("15-2031.00", "15-1221.00", "11-1011.03")


@st.composite
def correspondences(draw):
    elements = st.sampled_from(["2.B.3.e", "2.C.10", "2.A.1.a"])
    technologies = line(40)
    wanted = st.tuples(st.just("element"), elements) | st.tuples(
        st.just("technology"), technologies
    )
    chosen = draw(st.lists(wanted, max_size=2, unique=True))
    return tuple(Correspondence(kind, code, draw(st.booleans())) for kind, code in chosen)


@st.composite
def whole_definitions(draw):
    """As drafts are: no target of theirs is imprecise."""
    role = draw(definitions(max_requirements=4))
    slugs = [skill.slug for skill in role.skills]
    fields = tuple(
        Field(slug, draw(line())) for slug in ("physics", "art")[: draw(st.integers(0, 2))]
    )
    degree = Qualification(
        slug="degree",
        title=draw(line()),
        degrees=tuple(draw(st.lists(st.sampled_from(DEGREES), min_size=1, unique=True))),
        fields=tuple(field.slug for field in fields),
        essential=draw(st.booleans()),
        importance=draw(st.integers(1, 5)),
        reason=draw(blank_or(line())),
    )
    return replace(
        role,
        title=draw(line()),
        summary=draw(lines()),
        passages=tuple(draw(st.lists(passages, max_size=3))),
        facts=tuple(draw(facts(f"fact-{number}")) for number in range(draw(st.integers(0, 2)))),
        requirements=tuple(
            replace(one, reason=draw(blank_or(line())), imprecise=False)
            for one in role.requirements
        ),
        qualifications=(degree,) if fields or draw(st.booleans()) else (),
        fields=fields,
        skills=tuple(
            replace(
                one,
                category=draw(line()),
                description=draw(blank_or(lines())),
                correspondences=draw(correspondences()),
            )
            for one in role.skills
        ),
        resources=tuple(
            draw(resources(f"resource-{number}", slugs, role.scales[0].top))
            for number in range(draw(st.integers(0, 2)))
        ),
        occupations=tuple(draw(st.lists(st.sampled_from(CODES), unique=True))),
    )
