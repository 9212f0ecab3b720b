from django.db.models import F, Model

from assessments.models.revisioned import Revisioned


class ChangedMeanwhile(Exception):
    """Somebody saved this row, or a part of it, after the page at hand was shown."""

    def __init__(self, row: Model) -> None:
        super().__init__(f"{row!r} was saved meanwhile")
        self.row = row


def take(*, row: Revisioned, seen: int) -> None:
    """The right to write over what was shown as `seen`. Call it before the first write.

    One statement asks and counts, so of two at once only one is let through, on SQLite too; on
    PostgreSQL the other waits for its end. The row stays locked until the transaction ends.
    """
    rows = type(row)._base_manager.filter(pk=row.pk, revision=seen)
    if not rows.update(revision=F("revision") + 1):
        raise ChangedMeanwhile(row)
