"""Occupations of O*NET as an import leaves them: a role, its version, its rows, its entry."""

from assessments.domain.definition import Passage
from assessments.models import Outlook, Wage
from tests.definitions import EIGHT, definition, requirement
from tests.factories import (
    AlternateTitleFactory,
    OccupationFactory,
    OutlookFactory,
    RelatedOccupationFactory,
    ReleaseFactory,
    RoleFactory,
    TechnologyFactory,
    WageFactory,
)
from tests.published import publish


def occupation(title, *, skills=("reading",), titles=(), technologies=(), passages=(), **fields):
    """Published and to be found. Without skills it has no ratings, and says why."""
    slug = title.lower().replace(" ", "-").replace(",", "")
    summary = fields.pop("summary", f"What {title} do.")
    role = RoleFactory(slug=slug, title=title, summary=summary, origin="onet")
    if not skills:
        fields = {"unrated": "no-data", "ratings": ""} | fields
    codes = fields.pop("occupations", ())
    made = OccupationFactory(title=title, role=role, **fields)
    made.wage = made.wage or Wage.objects.filter(code=made.soc).first()
    made.outlook = made.outlook or Outlook.objects.filter(code=made.soc).first()
    made.save()
    for other in titles:
        AlternateTitleFactory(occupation=made, title=other)
    for name in technologies:
        TechnologyFactory(occupation=made, name=name)
    asked = [requirement(skill, 4) for skill in skills]
    publish(
        definition(
            *asked,
            scale=EIGHT,
            slug=slug,
            title=title,
            summary=summary,
            passages=tuple(passages),
            occupations=codes,
        )
    )
    return made


def bakery():
    """A rated occupation with a bit of everything, and a withdrawn one without ratings."""
    wage, outlook = WageFactory(annual_median=46_000), OutlookFactory(growth="-2.5")
    ReleaseFactory(source="oews", period="May 2024")
    shares = [
        {"category": 1, "name": "High School Diploma", "percent": "61.5", "suppressed": False},
        {"category": 2, "name": "Associate's Degree", "percent": None, "suppressed": True},
    ]
    tasks = [Passage("task", "", f"Bake {number} loaves of rye bread.") for number in range(14)]
    bakers = occupation(
        "Bakers and Confectionery Decoration Technologists",
        titles=[f"Pastry Chef {number}" for number in range(14)],
        technologies=["Point-of-sale software"],
        skills=[f"skill-{number}" for number in range(12)],
        passages=[Passage("overview", "", "They bake."), *tasks],
        wage=wage,
        outlook=outlook,
        education_shares=shares,
    )
    cooks = occupation("Cooks, All Other", skills=(), unrated="all-other", withdrawn=True)
    RelatedOccupationFactory(occupation=cooks, to=bakers)
    return bakers, cooks
