"""Public pages from a copy that the database keeps of itself, where REPLICA_URL leads to one.

Only what unchanged.py gives a tag is read there: pages that are the same for everybody unknown.
The copy may be seconds behind, so nobody who has just written something may be shown it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models, transaction

from assessments.models import (
    AlternateTitle,
    Occupation,
    Outlook,
    PublishedName,
    RelatedOccupation,
    Release,
    Role,
    RoleVersion,
    SearchEntry,
    Technology,
    Vocabulary,
    Wage,
)

ALIAS = "replica"
# What is everybody's. Nothing of a person is read there, whoever may come to ask.
PUBLIC: frozenset[type[models.Model]] = frozenset(
    {
        AlternateTitle,
        Occupation,
        Outlook,
        PublishedName,
        RelatedOccupation,
        Release,
        Role,
        RoleVersion,
        SearchEntry,
        Technology,
        Vocabulary,
        Wage,
    }
)
_is_public = ContextVar("is_public", default=False)


@contextmanager
def public_page() -> Iterator[None]:
    token = _is_public.set(True)
    try:
        yield
    finally:
        _is_public.reset(token)


class Router:
    """In DATABASE_ROUTERS where REPLICA_URL is set, and nowhere else."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        if not _is_public.get() or model not in PUBLIC:
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if transaction.get_connection().in_atomic_block else ALIAS

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        """Also for a row that was read from the copy: Django would write it back there."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, alias: str, app_label: str, **hints: Any) -> bool:
        return alias != ALIAS
