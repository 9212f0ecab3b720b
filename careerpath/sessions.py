"""Sessions in the database, which also know when they end: the row that is read anyway says so."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session


class SessionStore(db.SessionStore):
    ends_at: datetime | None = None  # of what is stored; None for a session that is not yet

    def _get_session_from_db(self) -> Session | None:
        stored: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        self.ends_at = stored.expire_date if stored else None
        return stored
