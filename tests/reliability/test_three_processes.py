"""Every request of a person is answered by another process: nothing that matters is in one."""

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import cycle

import pytest

from tests.assessments.admin.importing import csv_of
from tests.conftest import PASSWORD
from tests.sites import Server
from tests.visitors import Visitor

IMPORT = "/admin/assessments/resource/import/"
LEARN = {
    "slug": "learn-elsewhere",
    "name": "Learn elsewhere",
    "provider": "Us",
    "kind": "course",
    "cost": "free",
    "url": "https://learn.example.org/",
    "purpose": "All.",
    "position": "1",
}
SHARED = re.compile(r"/shared/[^/<]+/")
MAKE = f"""
import json
from assessments.models import Guest, Resource, User
from tests.definitions import definition, requirement
from tests.published import publish
from tests.reliability.signed_in import session_of
User.objects.all().delete()
Guest.objects.all().delete()
Resource.objects.filter(slug={LEARN["slug"]!r}).delete()
User.objects.create_verified_user("member@example.org", {PASSWORD!r})
editor = User.objects.create(email="editor@example.org", is_staff=True, is_superuser=True)
version = publish(definition(requirement("sql"), requirement("python")))
print(json.dumps([version.role.slug, session_of(editor)]))
"""
FOUND = """
from assessments.models import Assessment, Guest, Resource
print(Assessment.objects.submitted().filter(member__email="member@example.org").count(),
      Guest.objects.count(), Resource.objects.filter(slug="learn-elsewhere").count())
"""


@dataclass
class Wanderer(Visitor):
    """Their next request goes to the next of these ports, as behind a proxy that takes turns."""

    ports: list[int] = field(default_factory=list)

    def __post_init__(self):
        self.turns = cycle(self.ports)

    def _ask(self, *given):
        self.port = next(self.turns)
        return super()._ask(*given)

    def send(self, page, **fields):
        return self.post(page, self.get(page).hidden | fields)


def wanderer(ports, **cookies):
    return Wanderer(0, cookies, ports=ports)


@pytest.fixture(scope="module")
def made(own_site):
    return json.loads(own_site.python(MAKE).splitlines()[-1])


@pytest.fixture(scope="module")
def ports(own_site, made):
    with ExitStack() as stack:
        servers = [stack.enter_context(Server(own_site, workers=1)) for _number in range(3)]
        yield [one.port for one in servers]


def imported(ports, session, row):
    """Chosen here, confirmed there."""
    editor = wanderer(ports, session=session)
    page = editor.send_file(IMPORT, editor.get(IMPORT).hidden, "file", csv_of("resource", row))
    assert page.status == 200
    return editor.post(IMPORT, page.hidden).headers.get("Location", "")


def test_a_guest_signs_in_takes_it_along_sends_it_and_shares_it(own_site, made, ports):
    person = wanderer(ports)
    begun = person.send(f"/roles/{made[0]}/start/")
    key = re.search(r"/assessments/([\w-]+)/", begun.headers["Location"]).group(1)
    question = f"/assessments/{key}/skills/{{}}/"
    assert person.send(question.format("sql"), level="3", press="later").status == 302
    known = {"login": "member@example.org", "password": PASSWORD}
    assert person.send("/accounts/login/", **known).status == 302  # and takes it along
    assert person.send(question.format("python"), level="1", press="later").status == 302
    sent = person.send(f"/assessments/{key}/review/")
    assert sent.headers["Location"] == f"/reports/{key}/"
    assert [person.get(f"/reports/{key}/").status for _port in ports] == [200] * 3
    share = f"/reports/{key}/share/"
    assert person.send(share, make="link", scope="statement", days="7").status == 302
    link = SHARED.search(person.get(share).body).group()
    assert [wanderer(ports[number:]).get(link).status for number in range(3)] == [200] * 3
    assert own_site.python(FOUND).split()[:2] == ["1", "0"]


def test_an_import_is_confirmed_by_another_process(own_site, made, ports):
    assert imported(ports, made[1], LEARN) == "/admin/assessments/resource/"
    assert own_site.python(FOUND).split()[2] == "1"


def test_a_cache_of_each_process_alone_is_found(own_site, made):
    """The control: what waits for its confirmation is in the cache, which all of them share."""
    alone = replace(own_site, more={"CACHE_URL": "locmemcache://"})
    with Server(alone, workers=1) as one, Server(alone, workers=1) as two:
        row = LEARN | {"slug": "learn-nowhere", "name": "Learn nowhere"}
        assert imported([one.port, one.port, two.port], made[1], row) == IMPORT
