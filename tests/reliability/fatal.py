"""Where a save may kill the whole site: a request chooses the place by its X-Fatal header.

Only the settings beside this file name this middleware. The product does not know of it.
"""

import os
import signal
from collections.abc import Callable
from contextvars import ContextVar

from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse

from assessments.actions import assessment as actions
from assessments.models import Answer

BETWEEN = "between the two rows"
AFTER_SAVE = "after save"
BEFORE_COMMIT = "before commit"
AFTER_COMMIT = "after commit"
BEFORE_REPLY = "before reply"
UNSAVED = [BETWEEN, AFTER_SAVE, BEFORE_COMMIT]
SAVED = [AFTER_COMMIT, BEFORE_REPLY]
PLACES = [*UNSAVED, *SAVED]

PLACE = ContextVar("place", default="")
SAVING = ContextVar("saving", default=False)
right_save, right_lower, right_row = actions.save_answer, actions._save, Answer.save
right_commit = BaseDatabaseWrapper._commit


def here(place: str) -> None:
    if PLACE.get() == place:
        os.killpg(0, signal.SIGKILL)


class FatalMiddleware:
    """The outermost, so that the reply is made in full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = PLACE.set(request.headers.get("X-Fatal", ""))
        try:
            response = self.get_response(request)
            here(BEFORE_REPLY)
            return response
        finally:
            PLACE.reset(token)


def save_answer(**given):
    token = SAVING.set(True)
    try:
        return right_save(**given)
    finally:
        SAVING.reset(token)


def save_lower(*given):
    done = right_lower(*given)
    here(AFTER_SAVE)
    return done


def save_row(self, *args, **kwargs):
    here(BETWEEN)  # the count of the assessment is written already
    return right_row(self, *args, **kwargs)


def commit(self):
    if not SAVING.get():
        return right_commit(self)
    here(BEFORE_COMMIT)
    done = right_commit(self)
    here(AFTER_COMMIT)
    return done


actions.save_answer, actions._save = save_answer, save_lower
Answer.save = save_row
BaseDatabaseWrapper._commit = commit
