"""Two presses that look first and then do, without a lock: for a real server.

Only the settings beside this file name this middleware. The product does not know of it.
"""

import time

from django.utils import timezone

from assessments.actions import newsletter_issue
from assessments.admin import publication
from assessments.exporters.definition import draft_definition
from assessments.models import NewsletterIssue, RoleVersion

PAUSE = 0.05  # seconds between the look and what is done


class FaultMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


def send(*, issue, seen):
    if issue.sent_at:
        return False
    time.sleep(PAUSE)
    NewsletterIssue.objects.filter(pk=issue.pk).update(sent_at=timezone.now())
    return True


def publish(*, role, by, note, after, draft):
    """Takes the draft for new whatever was published since the page was shown."""
    definition = draft_definition(role)
    return RoleVersion.objects.create(
        role=role,
        number=role.versions.count() + 1,
        content=definition.canonical_json(),
        sha256=definition.content_hash(),
        note=note,
        published_by=by,
    )


newsletter_issue.send, publication.publish = send, publish
