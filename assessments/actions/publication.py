from django.db import IntegrityError, transaction

from assessments.actions.search_index import rebuild_search
from assessments.domain.publishing import Problem, problems
from assessments.exporters.definition import draft_definition
from assessments.models import Role, RoleVersion, User


class NothingChanged(Exception):
    """The draft equals what is published as `version`."""

    def __init__(self, version: RoleVersion) -> None:
        super().__init__(f"version {version.number} says the same")
        self.version = version


class NotPublishable(Exception):
    """Some of the checks refuse: `problems` holds those that do."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class PublishedMeanwhile(Exception):
    """Somebody else published since the page at hand was opened: `version` is theirs."""

    def __init__(self, version: RoleVersion) -> None:
        super().__init__(f"version {version.number} came first")
        self.version = version


class DraftChanged(Exception):
    """Somebody saved a change of the draft since it was looked at."""


class NoteMissing(Exception):
    """A person who publishes says what for."""


def publish(
    *,
    role: Role,
    by: User | None,
    note: str,
    after: int | None = None,
    draft: str | None = None,
) -> RoleVersion:
    """A new version with the whole draft in it.

    `after` is the number of the version that the person compared the draft with, 0 for none;
    without it, whatever is published last counts as seen. `draft` is the content hash of the
    draft they looked at. `by` is None for the built-in role.
    """
    if by is not None and not note.strip():
        raise NoteMissing
    try:
        with transaction.atomic():
            return _publish(role, by, note, after, draft)
    except IntegrityError:
        # On PostgreSQL two may get this far at once; the number is given only once.
        latest = RoleVersion.objects.latest_of(role)
        if latest is None:
            raise
        raise PublishedMeanwhile(latest) from None


def _publish(
    role: Role, by: User | None, note: str, after: int | None, draft: str | None
) -> RoleVersion:
    # As it stands now, not as it stood when the caller read it.
    role = Role.objects.select_for_update().get(pk=role.pk)
    latest = RoleVersion.objects.latest_of(role)
    number = latest.number if latest else 0
    if latest and after is not None and after != number:
        raise PublishedMeanwhile(latest)
    definition = draft_definition(role)
    content_hash = definition.content_hash()
    if latest and latest.sha256 == content_hash:
        raise NothingChanged(latest)
    if draft is not None and draft != content_hash:
        raise DraftChanged
    if blocking := tuple(problem for problem in problems(definition) if problem.blocks):
        raise NotPublishable(blocking)
    version = RoleVersion.objects.create(
        role=role,
        number=number + 1,
        content=definition.canonical_json(),
        sha256=content_hash,
        note=note.strip(),
        published_by=by,
    )
    rebuild_search(roles=[role.pk])
    return version
