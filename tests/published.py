"""Definitions as published versions, and assessments on them, straight into the database."""

from django.utils import timezone

from assessments.actions import assessment as actions
from assessments.actions.search_index import rebuild_search
from assessments.models import Answer, Assessment, Role, RoleVersion


def publish(definition):
    """The next version of the role that the definition names."""
    role, _created = Role.objects.get_or_create(
        slug=definition.slug, defaults={"title": definition.title, "summary": definition.summary}
    )
    version = RoleVersion.objects.create(
        role=role,
        number=role.versions.count() + 1,
        content=definition.canonical_json(),
        sha256=definition.content_hash(),
    )
    rebuild_search(roles=[role.pk])
    return version


def opened(member, definition, **levels):
    """An open assessment with these answers; None for "I can't judge this"."""
    assessment = actions.start(by=member, version=publish(definition))
    answer(assessment, **levels)
    return assessment


def submitted(member, definition, **levels):
    return actions.submit(assessment=opened(member, definition, **levels))


def answer(assessment, **levels):
    Answer.objects.bulk_create(
        Answer(assessment=assessment, skill=skill, level=level, revision=1)
        for skill, level in levels.items()
    )


def submit_by_hand(assessment, **fields):
    """As a row, past the action: for what the database itself must see to."""
    values = {"submitted_at": timezone.now(), "met": 0, "targets": 1, "result_sha256": "0" * 64}
    Assessment.objects.filter(pk=assessment.pk).update(**values | fields)
