"""What the pages of the editing area ask of a row, asked of one that comes back from history."""

from typing import Any

from django.utils.translation import gettext as _

from assessments.domain.anchors import problems_of
from assessments.domain.publishing import STYLED_SCALE
from assessments.models import (
    Anchor,
    Requirement,
    RequirementSkill,
    ResourceLink,
    RoleVersion,
    Scale,
    ScaleLevel,
    Skill,
)
from assessments.wording import anchor_problem


def check_row(row: Any) -> list[str]:
    """Why the row may not be stored as it is; each reason with its cure."""
    reasons = _check_short_name(row)
    match row:
        case Anchor():
            reasons += _check_anchor(row)
        case Skill():
            reasons += _check_scale_kept(row)
        case ScaleLevel():
            reasons += _check_level(row)
        case Requirement():
            reasons += _check_requirement(row)
        case RequirementSkill():
            reasons += _check_alternative(row)
        case ResourceLink():
            reasons += _above_top(row.skill.scale, row.to_level)
    return reasons


def check_without(row: Any) -> list[str]:
    """Why a part may not be taken away."""
    if isinstance(row, RequirementSkill):
        others = RequirementSkill.objects.filter(requirement=row.requirement).exclude(pk=row.pk)
        if not others.exists():
            return [_("It is the only skill that counts there. Add another one first.")]
    if isinstance(row, ScaleLevel) and Skill.objects.filter(scale=row.scale_id).exists():
        return [_("Skills are measured on this scale, so it keeps its levels.")]
    return []


def _check_short_name(row: Any) -> list[str]:
    stored = type(row)._base_manager.filter(pk=row.pk).first() if hasattr(row, "slug") else None
    if stored is None or stored.slug == row.slug:
        return []
    if not RoleVersion.objects.naming(stored.slug).exists():
        return []
    return [_("“%(slug)s” is published under this short name. Keep it.") % {"slug": stored.slug}]


def _check_anchor(row: Anchor) -> list[str]:
    if not ScaleLevel.objects.filter(scale=row.skill.scale_id, value=row.level).exists():
        return [_("The skill’s scale no longer has level %(level)s.") % {"level": row.level}]
    if row.skill.scale.slug != STYLED_SCALE:
        return []
    others = Anchor.objects.filter(skill=row.skill).exclude(pk=row.pk)
    sentences = dict(others.values_list("level", "text")) | {row.level: row.text}
    found = [problem for problem in problems_of(sentences) if row.level in problem.levels]
    return [anchor_problem(problem) for problem in found]


def _check_scale_kept(row: Skill) -> list[str]:
    stored = Skill.objects.filter(pk=row.pk).first()
    if stored is None or stored.scale_id == row.scale_id:
        return []
    return [_("Its sentences are written for the scale it has now. Make a new skill instead.")]


def _check_level(row: ScaleLevel) -> list[str]:
    stored = ScaleLevel.objects.filter(pk=row.pk).first()
    if stored is not None and stored.value == row.value:
        return []
    others = ScaleLevel.objects.filter(scale=row.scale).exclude(pk=row.pk)
    values = sorted([*others.values_list("value", flat=True), row.value])
    if Skill.objects.filter(scale=row.scale).exists():
        return [_("Skills are measured on this scale, so it keeps its levels.")]
    if values != list(range(len(values))):
        return [_("The levels would no longer be 0, 1, 2 and so on without a gap.")]
    return []


def _check_requirement(row: Requirement) -> list[str]:
    if row.group.role_id != row.role_id:
        return [_("Its group belongs to another role. Choose one on the requirement’s page.")]
    alternatives = RequirementSkill.objects.select_related("skill__scale")
    first = alternatives.filter(requirement=row.pk).first()
    return _above_top(first.skill.scale, row.level) if first else []


def _check_alternative(row: RequirementSkill) -> list[str]:
    others = RequirementSkill.objects.filter(requirement=row.requirement).exclude(pk=row.pk)
    if others.exclude(skill__scale=row.skill.scale_id).exists():
        return [_("The other skills that count there are measured on another scale.")]
    return _above_top(row.skill.scale, row.requirement.level)


def _above_top(scale: Scale, level: int) -> list[str]:
    top = ScaleLevel.objects.filter(scale=scale).order_by("-value").first()
    if top is None or level <= top.value:
        return []
    message = _("Level %(level)s is above the top of “%(scale)s”.")
    return [message % {"level": level, "scale": scale}]
