"""What imported skills and roles are called here, and under which address. Once given, it stays.

Names of the source give way to those of curated skills and roles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from assessments.domain.onet import KNOWLEDGE
from assessments.domain.publishing import RESERVED_SLUGS

from .onet_release import Element, OnetRelease
from .onet_stored import Stored
from .onet_tables import cut

LONGEST_SLUG, LONGEST_TITLE = 80, 120
ONET, IS_KNOWLEDGE = " (O*NET)", " (knowledge)"
CATEGORIES = {"skills": "O*NET skills", "knowledge": "O*NET knowledge"}


@dataclass(frozen=True)
class Name:
    slug: str
    title: str


def names_of_roles(release: OnetRelease, stored: Stored) -> dict[str, Name]:
    """By code."""
    slugs = {one.slug for one in stored.occupations.values()} | stored.role_slugs
    slugs |= RESERVED_SLUGS
    titles = set(stored.role_titles)
    found: dict[str, Name] = {}
    for code, occupation in release.occupations.items():
        known = stored.occupations.get(code)
        base = cut(occupation.title, LONGEST_TITLE - len(f" ({code})"))
        options = (base, base + ONET, f"{base} ({code})")
        title = _first_free(_kept_first(options, known.title if known else ""), titles)
        slug = known.slug if known else _free_slug(base, code, slugs)
        titles.add(title.casefold())
        slugs.add(slug)
        found[code] = Name(slug, title)
    return found


def withdrawn_titles(
    release: OnetRelease, stored: Stored, names: dict[str, Name]
) -> dict[str, str]:
    """By code: what roles that left the release are called once their title is another's."""
    wanted = {name.title.casefold() for name in names.values()}
    return {
        code: f"{cut(one.title, LONGEST_TITLE - len(f' ({code})'))} ({code})"
        for code, one in stored.occupations.items()
        if code not in release.occupations and one.title.casefold() in wanted
    }


def taken_over(release: OnetRelease, stored: Stored) -> dict[str, str]:
    """Which new element id takes the row of which vanished one: ids change, names less often."""
    vanished = {
        (one.category, _base(one.name)): element
        for element, one in stored.skills.items()
        if element not in release.elements
    }
    pairs = {
        element: vanished.get((CATEGORIES[one.kind], one.name))
        for element, one in release.elements.items()
        if element not in stored.skills
    }
    return {new: old for new, old in pairs.items() if old}


def names_of_skills(release: OnetRelease, stored: Stored) -> dict[str, Name]:
    """By element id."""
    old = taken_over(release, stored)
    rows = {element: stored.skills.get(old.get(element, element)) for element in release.elements}
    kept = {row.slug for row in rows.values() if row}
    slugs = {one.slug for one in stored.skills.values()} | stored.skill_slugs | kept
    titles = set(stored.skill_names)
    titles |= {
        one.name.casefold()
        for element, one in stored.skills.items()
        if element not in release.elements and element not in old.values()
    }
    skills = {one.name for one in release.elements.values() if one.kind != KNOWLEDGE}
    found: dict[str, Name] = {}
    for element, one in release.elements.items():
        row = rows[element]
        options = tuple(_titles(one, skills))
        title = _first_free(_kept_first(options, row.name if row else ""), titles)
        slug = row.slug if row else _free_slug(_slug_text(one), element, slugs)
        titles.add(title.casefold())
        slugs.add(slug)
        found[element] = Name(slug, title)
    return found


def _titles(one: Element, skills: Iterable[str]) -> Iterator[str]:
    base = one.name + IS_KNOWLEDGE if one.kind == KNOWLEDGE and one.name in skills else one.name
    yield base
    yield base + ONET
    yield f"{base} ({one.id})"


def _slug_text(one: Element) -> str:
    return f"knowledge of {one.name}" if one.kind == KNOWLEDGE else one.name


def _base(name: str) -> str:
    return re.sub(r"( \((O\*NET|knowledge)\))+$", "", name)


def _kept_first(options: tuple[str, ...], now: str) -> tuple[str, ...]:
    return (now, *options) if now in options else options


def _first_free(names: Iterable[str], taken: set[str]) -> str:
    last = ""
    for last in names:
        if last.casefold() not in taken:
            break
    return last


def _free_slug(text: str, code: str, taken: set[str]) -> str:
    room = LONGEST_SLUG - len(code) - 1
    base = slugify(text)[:room].strip("-") or "onet"
    return _first_free((base, f"{base}-onet", f"{base}-{slugify(code.replace('.', '-'))}"), taken)
