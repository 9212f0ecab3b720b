"""A person deletes their own account."""

import logging

from django.db import transaction
from django.db.models import QuerySet

from assessments.models import User

from . import erasing, forgetting

logger = logging.getLogger(__name__)


class LastSuperuser(Exception):
    """Without them nobody could let anybody in. Nothing was deleted."""


def delete(*, user: User, and_newsletter: bool) -> bool:
    """False where it was deleted already. What happened is logged, to whom is not.

    Raises erasing.CannotBeNoted, and then nothing was deleted.
    """
    try:
        addresses = _delete(user, and_newsletter)
    except erasing.CannotBeNoted as error:
        logger.error("Nobody can delete their account: ERASURES_FILE: %s", error.__cause__)
        raise
    if addresses is None:
        return False
    logger.info("An account was deleted by its owner")
    forgetting.forget_sessions(pk=user.pk, addresses=addresses)
    return True


def is_last_superuser(user: User) -> bool:
    return user.is_superuser and not _others(user).exists()


@transaction.atomic
def _delete(user: User, and_newsletter: bool) -> tuple[str, ...] | None:
    if user.is_superuser:
        # All of them, so that of two who leave at once the second finds nobody left.
        all_of_them = User.objects.select_for_update().filter(is_superuser=True)
        list(all_of_them.order_by("pk").values_list("pk"))
        if is_last_superuser(user) and User.objects.filter(pk=user.pk).exists():
            raise LastSuperuser
    erasing.note(user)
    return forgetting.forget(user=user, and_newsletter=and_newsletter)


def _others(user: User) -> QuerySet[User]:
    return User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
