"""Deleting what may be very much, in bounded memory."""

from django.db.models import Model, QuerySet

AT_A_TIME = 500


def delete_in_parts(rows: "QuerySet[Model]", *, first: str = "pk") -> int:
    """How many went, with what hung on them. Each part is a transaction of its own.

    `first` names the column whose index finds them.
    """
    gone = 0
    while keys := list(rows.order_by(first).values_list("pk", flat=True)[:AT_A_TIME]):
        gone += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return gone
