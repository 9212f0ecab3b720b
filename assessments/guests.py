"""Who tries it without an account: known by a cookie, for seven days."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse

from assessments.models import Assessment, Guest, User

MOST_PAIRS = 20  # on the page


def has_cookie(request: HttpRequest) -> bool:
    return settings.GUEST_COOKIE_NAME in request.COOKIES


def guest_of(request: HttpRequest) -> Guest | None:
    """None as well once the seven days are over, whether it is deleted by then or not."""
    token = request.COOKIES.get(settings.GUEST_COOKIE_NAME)
    return Guest.objects.behind(token).first() if token else None


def give_cookie(response: HttpResponse, guest: Guest, token: str) -> None:
    response.set_cookie(
        settings.GUEST_COOKIE_NAME,
        token,
        expires=guest.expires_at,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(settings.GUEST_COOKIE_NAME, samesite="Lax")


@dataclass(frozen=True)
class Pair:
    """Two open assessments on one role, with `answered`: the guest's, and the account's."""

    guests: Assessment
    accounts: Assessment


def pairs(guest: Guest, member: User) -> tuple[Pair, ...]:
    """The first of them: they are decided one by one."""
    both = Assessment.objects.open().with_version().annotate(answered=Count("answers"))
    theirs = list(both.of(guest).order_by("pk")[:MOST_PAIRS])
    mine = {
        one.role_id: one for one in both.of(member).filter(role__in=[t.role_id for t in theirs])
    }
    return tuple(Pair(one, mine[one.role_id]) for one in theirs if one.role_id in mine)
