from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.newsletter_issue import hand_out
from assessments.models import NewsletterIssue


class Command(BaseCommand):
    help = (
        "Go on with newsletter issues whose sending was cut short. Nobody gets one twice. "
        "The mails leave with send_mail, or with db_worker."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for issue in NewsletterIssue.objects.filter(sent_at__isnull=False).order_by("pk"):
            if count := hand_out(issue=issue):
                self.stdout.write(f"“{issue.subject}”: {count} more subscribers.")
        self.stdout.write("Every issue that was sent is handed out.")
