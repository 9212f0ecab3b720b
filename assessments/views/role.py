"""One role's whole career page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.access import published_role
from assessments.domain.charts import Dumbbell, dumbbell
from assessments.domain.definition import (
    Definition,
    Fact,
    Group,
    Passage,
    Qualification,
    Requirement,
    Resource,
)
from assessments.domain.questions import minutes, questions
from assessments.figures import statistics_of
from assessments.models import DegreeLevel, Role
from assessments.models import Fact as FactRow
from assessments.models import Passage as PassageRow
from assessments.models import Resource as ResourceRow
from assessments.occupation_pages import bounded, page_of
from assessments.unchanged import unless_unchanged


@dataclass(frozen=True)
class Figure:
    """A fact, and its number in words."""

    fact: Fact
    words: str


@dataclass(frozen=True)
class Asked:
    requirement: Requirement
    skills: tuple[str, ...]
    word: str
    top: int
    importance_word: str
    chart: Dumbbell


@dataclass(frozen=True)
class AskedGroup:
    group: Group
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class AskedQualification:
    qualification: Qualification
    importance_word: str
    degrees: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ResourceLine:
    resource: Resource
    kind: str
    cost: str


@require_safe
@unless_unchanged
def role_detail(request: HttpRequest, slug: str) -> HttpResponse:
    version = published_role(slug)
    definition = version.definition
    statistics = statistics_of(version)
    context: dict[str, Any] = {
        "slug": slug,
        "version": version,
        "definition": definition,
        "minutes": minutes(definition),
        "question_count": len(questions(definition)),
        "passages": passages_by_kind(definition.passages),
        "pay": [figure(fact) for fact in definition.facts if is_pay(fact)],
        "prospects": [figure(fact) for fact in definition.facts if not is_pay(fact)],
        "groups": asked_groups(definition),
        "qualifications": asked_qualifications(definition),
        "resources": [resource_line(resource) for resource in definition.resources],
        "statistics": statistics,
        "attributions": statistics.attributions if statistics else (),
    }
    occupation = statistics.occupation if statistics else None
    if statistics is None or occupation is None or version.role.origin != Role.Origin.ONET:
        return render(request, "assessments/role_detail.html", context)
    context |= {
        "career": page_of(occupation, statistics.releases),
        "tasks": bounded(definition.passages_of(PassageRow.Kind.TASK)),
        "asked_in_groups": [
            {"group": one.group, "asked": bounded(one.asked)} for one in asked_groups(definition)
        ],
    }
    return render(request, "assessments/occupation_detail.html", context)


def passages_by_kind(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.kind, []).append(passage)
    return found


def is_pay(fact: Fact) -> bool:
    return fact.unit in (FactRow.Unit.USD_PER_YEAR, FactRow.Unit.USD_PER_HOUR)


def figure(fact: Fact) -> Figure:
    number = amount(fact.value)
    if fact.value_to is None:
        words = {
            FactRow.Unit.USD_PER_YEAR: _("$%(number)s a year"),
            FactRow.Unit.USD_PER_HOUR: _("$%(number)s an hour"),
            FactRow.Unit.PERCENT: _("%(number)s %%"),
        }
        return Figure(fact, words[FactRow.Unit(fact.unit)] % {"number": number})
    words = {
        FactRow.Unit.USD_PER_YEAR: _("$%(number)s to $%(to)s a year"),
        FactRow.Unit.USD_PER_HOUR: _("$%(number)s to $%(to)s an hour"),
        FactRow.Unit.PERCENT: _("%(number)s to %(to)s %%"),
    }
    numbers = {"number": number, "to": amount(fact.value_to)}
    return Figure(fact, words[FactRow.Unit(fact.unit)] % numbers)


def amount(value: str) -> str:
    """85720 as "85,720", and never more decimals than it has."""
    number = Decimal(value)
    places = 0 if number == number.to_integral_value() else 2
    return number_format(number, decimal_pos=places, force_grouping=True)


def importance_word(importance: int) -> str:
    return {
        1: _("minor"),
        2: _("useful"),
        3: _("important"),
        4: _("very important"),
        5: _("crucial"),
    }[importance]


def asked_groups(definition: Definition) -> list[AskedGroup]:
    return [
        AskedGroup(group, tuple(asked(definition, requirement) for requirement in requirements))
        for group, requirements in definition.groups_in_use()
    ]


def asked(definition: Definition, requirement: Requirement) -> Asked:
    scale = definition.scale_of(requirement.skills[0])
    return Asked(
        requirement=requirement,
        skills=tuple(definition.skill(slug).name for slug in requirement.skills),
        word=scale.word(requirement.level),
        top=scale.top,
        importance_word=importance_word(requirement.importance),
        chart=dumbbell(None, requirement.level, scale.top),
    )


def asked_qualifications(definition: Definition) -> list[AskedQualification]:
    names = {field.slug: field.name for field in definition.fields}
    return [
        AskedQualification(
            qualification=qualification,
            importance_word=importance_word(qualification.importance),
            degrees=tuple(str(DegreeLevel(degree).label) for degree in qualification.degrees),
            fields=tuple(names[field] for field in qualification.fields),
        )
        for qualification in definition.qualifications
    ]


def resource_line(resource: Resource) -> ResourceLine:
    return ResourceLine(
        resource=resource,
        kind=str(ResourceRow.Kind(resource.kind).label),
        cost=str(ResourceRow.Cost(resource.cost).label),
    )
