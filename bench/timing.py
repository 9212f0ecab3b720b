"""Whether the time of an answer tells if an address has an account.

python -m bench.timing [--number 500] [--postgres] [--only sign-up --only reset]

The server as shipped gets each form with known and unknown addresses in turn, in random order.
AUC is the chance that a known address took longer than an unknown one: 0.5 tells nothing. The
control is allauth without what we add: its sign-up must tell (over 0.9 or under 0.1), or the others
prove nothing. Every request names another visitor and another address, so that no limit is reached.
A number from a busy machine proves little: look at the control, and at the load.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from bench.auc import auc, interval  # noqa: E402
from tests.sites import Server, Site, empty_site  # noqa: E402
from tests.visitors import Visitor  # noqa: E402

PASSWORD = "correct horse battery staple"  # noqa: S105
PRESSES_OF_ONE = 8  # of ten a minute that one person may change the address
MAKE_PEOPLE = """
import json, time
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from assessments.models import User
hashed = make_password({password!r})
for sort, number in {sorts!r}:
    people = [User(email=f"{{sort}}-{{n:05}}@example.org", password=hashed) for n in range(number)]
    User.objects.bulk_create(people)
    for person in people:
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
sessions = []
for person in User.objects.filter(email__startswith="mover-"):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {{"method": "password", "at": time.time() + 3600, "reauthenticated": True}}
    ]
    session.create()
    sessions.append(session.session_key)
print(json.dumps(sessions))
"""

Form = tuple[str, Callable[[str], dict[str, str]], int]
FORMS: dict[str, Form] = {
    "sign-up": ("/accounts/signup/", lambda to: {"email": to, "password1": PASSWORD}, 302),
    "sign-in": ("/accounts/login/", lambda to: {"login": to, "password": "wrong " * 3}, 200),
    "reset": ("/accounts/password/reset/", lambda to: {"email": to}, 302),
    "change": ("/accounts/email/", lambda to: {"email": to, "action_add": "yes"}, 302),
}


class Measuring:
    def __init__(self, site: Site, number: int) -> None:
        self.number = number
        movers = 2 * number // PRESSES_OF_ONE + 1
        made = site.python(
            MAKE_PEOPLE.format(password=PASSWORD, sorts=[("known", number), ("mover", movers)])
        )
        self.sessions: list[str] = json.loads(made.splitlines()[-1])
        self.visitors = count(1)
        self.strangers = count()
        self.chance = random.Random(3)  # noqa: S311 - nothing secret

    def measure(self, server: Server, name: str) -> tuple[list[float], list[float]]:
        """Seconds for known and for unknown addresses."""
        path, fields, expected = FORMS[name]
        visitor = Visitor(server.port)
        token = visitor.get("/newsletter/").hidden["csrfmiddlewaretoken"]
        taken: dict[str, list[float]] = {"known": [], "other": []}
        for pressed, (sort, address) in enumerate(self.addresses()):
            cookies = dict(visitor.cookies)
            if name == "change":
                cookies["session"] = self.sessions[pressed // PRESSES_OF_ONE]
            form = fields(address) | {"csrfmiddlewaretoken": token}
            seconds, status = self.press(server.port, path, form, cookies)
            if status != expected:
                raise SystemExit(f"{name}: {status} for a {sort} address, not {expected}")
            taken[sort].append(seconds)
        return taken["known"], taken["other"]

    def addresses(self) -> Iterator[tuple[str, str]]:
        for number in range(self.number):
            stranger = f"other-{next(self.strangers):05}@example.org"
            pair = [("known", f"known-{number:05}@example.org"), ("other", stranger)]
            yield from self.chance.sample(pair, 2)

    def press(
        self, port: int, path: str, form: dict[str, str], cookies: dict[str, str]
    ) -> tuple[float, int]:
        who = next(self.visitors)
        headers = {
            "Host": f"127.0.0.1:{port}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-Forwarded-For": f"10.{who >> 16}.{who >> 8 & 255}.{who & 255}",
        }
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", path, urlencode(form), headers)
        response = connection.getresponse()
        response.read()
        seconds = time.perf_counter() - began
        connection.close()
        return seconds, response.status


def show(name: str, known: list[float], other: list[float]) -> float:
    value, (low, high) = auc(known, other), interval(known, other)
    times = f"{1000 * median(known):7.0f} {1000 * median(other):7.0f}"
    print(f"{name:18} {len(known):6} {value:6.3f}  {low:.3f}-{high:.3f} {times}", flush=True)
    return value


def main(number: int, forms: list[str]) -> int:
    told = []
    print("form               2 x       AUC  95 in 100   known   other (ms, median)")
    with tempfile.TemporaryDirectory() as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        site.more |= {"TRUSTED_PROXY_COUNT": "1"}  # we are that proxy, and name the visitor
        measuring = Measuring(site, number)
        with Server(site) as server:
            for form in forms:
                told.append(show(form, *measuring.measure(server, form)))
        site.more |= {"DJANGO_SETTINGS_MODULE": "bench.leaky"}
        measuring.number = min(number, 100)
        with Server(site) as server:
            control = show("control: sign-up", *measuring.measure(server, "sign-up"))
    print(f"load of the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(max(abs(one - 0.5) for one in told) > 0.05 or abs(control - 0.5) < 0.4)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--number", type=int, default=500, help="of each sort, for each form")
    options.add_argument("--only", action="append", choices=FORMS, help="not all of the forms")
    options.add_argument("--postgres", action="store_true", help="instead of SQLite")
    chosen = options.parse_args()
    # The settings of tests have set it to a file by now.
    if chosen.postgres and not os.environ["DATABASE_URL"].startswith("postgres"):
        again = [one for one in sys.argv[1:] if one != "--postgres"]
        here = [sys.executable, "-m", "bench.timing", *again]
        run = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "tests.run_on_postgres", *here], check=False
        )
        sys.exit(run.returncode)
    sys.exit(main(chosen.number, chosen.only or list(FORMS)))
