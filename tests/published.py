"""Definitions as published versions, and assessments on them, straight into the database."""

import hashlib

from django.utils import timezone

from assessments.actions import assessment as actions
from assessments.actions.search_index import rebuild_search
from assessments.models import Answer, Assessment, Role, RoleVersion


def publish(definition, *, found=True):
    """The next version of the role that the definition names. `found`: by the search as well."""
    content = definition.canonical_json()
    role, _created = Role.objects.get_or_create(
        slug=definition.slug, defaults={"title": definition.title, "summary": definition.summary}
    )
    version = RoleVersion.objects.create(
        role=role,
        number=role.versions.count() + 1,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
    )
    if found:
        rebuild_search(roles=[role.pk])
    return version


def opened(member, definition, **levels):
    """An open assessment with these answers; None for "I can't judge this".

    Nobody looks for its role: to enter it into the search would be half of the work.
    """
    assessment = actions.start(by=member, version=publish(definition, found=False))
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
