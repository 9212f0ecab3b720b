"""Rated occupations as rows, small enough to be worked out by hand.

Three elements on the scale from 0 to 7: reading, writing, and knowledge of law.
"""

import json
from secrets import token_hex

from assessments.domain import onet_scale
from assessments.models import Correspondence, Release, Scale, ScaleLevel, Skill
from tests.factories import RelatedOccupationFactory, ReleaseFactory, SkillFactory
from tests.occupations import occupation

READING, WRITING, LAW = "2.A.1.a", "2.A.1.c", "2.C.8.b"


def elements():
    scale, is_new = Scale.objects.get_or_create(slug=onet_scale.SLUG, name=onet_scale.NAME)
    if is_new:
        for one in onet_scale.LEVELS:
            ScaleLevel.objects.create(scale=scale, value=one.value, word=one.word)
    for slug, name, element in [
        ("reading", "Reading", READING),
        ("writing", "Writing", WRITING),
        ("law", "Law", LAW),
    ]:
        if not Skill.objects.filter(element=element).exists():
            SkillFactory(slug=slug, name=name, element=element, scale=scale, anchors=())


def rated(title, *, importance=None, **levels):
    """rated("Clerks", reading=4, law=2): by default of importance 3; without levels unrated."""
    elements()
    codes = {"reading": READING, "writing": WRITING, "law": LAW}
    fields = {name: levels.pop(name) for name in list(levels) if name not in codes}
    ratings = [
        [codes[name], (importance or {}).get(name, "3.00"), f"{level}.00", False, True]
        for name, level in levels.items()
    ]
    if ratings:
        fields["ratings"] = json.dumps(ratings)
    return occupation(title, skills=tuple(levels), **fields)


def release(**details):
    """A new edition, of which nothing is in memory yet."""
    Release.objects.filter(source="onet").delete()
    return ReleaseFactory(
        source="onet",
        name="O*NET 29.2",
        period="February 2025",
        sha256=token_hex(32),
        details=details,
    )


def related(*pairs):
    for one, other in pairs:
        RelatedOccupationFactory(occupation=one, to=other)


def corresponds(skill, code, *, kind="element", loose=False):
    known = Skill.objects.filter(slug=skill).first() or SkillFactory(slug=skill)
    return Correspondence.objects.create(skill=known, kind=kind, code=code, loose=loose)


def ladder():
    """Clerks, assistants and lawyers, each near to the next: the jump past one is large."""
    made = [
        rated("Clerks", reading=2, law=1, job_zone=2),
        rated("Assistants", reading=4, law=3, job_zone=3),
        rated("Lawyers", reading=6, law=5, job_zone=5),
    ]
    related((made[0], made[1]), (made[1], made[2]))
    release()
    return made
