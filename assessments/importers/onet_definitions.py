"""What gets published for each occupation, and the values of its row."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.domain import onet, onet_scale
from assessments.domain.definition import (
    Anchor,
    Definition,
    Passage,
    Scale,
    Skill,
    canonical_json,
    plain_decimal,
)

from .onet_names import CATEGORIES, Name
from .onet_release import Found, OnetRelease, Zone
from .onet_tables import cut

LONGEST_SUMMARY = 1000
OVERVIEW, TASK, PATHWAY = "overview", "task", "pathway"


@dataclass(frozen=True)
class Built:
    """One occupation, ready to be written; `sha256` is of everything that is."""

    found: Found
    name: Name
    summary: str
    content: str
    content_sha256: str
    sha256: str
    unrated: str
    education: str
    education_shares: list[dict[str, Any]]
    ratings: str


class Builder:
    """Makes definitions for one release. The skills' dictionaries are made once and shared,
    because `dataclasses.asdict` would copy each of them hundreds of times."""

    def __init__(self, release: OnetRelease, names: dict[str, Name], threshold: Decimal) -> None:
        self.release = release
        self.threshold = threshold
        self.top = int(release.level.high)
        self.scale = Scale(onet_scale.SLUG, onet_scale.NAME, onet_scale.levels(self.top))
        self.kinds = {element: one.kind for element, one in release.elements.items()}
        self.skills = {
            element: Skill(
                slug=names[element].slug,
                name=names[element].title,
                category=CATEGORIES[one.kind],
                scale=self.scale.slug,
                description=one.description,
                anchors=tuple(Anchor(level, text) for level, text in one.anchors),
            )
            for element, one in release.elements.items()
        }
        self._skills_by_slug = {skill.slug: skill for skill in self.skills.values()}
        with_all = self._empty(skills=tuple(self.skills.values()), scales=(self.scale,)).as_dict()
        self._skills = {one["slug"]: one for one in with_all["skills"]}
        self._scales = with_all["scales"]

    def built(self, found: Found, name: Name) -> Built:
        definition = self.definition(found, name)
        content = self.content(definition)
        content_sha256 = hashlib.sha256(content.encode()).hexdigest()
        unrated = "" if found.ratings else onet.why_unrated(found.code, found.title)
        qualification = definition.qualifications[0] if definition.qualifications else None
        education = qualification.degrees[0] if qualification else ""
        shares = [
            {
                "category": one.category,
                "name": one.name,
                "percent": None if one.percent is None else str(one.percent),
                "suppressed": one.suppressed,
            }
            for one in found.shares
        ]
        ratings = canonical_json([_rating(one) for one in found.ratings]) if found.ratings else ""
        whole = [
            content_sha256,
            [found.code, found.title, found.zone, unrated, education, shares, ratings],
            [[one.name, one.kind, one.hot, one.in_demand] for one in found.technologies],
            found.titles,
            found.related,
        ]
        sha256 = hashlib.sha256(canonical_json(whole).encode()).hexdigest()
        return Built(
            found=found,
            name=name,
            summary=definition.summary,
            content=content,
            content_sha256=content_sha256,
            sha256=sha256,
            unrated=unrated,
            education=education,
            education_shares=shares,
            ratings=ratings,
        )

    def definition(self, found: Found, name: Name) -> Definition:
        asked = onet.requirements(
            found.ratings, self.skills, self.kinds, threshold=self.threshold, top=self.top
        )
        qualification = onet.qualification(found.shares)
        groups = {one.group for one in asked}
        zone = self.release.zones.get(found.zone) if found.zone else None
        return self._empty(
            slug=name.slug,
            title=name.title,
            summary=summary_of(found.description),
            passages=tuple(_passages(found, zone)),
            scales=(self.scale,) if asked else (),
            groups=tuple(one for one in onet.GROUPS if one.slug in groups),
            requirements=asked,
            qualifications=(qualification,) if qualification else (),
            skills=tuple(self._skills_by_slug[one.slug] for one in asked),
            occupations=(found.code,),
        )

    def content(self, definition: Definition) -> str:
        """The same text as `definition.canonical_json()`, in a fraction of the time."""
        small = self._empty(
            **{
                name: getattr(definition, name)
                for name in definition.__dataclass_fields__
                if name not in ("skills", "scales")
            }
        ).as_dict()
        small["skills"] = [self._skills[one.slug] for one in definition.skills]
        small["scales"] = self._scales if definition.scales else []
        return canonical_json(small)

    def _empty(self, **parts: Any) -> Definition:
        none: dict[str, Any] = {
            name: "" if name in ("slug", "title", "summary") else ()
            for name in Definition.__dataclass_fields__
        }
        return Definition(**none | parts)


def summary_of(description: str) -> str:
    """Its first sentence: the whole of it stands on the page as well."""
    first = re.match(r".+?\.(?=\s+[A-Z])", description)
    return cut(first[0] if first else description, LONGEST_SUMMARY)


def _passages(found: Found, zone: Zone | None) -> Iterator[Passage]:
    yield Passage(OVERVIEW, "", found.description)
    for task in found.tasks:
        yield Passage(TASK, "", task)
    if zone:
        yield Passage(PATHWAY, "Preparation", zone.name)
        yield Passage(PATHWAY, "Experience", zone.experience)
        yield Passage(PATHWAY, "Education", zone.education)
        yield Passage(PATHWAY, "Training", zone.training)


def _rating(one: onet.Rating) -> list[Any]:
    level = None if one.level is None else plain_decimal(one.level)
    return [one.element, plain_decimal(one.importance), level, one.imprecise, one.relevant]
