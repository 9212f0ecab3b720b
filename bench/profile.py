"""Where the time of a page goes: `python -m bench.profile question`, also `save`, `report`, ...

On SQLite, on the site of `make bench`, in one process and without a network: milliseconds of work
of the WSGI handler for one request; then once more under cProfile, whose shares by part are told,
with the functions that took most themselves. What is built into Python counts for its caller.
"""

import argparse
import cProfile
import os
import pstats
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
os.environ |= {"DEBUG": "1", "ENV_FILE": ""}  # of this process alone: sites have their own

from django.test import RequestFactory

from bench.pages import PAGES, SECRET, Request, World
from tests.sites import empty_site

CODE = """
import json
from bench import profile, world
from careerpath.wsgi import application
made = json.loads(world.build({people}, {reports}, {roles}))
profile.tell(application, made | json.loads(world.send({reports})), {name!r}, {number})
"""
PEOPLE, TOP = 60, 4
FORM = "application/x-www-form-urlencoded"
PARTS = {  # the first of them that a path holds
    "/assessments/domain/": "rules",
    "/django/template/": "templates",
    "/careerpath/templates.py": "templates",
    "/templatetags/": "templates",
    "/django/forms/": "forms",
    "/crispy_forms/": "forms",
    "/django/db/": "ORM and database",
    "/assessments/compiled.py": "ORM and database",
    "/django/contrib/sessions/": "session and user",
    "/django/contrib/auth/": "session and user",
    "/allauth/": "session and user",
    "/django/": "Django, the rest",
    "/assessments/": "ours, the rest",
    "/careerpath/": "ours, the rest",
}


def tell(application: Callable[..., Any], world: World, name: str, number: int) -> None:
    """Of each page whose name contains this; runs inside the site."""
    for page in (one for one in PAGES if name in one.name and not one.unchanged):
        asked = page.requests(world, range(len(world["sessions"])))
        turns = iter(asked) if page.once else cycle(asked[:number])
        spent(application, turns, number)  # until all code is read, and what is kept is in memory
        each = spent(application, turns, number) / number
        profile = cProfile.Profile()
        profile.runcall(spent, application, turns, number)
        print(f"\n{page.name}: {each:.2f} ms for a request, the mean of {number}")
        for part, share, functions in shares(profile):
            print(f"  {part:17} {share:4.0%} {share * each:6.2f} ms  {functions}")


def spent(application: Callable[..., Any], turns: Iterator[Request], number: int) -> float:
    """Milliseconds."""
    environs = [environ_of(one) for one in islice(turns, number)]
    began = process_time()
    for environ in environs:
        answer = application(environ, lambda status, _headers: must_work(status))
        b"".join(answer)
        answer.close()
    return 1000 * (process_time() - began)


def must_work(status: str) -> None:
    if status[0] not in "23":
        sys.exit(f"answered {status}")


def environ_of(request: Request) -> dict[str, Any]:
    headers = {"host": "127.0.0.1", "sec-fetch-site": "same-origin"}
    headers["cookie"] = f"session={request.session}; csrf={SECRET}"
    if request.fields is None:
        return RequestFactory().get(request.path, headers=headers).environ
    body = urlencode(request.fields | {"csrfmiddlewaretoken": SECRET})
    return RequestFactory().post(request.path, body, FORM, headers=headers).environ


def shares(profile: cProfile.Profile) -> Iterator[tuple[str, float, str]]:
    """Parts, the largest first: their share of all, and of which functions it is."""
    own: dict[tuple[str, int, str], float] = defaultdict(float)
    # The stubs do not know `stats`.
    for function, (_once, _calls, took, _all, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if function[0] == "~" and callers:
            for caller, of_caller in callers.items():
                own[caller] += of_caller[2]
        else:
            own[function] += took
    whole = sum(own.values())
    parts: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (path, _line, name), took in own.items():
        part = next((part for text, part in PARTS.items() if text in path), "Python")
        parts[part].append((took / whole, f"{Path(path).stem}.{name} {took / whole:.0%}"))
    for part, found in sorted(parts.items(), key=lambda one: -sum(share for share, _ in one[1])):
        most = sorted(found, reverse=True)[:TOP]
        yield part, sum(share for share, _name in found), ", ".join(name for _share, name in most)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("name", help="pages whose names contain this")
    asked.add_argument("--number", type=int, default=100, help="of requests")
    asked.add_argument("--roles", type=int, default=1_000)
    options = asked.parse_args()
    if not any(options.name in one.name for one in PAGES):
        asked.error("no such page; there are " + ", ".join(one.name for one in PAGES))
    reports = 3 * options.number // PEOPLE + 2  # some are asked for only once each
    code = CODE.format(people=PEOPLE, reports=reports, **vars(options))
    prefix = "careerpath-profile-"
    with tempfile.TemporaryDirectory(prefix=prefix) as name, empty_site(Path(name)) as site:
        site.must("prepare_site")
        print(site.python(code))


if __name__ == "__main__":
    main()
