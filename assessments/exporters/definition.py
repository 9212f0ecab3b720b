"""The draft of a role, read from its rows into one value."""

from django.db.models import Prefetch

from assessments.domain import definition as domain
from assessments.models import (
    Anchor,
    Correspondence,
    Fact,
    FieldOfStudy,
    Qualification,
    Requirement,
    RequirementSkill,
    Resource,
    ResourceLink,
    Role,
    Scale,
    ScaleLevel,
    Skill,
)


def draft_definition(role: Role) -> domain.Definition:
    """The same number of queries for every role. Skills stand in the order they are asked for."""
    requirements = list(
        Requirement.objects.filter(role=role)
        .select_related("group")
        .order_by("position", "pk")
        .prefetch_related(
            Prefetch(
                "alternatives",
                RequirementSkill.objects.select_related("skill").order_by("position", "pk"),
            )
        )
    )
    order = list(
        dict.fromkeys(one.skill_id for requirement in requirements for one in _those(requirement))
    )
    skills = Skill.objects.select_related("scale").in_bulk(order)
    anchors = Anchor.objects.filter(skill__in=order).order_by("level")
    there = Correspondence.objects.filter(skill__in=order).order_by("position", "pk")
    scales = list(dict.fromkeys(skills[pk].scale_id for pk in order))
    qualifications = list(
        Qualification.objects.filter(role=role)
        .order_by("position", "pk")
        .prefetch_related(Prefetch("fields", FieldOfStudy.objects.order_by("position", "slug")))
    )
    fields = {field.pk: field for one in qualifications for field in one.fields.all()}
    return domain.Definition(
        slug=role.slug,
        title=role.title,
        summary=_lines(role.summary),
        passages=tuple(
            domain.Passage(one.kind, one.title, _lines(one.text))
            for one in role.passages.order_by("position", "pk")
        ),
        facts=tuple(_fact(one) for one in role.facts.order_by("position", "pk")),
        scales=_scales(scales),
        groups=tuple(
            domain.Group(one.slug, one.title, one.intro)
            for one in role.groups.order_by("position", "pk")
        ),
        requirements=tuple(_requirement(one) for one in requirements),
        qualifications=tuple(_qualification(one) for one in qualifications),
        fields=tuple(
            domain.Field(one.slug, one.name)
            for one in sorted(fields.values(), key=lambda field: (field.position, field.slug))
        ),
        skills=_skills([skills[pk] for pk in order], list(anchors), list(there)),
        resources=_resources(order),
        occupations=tuple(one.code for one in role.counterparts.order_by("position", "pk")),
    )


def _lines(text: str) -> str:
    """A browser sends the lines of a text box with CR LF; a role file holds LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _those(requirement: Requirement) -> list[RequirementSkill]:
    return list(requirement.alternatives.all())


def _fact(row: Fact) -> domain.Fact:
    return domain.Fact(
        slug=row.slug,
        label=row.label,
        value=domain.plain_decimal(row.value),
        value_to=None if row.value_to is None else domain.plain_decimal(row.value_to),
        unit=row.unit,
        occupation=row.occupation,
        source=row.source,
        source_url=row.source_url,
        source_date=row.source_date,
        note=_lines(row.note),
    )


def _requirement(row: Requirement) -> domain.Requirement:
    return domain.Requirement(
        slug=row.slug,
        title=row.title,
        group=row.group.slug,
        skills=tuple(one.skill.slug for one in _those(row)),
        level=row.level,
        importance=row.importance,
        essential=row.essential,
        reason=row.reason,
    )


def _qualification(row: Qualification) -> domain.Qualification:
    return domain.Qualification(
        slug=row.slug,
        title=row.title,
        degrees=tuple(row.degrees),
        fields=tuple(field.slug for field in row.fields.all()),
        essential=row.essential,
        importance=row.importance,
        reason=row.reason,
    )


def _scales(order: list[int]) -> tuple[domain.Scale, ...]:
    rows = Scale.objects.prefetch_related(
        Prefetch("levels", ScaleLevel.objects.order_by("value"))
    ).in_bulk(order)
    return tuple(
        domain.Scale(
            slug=rows[pk].slug,
            name=rows[pk].name,
            levels=tuple(
                domain.Level(level.value, level.word, level.meaning)
                for level in rows[pk].levels.all()
            ),
        )
        for pk in order
    )


def _skills(
    rows: list[Skill], anchors: list[Anchor], there: list[Correspondence]
) -> tuple[domain.Skill, ...]:
    sentences: dict[int, list[domain.Anchor]] = {}
    correspondences: dict[int, list[domain.Correspondence]] = {}
    for one in there:
        said = domain.Correspondence(one.kind, one.code, one.loose)
        correspondences.setdefault(one.skill_id, []).append(said)
    for anchor in anchors:
        text = " ".join(anchor.text.split())
        sentences.setdefault(anchor.skill_id, []).append(domain.Anchor(anchor.level, text))
    return tuple(
        domain.Skill(
            slug=row.slug,
            name=row.name,
            category=row.category,
            scale=row.scale.slug,
            description=_lines(row.description),
            anchors=tuple(sentences.get(row.pk, ())),
            correspondences=tuple(correspondences.get(row.pk, ())),
        )
        for row in rows
    )


def _resources(skills: list[int]) -> tuple[domain.Resource, ...]:
    """Those with a link to one of these skills, and only such links."""
    place = {pk: number for number, pk in enumerate(skills)}
    links = ResourceLink.objects.filter(skill__in=skills).select_related("skill")
    rows = (
        Resource.objects.filter(links__skill__in=skills)
        .distinct()
        .order_by("position", "name")
        .prefetch_related(Prefetch("links", links, to_attr="links_here"))
    )
    return tuple(
        domain.Resource(
            slug=row.slug,
            name=row.name,
            provider=row.provider,
            kind=row.kind,
            cost=row.cost,
            url=row.url,
            purpose=_lines(row.purpose),
            search_url=row.search_url,
            links=tuple(
                domain.Link(
                    one.skill.slug, one.from_level, one.to_level, one.url, one.reason, one.hours
                )
                for one in sorted(
                    row.links_here, key=lambda link: (place[link.skill_id], link.from_level)
                )
            ),
        )
        for row in rows
    )
