"""A Definition written as a role file. The same definition always gives the same bytes."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

import yaml

from assessments.domain.definition import Definition, Fact, Requirement, Resource, Scale, Skill

FORMAT = "careerpath-role/1"
WIDTH = 100


def role_file(definition: Definition) -> bytes:
    content = {
        "format": FORMAT,
        "role": {
            "slug": definition.slug,
            "title": definition.title,
            "summary": definition.summary,
            **({"occupations": list(definition.occupations)} if definition.occupations else {}),
            "passages": [asdict(one) for one in definition.passages],
        },
        "facts": [_fact(one) for one in definition.facts],
        "scales": [_scale(one) for one in definition.scales],
        "groups": [asdict(one) for one in definition.groups],
        "requirements": [_requirement(one) for one in definition.requirements],
        "qualifications": [_lists(asdict(one)) for one in definition.qualifications],
        "fields": [asdict(one) for one in definition.fields],
        "skills": [_skill(one) for one in definition.skills],
        "resources": [_resource(one) for one in definition.resources],
    }
    return yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, width=WIDTH, encoding="utf-8"
    )


def _requirement(requirement: Requirement) -> dict[str, Any]:
    """A draft has no imprecise targets: they come from surveys, and a role file refuses them."""
    mapping = _lists(asdict(requirement))
    del mapping["imprecise"]
    return mapping


def _lists(mapping: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in mapping.items()
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return asdict(fact) | {
        "value": _number(fact.value),
        "value_to": None if fact.value_to is None else _number(fact.value_to),
    }


def _number(text: str) -> int | float:
    """At most two decimals: far from where a float would round them."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "slug": scale.slug,
        "name": scale.name,
        "levels": [
            {"level": level.value, "word": level.word, "meaning": level.meaning}
            for level in scale.levels
        ],
    }


def _skill(skill: Skill) -> dict[str, Any]:
    return {
        "slug": skill.slug,
        "name": skill.name,
        "category": skill.category,
        "scale": skill.scale,
        "description": skill.description,
        "anchors": {anchor.level: anchor.text for anchor in skill.anchors},
    } | (
        {"correspondences": [asdict(one) for one in skill.correspondences]}
        if skill.correspondences
        else {}
    )


def _resource(resource: Resource) -> dict[str, Any]:
    links = [
        {
            "skill": link.skill,
            "from": link.from_level,
            "to": link.to_level,
            "url": link.url,
            "reason": link.reason,
        }
        | ({} if link.hours is None else {"hours": link.hours})
        for link in resource.links
    ]
    return asdict(resource) | {"links": links}
