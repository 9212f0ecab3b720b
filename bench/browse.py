"""How long the server takes for pages of roles: `python -m bench.browse`.

It reads the database that DATABASE_URL names, into which O*NET (and, for pay and growth, the
wage survey and the projections) have been imported, and changes nothing. Each page is asked for
many times; the median counts. Beside the time on the clock stands the time of this process alone
(without the database where that is PostgreSQL), which other work on the machine does not change.
"""

import os
from collections.abc import Sequence
from gzip import compress
from statistics import median
from time import perf_counter, process_time

import django
from django.test import Client

TARGET_MS = 50
TIMES = 21
PAGES: Sequence[tuple[str, dict[str, str]]] = (
    ("/livez", {}),
    ("/", {}),
    ("/roles/", {}),
    ("/roles/", {"page": "40"}),
    ("/roles/", {"q": "data analyst"}),
    ("/roles/", {"q": "data analist"}),
    ("/roles/", {"q": "registred nurse"}),
    ("/roles/", {"q": "python sql"}),
    ("/roles/", {"q": "critical thinking"}),
    ("/roles/", {"q": "manager"}),
    ("/roles/", {"q": "a"}),
    ("/roles/", {"q": "zzzzzzzz"}),
    ("/roles/", {"zone": "4", "education": "bachelor", "pay": "60000", "growth": "5"}),
    ("/roles/", {"q": "engineer", "zone": "4", "pay": "80000", "rated": "on"}),
    ("/roles/", {"q": "nurse", "zone": "1", "pay": "9000000"}),
)
OCCUPATIONS = 5


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
    django.setup()
    # Only now is there anything to import them from.
    models = django.apps.apps.get_app_config("assessments").models
    entries = models["searchentry"].objects
    print(f"{entries.count()} roles. Median of {TIMES}; the target is {TARGET_MS} ms.")
    biggest = entries.filter(curated=False).order_by("-role__occupation__pk")[:OCCUPATIONS]
    pages = [*PAGES, *((f"/roles/{one.role.slug}/", {}) for one in biggest.select_related("role"))]
    client = Client(headers={"host": "localhost"})
    times = [timed(client, address, asked) for address, asked in pages]
    over = sum(one > TARGET_MS for one in times)
    print(f"All pages: median {median(times):.1f} ms, slowest {max(times):.1f} ms, {over} over.")


def timed(client: Client, address: str, asked: dict[str, str]) -> float:
    taken, busy = [], []
    for _number in range(TIMES):
        began, began_work = perf_counter(), process_time()
        response = client.get(address, asked)
        taken.append(1000 * (perf_counter() - began))
        busy.append(1000 * (process_time() - began_work))
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    words = " ".join(f"{name}={value}" for name, value in asked.items())
    weight = len(compress(response.content)) / 1024
    figures = f"{median(taken):7.1f} ms {median(busy):7.1f} ms busy {weight:6.1f} KB"
    print(f"{figures}  {address} {words}")
    return median(taken)


if __name__ == "__main__":
    main()
