"""A Definition written into rows, each kept in place by its slug, so that nothing else moves."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from django.db import models, transaction

from assessments.domain import definition as domain
from assessments.models import (
    Anchor,
    Correspondence,
    Counterpart,
    Fact,
    FieldOfStudy,
    Passage,
    Qualification,
    Requirement,
    RequirementGroup,
    RequirementSkill,
    Resource,
    ResourceLink,
    Role,
    Scale,
    ScaleLevel,
    Skill,
)

from .positions import STEP, positions
from .put_rows import put_all, put_one, update


def name_clashes(found: domain.Definition) -> list[str]:
    """Names that other rows, with other slugs, hold already. Empty when the file can be applied."""
    wanted = [
        (Role, "title", [(found.slug, found.title)]),
        (Skill, "name", [(one.slug, one.name) for one in found.skills]),
        (Resource, "name", [(one.slug, one.name) for one in found.resources]),
    ]
    clashes = _imported(found)
    for model, field, pairs in wanted:
        taken = model._default_manager.filter(
            **{f"{field}__in": [name for _slug, name in pairs]}
        ).values_list(field, "slug")
        slugs = dict(taken)
        clashes += [
            f"“{name}” is already the name of “{slugs[name]}”. Use that slug, or another name."
            for slug, name in pairs
            if slugs.get(name, slug) != slug
        ]
    return clashes


def _imported(found: domain.Definition) -> list[str]:
    """What an import of occupations made is changed by the next such import alone."""
    clashes = []
    if Role.objects.filter(slug=found.slug).exclude(origin=Role.Origin.CURATED).exists():
        message = "“{}” is the slug of an imported role. Choose another."
        clashes.append(message.format(found.slug))
    rows = Skill.objects.filter(element__isnull=False).prefetch_related("anchors")
    for row in rows.filter(slug__in=[one.slug for one in found.skills]):
        one = found.skill(row.slug)
        stored = tuple(domain.Anchor(anchor.level, anchor.text) for anchor in row.anchors.all())
        said = (row.name, row.category, row.description, stored)
        if said != (one.name, one.category, one.description, one.anchors):
            message = "“{}” is an imported skill. Leave it as it is, or use another slug."
            clashes.append(message.format(row.slug))
    return clashes


@transaction.atomic
def apply(found: domain.Definition) -> Role:
    """Writes only what differs. Skills and resources that the role no longer names stay."""
    role = put_one(Role, {"slug": found.slug}, {"title": found.title, "summary": found.summary})
    skills = _skills(found)
    _passages(role, found.passages)
    put_all(Counterpart, {"role": role}, "code", [{"code": code} for code in found.occupations])
    put_all(
        Fact,
        {"role": role},
        "slug",
        [
            {
                "slug": one.slug,
                "label": one.label,
                "value": Decimal(one.value),
                "value_to": None if one.value_to is None else Decimal(one.value_to),
                "unit": one.unit,
                "occupation": one.occupation,
                "source": one.source,
                "source_url": one.source_url,
                "source_date": one.source_date,
                "note": one.note,
            }
            for one in found.facts
        ],
    )
    _requirements(role, found, skills)
    _qualifications(role, found)
    _resources(found, skills)
    return role


def _places(
    model: type[models.Model], wanted: Sequence[domain.Field | domain.Resource]
) -> list[int]:
    stored = dict(model._default_manager.values_list("slug", "position"))
    return positions([stored.get(one.slug) for one in wanted])


def _skills(found: domain.Definition) -> dict[str, Skill]:
    scales = {}
    for scale in found.scales:
        row = put_one(Scale, {"slug": scale.slug}, {"name": scale.name})
        scales[scale.slug] = row
        levels = [
            {"value": level.value, "word": level.word, "meaning": level.meaning}
            for level in scale.levels
        ]
        put_all(ScaleLevel, {"scale": row}, "value", levels, ordered=False)
    stored = Skill.objects.in_bulk([one.slug for one in found.skills], field_name="slug")
    skills = {}
    for one in found.skills:
        values = {
            "name": one.name,
            "category": one.category,
            "scale_id": scales[one.scale].pk,
            "description": one.description,
        }
        row = stored.get(one.slug)
        skills[one.slug] = (
            update(row, values) if row else Skill.objects.create(slug=one.slug, **values)
        )
        anchors = [{"level": anchor.level, "text": anchor.text} for anchor in one.anchors]
        put_all(Anchor, {"skill": skills[one.slug]}, "level", anchors, ordered=False)
        there = [asdict(correspondence) for correspondence in one.correspondences]
        put_all(Correspondence, {"skill": skills[one.slug]}, ("kind", "code"), there)
    return skills


def _passages(role: Role, passages: Sequence[domain.Passage]) -> None:
    """Passages have no name of their own: they are matched by their place."""
    stored = list(role.passages.order_by("position", "pk"))
    for number, one in enumerate(passages, start=1):
        values = {
            "kind": one.kind,
            "title": one.title,
            "text": one.text,
            "position": number * STEP,
        }
        if number <= len(stored):
            update(stored[number - 1], values)
        else:
            Passage.objects.create(role=role, **values)
    for row in stored[len(passages) :]:
        row.delete()


def _requirements(role: Role, found: domain.Definition, skills: dict[str, Skill]) -> None:
    groups = put_all(
        RequirementGroup,
        {"role": role},
        "slug",
        [{"slug": one.slug, "title": one.title, "intro": one.intro} for one in found.groups],
        remove=False,
    )
    requirements = put_all(
        Requirement,
        {"role": role},
        "slug",
        [
            {
                "slug": one.slug,
                "title": one.title,
                "group_id": groups[one.group].pk,
                "level": one.level,
                "importance": one.importance,
                "essential": one.essential,
                "reason": one.reason,
            }
            for one in found.requirements
        ],
    )
    for one in found.requirements:
        alternatives = [{"skill_id": skills[slug].pk} for slug in one.skills]
        put_all(RequirementSkill, {"requirement": requirements[one.slug]}, "skill_id", alternatives)
    # Only now is no requirement left in a group that goes.
    for group in RequirementGroup.objects.filter(role=role).exclude(slug__in=groups):
        group.delete()


def _qualifications(role: Role, found: domain.Definition) -> None:
    fields = {
        one.slug: put_one(FieldOfStudy, {"slug": one.slug}, {"name": one.name, "position": place})
        for one, place in zip(found.fields, _places(FieldOfStudy, found.fields), strict=True)
    }
    rows = put_all(
        Qualification,
        {"role": role},
        "slug",
        [
            {
                "slug": one.slug,
                "title": one.title,
                "degrees": list(one.degrees),
                "essential": one.essential,
                "importance": one.importance,
                "reason": one.reason,
            }
            for one in found.qualifications
        ],
    )
    for one in found.qualifications:
        row, wanted = rows[one.slug], {fields[slug] for slug in one.fields}
        if set(row.fields.all()) != wanted:
            row.fields.set(wanted)
            row.count_at_root()


def _resources(found: domain.Definition, skills: dict[str, Skill]) -> None:
    kept: list[int] = []
    places = _places(Resource, found.resources)
    for one, place in zip(found.resources, places, strict=True):
        resource = put_one(
            Resource,
            {"slug": one.slug},
            {
                "name": one.name,
                "provider": one.provider,
                "kind": one.kind,
                "cost": one.cost,
                "url": one.url,
                "purpose": one.purpose,
                "search_url": one.search_url,
                "position": place,
            },
        )
        stored = {
            (link.skill_id, link.from_level): link
            for link in ResourceLink.objects.filter(resource=resource)
        }
        for link in one.links:
            values = {
                "to_level": link.to_level,
                "url": link.url,
                "reason": link.reason,
                "hours": link.hours,
            }
            key = (skills[link.skill].pk, link.from_level)
            row = stored.get(key)
            if row is None:
                row = ResourceLink.objects.create(
                    resource=resource, skill_id=key[0], from_level=key[1], **values
                )
            else:
                update(row, values)
            kept.append(row.pk)
    of_these_skills = ResourceLink.objects.filter(skill__in=skills.values())
    for gone in of_these_skills.exclude(pk__in=kept):
        gone.delete()
