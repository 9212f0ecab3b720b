"""Everything about one person, gone: rows, mail, sessions, and what lies in the cache."""

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction

from assessments import rendered
from assessments.models import Assessment, OutgoingMail, Plan, Subscriber, User, in_any_case
from assessments.my_data import addresses_of

from . import newsletter

SEARCHED_AT_A_TIME = 500
# What a newsletter's mails are called in the outbox: they follow the subscription.
OF_NEWSLETTER = "newsletter"


def import_slot(pk: int) -> str:
    """Where an export waits for the confirmation of its owner."""
    return f"my-data-import-{pk}"


@transaction.atomic
def forget(*, user: User, and_newsletter: bool) -> tuple[str, ...] | None:
    """The addresses that are free now; None where somebody was faster.

    What an editor did stays, without their name.
    """
    # The account, then the plan, then the assessments, as all who write lock them: whoever is
    # about to add something waits, and then finds nothing to add it to.
    locked = User.objects.select_for_update().filter(pk=user.pk).first()
    if locked is None:
        return None
    list(Plan.objects.select_for_update().filter(member=locked).values_list("pk"))
    mine = Assessment.objects.select_for_update().filter(member=locked)
    reports = list(mine.order_by("pk").values_list("key", flat=True))
    addresses = addresses_of(locked)
    if and_newsletter:
        for one in Subscriber.objects.filter(in_any_case("email", addresses)):
            newsletter.unsubscribe(key=one.key)
    mails = OutgoingMail.objects.filter(in_any_case("recipient", addresses))
    if not and_newsletter:
        mails = mails.exclude(key__startswith=OF_NEWSLETTER)
    mails.delete()
    # The log of the editing area keeps the name of what was changed: of an account, its address.
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(locked.pk)).delete()
    end_sessions(user=locked)
    locked.delete()
    transaction.on_commit(lambda: cache.delete(import_slot(user.pk)))
    transaction.on_commit(lambda: rendered.forget(reports))
    return addresses


def end_sessions(*, user: User) -> None:
    """On all devices; they would come back with an account that is opened again."""
    mine = UserSession.objects.filter(user=user)
    keys = list(mine.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    mine.delete()


def forget_sessions(*, pk: int, addresses: tuple[str, ...]) -> int:
    """Those that were begun and never finished: no list names them, and they hold the address.

    It reads every session, a part at a time; afterwards, so that nobody waits for a lock.
    """
    gone, last = 0, ""
    while True:
        part = list(Session.objects.filter(pk__gt=last).order_by("pk")[:SEARCHED_AT_A_TIME])
        if not part:
            return gone
        keys = [one.pk for one in part if _is_of(one.get_decoded(), pk, addresses)]
        gone += Session.objects.filter(pk__in=keys).delete()[0] if keys else 0
        last = part[-1].pk


def _is_of(data: dict[str, object], pk: int, addresses: tuple[str, ...]) -> bool:
    if data.get("_auth_user_id") == str(pk):
        return True
    text = str(data).lower()
    return any(address in text for address in addresses)
