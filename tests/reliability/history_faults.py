"""Six ways to break a promise, for a real server: a request chooses one by its X-Fault header.

Only the settings beside this file name this middleware. The product does not know of it.
"""

import random
import time
from contextvars import ContextVar
from threading import Timer

from django.db import connection, transaction
from django.utils import timezone

from assessments import earlier
from assessments.actions import assessment as actions
from assessments.models import Answer, Assessment

NO_LOCK = "no lock"
NO_REVISION = "no revision check"
EARLY = "acknowledged before commit"
DROPPED = "dropped write"
STALE = "stale read"
TWICE = "double submit"
FAULTS = [NO_LOCK, NO_REVISION, EARLY, DROPPED, STALE, TWICE]

FAULT = ContextVar("fault", default="")
right_save, right_lock, right_submit = actions.save_answer, actions._lock_open, actions.submit
right_covers, right_stored = actions.Seen.covers, earlier.stored_and_earlier
pages = {}


class FaultMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = FAULT.set(request.headers.get("X-Fault", ""))
        try:
            return self.get_response(request)
        finally:
            FAULT.reset(token)


def lock_open(assessment):
    if FAULT.get() != NO_LOCK:
        return right_lock(assessment)
    found = Assessment.objects.get(pk=assessment.pk)
    time.sleep(0.05)
    return found


def save_answer(**given):
    match FAULT.get():
        case "no lock":
            return right_save.__wrapped__(**given)  # without its transaction
        case "acknowledged before commit":
            saved = undone(given)
            Timer(0.3, afterwards, [given]).start()
            return saved
        case "dropped write" if random.random() < 0.2:
            return undone(given)
    return right_save(**given)


def undone(given):
    with transaction.atomic():
        saved = right_save(**given)
        transaction.set_rollback(True)
    return saved


def afterwards(given):
    try:
        right_save(**given)
    except (actions.Conflict, actions.AlreadySubmitted, Answer.DoesNotExist):
        return
    finally:
        connection.close()


def covers(seen, stored):
    return FAULT.get() == NO_REVISION or right_covers(seen, stored)


def stored_and_earlier(assessment, slug):
    now = right_stored(assessment, slug)
    if FAULT.get() != STALE:
        return now
    return pages.setdefault((assessment.pk, slug), now)


def submit(*, assessment, seen=None):
    if FAULT.get() != TWICE:
        return right_submit(assessment=assessment, seen=seen)
    time.sleep(0.05)  # so that the other press has looked whether it is sent already
    done = right_submit(assessment=assessment, seen=seen)
    if done is assessment:  # sent already
        time.sleep(0.3)
        Assessment.objects.filter(pk=done.pk).update(submitted_at=timezone.now())
    return done


actions._lock_open, actions.save_answer, actions.submit = lock_open, save_answer, submit
actions.Seen.covers, earlier.stored_and_earlier = covers, stored_and_earlier
