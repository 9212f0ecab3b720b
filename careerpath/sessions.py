"""Sessions in the database, which also know when they end: the row that is read anyway says so.

However often somebody asks to stay, settings.SESSION_LONGEST seconds after signing in it is over.
"""

import re
from datetime import datetime, timedelta
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from assessments.compiled import CompiledQuery, Parameter

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970
KEY = re.compile(r"[a-z0-9]{32}")
LIVING = CompiledQuery(
    lambda: Session.objects.filter(
        session_key=Parameter("key", Session._meta.pk),
        expire_date__gt=Parameter("now", Session._meta.get_field("expire_date")),
    )
)


class SessionStore(db.SessionStore):
    ends_at: datetime | None = None  # of what is stored; None for a session that is not yet

    def _get_session_from_db(self) -> Session | None:
        stored = None
        if KEY.fullmatch(self.session_key or ""):  # PostgreSQL refuses some others with an error
            stored = LIVING.get_or_none(key=self.session_key, now=timezone.now())
        self.ends_at = stored.expire_date if stored else None
        if stored is None:
            self._session_key = None  # or who signs in would have the key that a browser made up
        return stored

    def save(self, must_create: bool = False) -> None:
        """A password that was changed renews the key of a session, not its beginning."""
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        if SESSION_KEY in data:
            data.setdefault(SIGNED_IN_AT, int(time()))
        super().save(must_create)

    def get_expiry_age(self, **kwargs: Any) -> int:
        return min(super().get_expiry_age(**kwargs), self.most_left())

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        longest = timezone.now() + timedelta(seconds=self.most_left())
        return min(super().get_expiry_date(**kwargs), longest)

    def most_left(self) -> int:
        """Seconds, whatever its owner presses."""
        began = self.get(SIGNED_IN_AT)
        if began is None:
            return settings.SESSION_LONGEST
        return max(0, int(began + settings.SESSION_LONGEST - time()))
