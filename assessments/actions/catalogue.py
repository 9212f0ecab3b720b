from collections.abc import Mapping, Sequence

from django.db import transaction

from assessments.models import Anchor, Correspondence, Requirement, RequirementSkill, Skill


@transaction.atomic
def set_anchors(*, skill: Skill, sentences: Mapping[int, str]) -> None:
    """An empty sentence takes the anchor away; equal ones are not written again."""
    before = {anchor.level: anchor for anchor in Anchor.objects.filter(skill=skill)}
    for level, text in sentences.items():
        anchor = before.get(level)
        if not text:
            if anchor:
                anchor.delete()
        elif anchor is None:
            Anchor.objects.create(skill=skill, level=level, text=text)
        elif anchor.text != text:
            anchor.text = text
            anchor.save(update_fields=["text"])


@transaction.atomic
def set_alternatives(*, requirement: Requirement, skills: Sequence[Skill]) -> None:
    """These skills count, in this order. Rows that are there and in order are not written again."""
    rows = list(RequirementSkill.objects.filter(requirement=requirement).select_related("skill"))
    if [row.skill for row in rows] == list(skills):
        return
    before = {row.skill_id: row for row in rows}
    for position, skill in enumerate(skills, start=1):
        row = before.pop(skill.pk, None)
        if row is None:
            RequirementSkill.objects.create(requirement=requirement, skill=skill, position=position)
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    for row in before.values():
        row.delete()


@transaction.atomic
def follow_element(*, old: str, new: str) -> None:
    """Skills that answer to an element answer to it under its new id. The history has it."""
    rows = Correspondence.objects.filter(kind=Correspondence.Kind.ELEMENT)
    for row in rows.filter(code=old).exclude(skill__in=rows.filter(code=new).values("skill")):
        row.code = new
        row.save(update_fields=["code"])
