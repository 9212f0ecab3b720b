"""What O*NET's ratings and answers come to: which skills an occupation asks for, and how far.

The texts made here are in English, like the release itself: they become part of a published
definition, whose hash must not depend on who imported it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .answers import Degree
from .definition import Group, Qualification, Requirement, Skill, plain_decimal

IMPORTANCE = Decimal("3.0")
ESSENTIAL = Decimal("4.0")
SKILLS, KNOWLEDGE = "skills", "knowledge"
GROUPS = (
    Group(SKILLS, "Skills", "What one does, in this occupation and in many others."),
    Group(KNOWLEDGE, "Knowledge", "What one knows about."),
)

RATED, ALL_OTHER, MILITARY, NO_DATA = "", "all-other", "military", "no-data"
MILITARY_CODES = "55-"
LONGEST_REASON = 300

# The first that fits says what a category of the survey's answers comes to.
DEGREES = (
    (r"less than", Degree.NONE),
    (r"\bno (formal|schooling)", Degree.NONE),
    (r"some college", Degree.SECONDARY),
    (r"post-?\s?(baccalaureate|bachelor)", Degree.BACHELOR),
    (r"post-?\s?master", Degree.MASTER),
    (r"post-?\s?doctora", Degree.DOCTORATE),
    (r"post-?\s?secondary", Degree.SECONDARY),
    (r"high[ -]school|\bged\b", Degree.SECONDARY),
    (r"associate", Degree.ASSOCIATE),
    (r"doctora|professional degree", Degree.DOCTORATE),
    (r"master", Degree.MASTER),
    (r"bachelor", Degree.BACHELOR),
)
NEEDED = {
    Degree.NONE: "No school certificate",
    Degree.SECONDARY: "High-school diploma",
    Degree.ASSOCIATE: "Associate's degree",
    Degree.BACHELOR: "Bachelor's degree",
    Degree.MASTER: "Master's degree",
    Degree.DOCTORATE: "Doctoral or professional degree",
}


@dataclass(frozen=True, slots=True)
class Rating:
    """Of one element in one occupation. `level` is None where there is none.

    Imprecise: the release advises against relying on the figure.
    """

    element: str
    importance: Decimal
    level: Decimal | None
    imprecise: bool = False
    relevant: bool = True
    imprecise_importance: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How many per cent of those asked named this category; None where nobody may rely on it."""

    category: int
    name: str
    percent: Decimal | None
    suppressed: bool


def natural(element: str) -> tuple[tuple[int, str], ...]:
    """For sorting: 2.C.10 comes after 2.C.9.b."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in element.split("."))


def whole(value: Decimal) -> int:
    """Halves up."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def requirements(
    ratings: Iterable[Rating],
    skills: Mapping[str, Skill],
    kinds: Mapping[str, str],
    *,
    threshold: Decimal = IMPORTANCE,
    top: int = 7,
) -> tuple[Requirement, ...]:
    """`skills` and `kinds` by element. The most important first, then the highest level."""
    asked = [
        (one, one.level)
        for one in ratings
        if one.level is not None and one.relevant and one.importance >= threshold
    ]
    asked.sort(key=lambda pair: (-pair[0].importance, -pair[1], natural(pair[0].element)))
    return tuple(
        Requirement(
            slug=skills[rating.element].slug,
            title=skills[rating.element].name,
            group=kinds[rating.element],
            skills=(skills[rating.element].slug,),
            level=min(top, max(1, whole(level))),
            importance=min(5, max(1, whole(rating.importance))),
            essential=rating.importance >= ESSENTIAL,
            reason=_reason(rating, level, top),
            imprecise=rating.imprecise,
        )
        for rating, level in asked
    )


def _reason(rating: Rating, level: Decimal, top: int) -> str:
    said = f"Rated {rating.importance} of 5 for importance and {level} of {top} for level."
    if rating.imprecise_importance:
        said += " The source advises against relying on that importance."
    return said


def why_unrated(code: str, title: str) -> str:
    if code.startswith(MILITARY_CODES):
        return MILITARY
    return ALL_OTHER if re.search(r"\bAll Other\b", title) else NO_DATA


def degree_of(category: str) -> Degree | None:
    """None when the words are not known here."""
    for words, degree in DEGREES:
        if re.search(words, category, re.IGNORECASE):
            return degree
    return None


def typical(shares: Sequence[Share]) -> Share | None:
    """The lowest category that, with those below it, holds half of the reliable answers."""
    known = sorted(
        ((one, one.percent) for one in shares if one.percent is not None),
        key=lambda pair: pair[0].category,
    )
    total = sum((percent for _, percent in known), Decimal(0))
    if not total:
        return None
    so_far = Decimal(0)
    for one, percent in known:
        so_far += percent
        if 2 * so_far >= total:
            return one
    raise AssertionError("all of them together are more than half")


def qualification(shares: Sequence[Share]) -> Qualification | None:
    """None where nothing reliable is known, or nothing is known of what it is called."""
    one = typical(shares)
    degree = degree_of(one.name) if one else None
    if degree is None:
        return None
    return Qualification(
        slug="education",
        title=NEEDED[degree],
        degrees=(degree.value,),
        fields=(),
        essential=False,
        importance=3,
        reason=distribution(shares),
    )


def distribution(shares: Sequence[Share]) -> str:
    """In a sentence or two, the most frequent answers first."""
    known = sorted(
        ((one, one.percent) for one in shares if one.percent),
        key=lambda pair: (-pair[1], pair[0].category),
    )
    parts = [f"{_percent(percent)} % {short(one.name)}" for one, percent in known[:3]]
    if rest := sum((percent for _, percent in known[3:]), Decimal(0)):
        parts.append(f"{_percent(rest)} % other answers")
    said = f"Asked what a new worker needs: {', '.join(parts)}."
    if left_out := sum(one.suppressed for one in shares):
        categories = "category is" if left_out == 1 else "categories are"
        said += f" {left_out} {categories} left out, because too few answers are behind it."
    return said[:LONGEST_REASON]


def _percent(value: Decimal) -> str:
    return plain_decimal(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def short(category: str) -> str:
    """Without the explanation that follows in brackets or behind a dash."""
    return re.split(r" - | \(", category, maxsplit=1)[0].strip()
