"""Plans straight from reports, and the catalogue they choose from."""

from dataclasses import replace

from assessments.actions import plan as actions
from assessments.models import Plan, PlanItem, Resource, ResourceLink
from tests.assessments.test_reports import catalogue
from tests.definitions import definition, requirement
from tests.published import submitted

ROLE = definition(
    requirement("python", 3, essential=True, importance=5),
    requirement("sql", 3, importance=4),
    requirement("bash", 4, importance=2),
    requirement("talking", 2, importance=1),
)
SAID = {"python": 1, "sql": 2, "bash": 0, "talking": 0}


def named(role, slug):
    """The same role under another name: one more role, with versions of its own."""
    return replace(role, slug=slug, title=slug.capitalize())


def report(member, role=ROLE, **said):
    return submitted(member, role, **(said or SAID))


def plan(member, assessment, *skills):
    """Puts these into the plan, without resources; the first three when none is named."""
    chosen = dict.fromkeys(skills or ("python", "sql", "bash"))
    actions.add(by=member, assessment=assessment, chosen=chosen)
    return Plan.objects.get(member=member)


def resources(role=ROLE, **costs):
    """Resources that lead from 0 to 4 in every skill of the role: resources(good="free")."""
    catalogue(role, *costs)
    for slug, cost in costs.items():
        Resource.objects.filter(slug=slug).update(cost=cost)


def link(resource, skill="python"):
    return ResourceLink.objects.get(resource__slug=resource, skill__slug=skill)


def item(skill="python"):
    return PlanItem.objects.get(skill=skill)
