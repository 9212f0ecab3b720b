from collections.abc import Mapping

from django.db import transaction

from assessments.models import Anchor, Skill


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
