"""The state of what a report shows as it is today: resources, what skills answer to, the imports,
and which other reports the person has.

Every change by the admin or an action leaves a record, the check of a link the moment of it, and
an import its release. Other ways of writing are not seen: nothing may rely on this alone.
"""

from functools import cache

from django.db.models import CharField, Model
from django.db.models.expressions import RawSQL

from assessments.compiled import Parameter
from assessments.models import (
    Assessment,
    Correspondence,
    Release,
    Resource,
    ResourceLink,
    Role,
    Skill,
)

RECORDED: tuple[type[Model], ...] = (Correspondence, Resource, ResourceLink, Role, Skill)


def stamp(owner: str, whose: int | Parameter) -> RawSQL:
    """To be read along with a row; `owner` is "member" or "guest"."""
    return RawSQL(_sql(owner), (whose, whose), output_field=CharField())  # noqa: S611  our own names


def of_everybody(told: str) -> str:
    """Without the two parts that are the person's own."""
    return told.rsplit("/", 2)[0]


@cache
def _sql(owner: str) -> str:
    """By hand and once: the ORM would take longer to write it than the database to answer."""
    of_theirs = f"FROM {_table(Assessment)} WHERE {owner}_id = %s"
    last = [f"max(history_id) FROM {_table(one.history.model)}" for one in RECORDED]  # type: ignore[attr-defined]
    last += [
        f"max(checked_at) FROM {_table(ResourceLink)}",
        f"max(imported_at) FROM {_table(Release)}",
        f"count(submitted_at) {of_theirs}",
        f"max(submitted_at) {of_theirs}",  # one deleted and another sent leave the count
    ]
    parts = [f"coalesce(cast((SELECT {one}) AS varchar(40)), '')" for one in last]
    return " || '/' || ".join(parts)


def _table(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"'
