"""Many who press in the same moment: threads with connections of their own.

PRESSES=10 in the environment makes it fewer, for a slow computer.
"""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection
from django.test import Client
from zeal import zeal_ignore

from tests.conftest import signed_in

PRESSES = int(os.environ.get("PRESSES", "100"))
PATIENCE = 60  # seconds until all threads are there


class Tab(Client):
    """Keeps no record of the templates: Django's own client notes those of all threads for each.

    What fails in the site is an answer 500 here, as for a browser. A second look at a row that
    another press made meanwhile counts as a look too many in other tests.
    """

    def request(self, **request):
        with zeal_ignore():
            answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


def at_once(do, *, refusals=(), number=PRESSES):
    """What each got from do(0), do(1) and so on: a result, or an exception named in `refusals`."""
    together = Barrier(number)

    def run(one):
        together.wait(PATIENCE)
        try:
            return do(one)
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def tabs(user, number=PRESSES):
    """As many tabs of one browser in which this person is signed in."""
    first = signed_in(user)
    clients = [Tab() for _number in range(number)]
    for client in clients:
        client.cookies.load({name: one.value for name, one in first.cookies.items()})
    return clients


def post_at_once(clients, address, form):
    """The answers to one form, or to form(0), form(1) and so on, sent by all of these together."""

    def press(one):
        values = form(one) if callable(form) else form
        return clients[one].post(address, values)

    return at_once(press, number=len(clients))


def statuses(answers):
    return Counter(answer.status_code for answer in answers)
