"""A running site with people in the middle of their assessments."""

import json
from collections.abc import Iterator

import pytest

from tests.sites import Server, Site, empty_site

PEOPLE = 8
SKILLS = [f"skill-{number}" for number in range(5)]
MAKE_PEOPLE = """
import json
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from assessments.actions import assessment as actions
from assessments.models import User
from tests.definitions import definition, requirement
from tests.published import publish
version = publish(definition(*(requirement(slug) for slug in %(skills)r)))
people = []
for number in range(%(people)d):
    person = User(email=f"{number}@example.org")
    person.set_unusable_password()
    person.save()
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    assessment = actions.start(by=person, version=version)
    people.append([session.session_key, assessment.key])
print(json.dumps(people))
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with empty_site(tmp_path_factory.mktemp("site")) as site:
        site.must("prepare_site")
        yield site


@pytest.fixture(scope="module")
def own_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For a module that leaves more behind than people. Its static files are those of `site`."""
    with empty_site(tmp_path_factory.mktemp("own-site")) as own:
        yield own


@pytest.fixture
def people(site: Site) -> list[tuple[str, str]]:
    """Pairs of a session and an assessment, each of another person."""
    return make_people(site)


def make_people(site: Site, number: int = PEOPLE) -> list[tuple[str, str]]:
    """Nobody else is left."""
    code = MAKE_PEOPLE % {"skills": SKILLS, "people": number}
    done = site.python(f"from assessments.models import User; User.objects.all().delete()\n{code}")
    return [(session, key) for session, key in json.loads(done.splitlines()[-1])]


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[Server]:
    with Server(site) as server:
        yield server
