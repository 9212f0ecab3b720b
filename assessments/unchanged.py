"""Public pages that a browser or a search engine has seen, and that have not changed since.

Only for who shows no cookie that could tell us who it is: to all of them such a page is the same.
The tag is known before the page is made: it stands for the code that would make it and for all
that an import, a publication or an editor could have changed since.
"""

from collections.abc import Callable
from functools import cache, wraps
from hashlib import sha256
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connections, router
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import condition

from assessments import deployed
from assessments.models import Release, Role, RoleVersion
from assessments.replica import public_page

P = ParamSpec("P")


def unless_unchanged(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For a page without a form's token and without a message, inside of `require_safe`."""
    conditional = condition(etag_func=tag)(view)

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        # Whoever works on the site sees each change of a template at once.
        # “*” asks for any page at all, and whether there is one only the view knows.
        is_any = request.headers.get("If-None-Match", "").strip() == "*"
        if settings.DEBUG or is_any or may_be_somebody(request):
            return view(request, *args, **kwargs)
        with public_page():
            response = conditional(request, *args, **kwargs)
        patch_cache_control(response, no_cache=True)
        patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
        return response

    return asked


def may_be_somebody(request: HttpRequest) -> bool:
    """Whether the session is still there is not asked: such a page gets no tag."""
    names = (
        settings.SESSION_COOKIE_NAME,
        settings.GUEST_COOKIE_NAME,
        settings.MESSAGE_COOKIE_NAME,
    )
    return any(name in request.COOKIES for name in names)


def tag(request: HttpRequest, *args: object, **kwargs: object) -> str:
    """Weak, since a page travels compressed or not.

    The week bounds how long a change is missed that left no trace, as one by hand in the database.
    """
    year, week, _day = localdate().isocalendar()
    parts = (
        deployed.digest(),
        content_state(),
        f"{year}-{week}",
        get_language() or "",
        request.get_full_path(),
    )
    digest = sha256("\n".join(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def content_state() -> str:
    """Of all that public pages show: versions, their roles, the imports. One query.

    To the first two rows are only ever added, and counted: the last key would not tell, as two
    transactions may end in another order than they began. The moment of the last version tells
    one that was published again after a restore; each import has its own, since clocks differ.
    """
    # Of the database that the page is read from, or an older page would get the tag of a newer one.
    with connections[router.db_for_read(RoleVersion)].cursor() as cursor:
        cursor.execute(_sql())
        return "/".join(str(one) for one in cursor.fetchone())


@cache
def _sql() -> str:
    versions, past, releases = (
        f'"{one._meta.db_table}"' for one in (RoleVersion, Role.history.model, Release)
    )
    parts = [
        f"SELECT count(*) FROM {versions}",  # noqa: S608  names of our own
        f"SELECT published_at FROM {versions} ORDER BY id DESC LIMIT 1",  # noqa: S608  names of our own
        f"SELECT count(*) FROM {past}",  # noqa: S608  names of our own
    ]
    parts += [
        f"SELECT imported_at FROM {releases} WHERE source = '{one.value}'"  # noqa: S608  names of our own
        for one in Release.Source
    ]
    return f"SELECT {', '.join(f'({one})' for one in parts)}"
