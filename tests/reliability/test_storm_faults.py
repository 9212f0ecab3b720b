"""The control of test_exactly_once.py: its storm, at a site whose locks are off."""

import json
from dataclasses import replace

import pytest

from tests.reliability.test_exactly_once import COUNT, KINDS, MAKE, READERS, all_presses
from tests.sites import Server

SETTINGS = "tests.reliability.storm_settings"


@pytest.fixture(scope="module")
def faulty(own_site):
    with Server(replace(own_site, more={"DJANGO_SETTINGS_MODULE": SETTINGS})) as server:
        yield server


@pytest.fixture(scope="module")
def stormed(own_site, faulty):
    """What there is of everything after one round of each kind."""
    made = json.loads(own_site.python(MAKE).splitlines()[-1])
    for kind in ("publish", "send"):
        all_presses(faulty.port, KINDS[kind], *made[kind][0], number=0)
    return json.loads(own_site.python(COUNT.format(made=made, readers=READERS)).splitlines()[-1])


def test_a_version_that_is_published_twice_is_found(stormed):
    versions, logged = stormed["publish"][0]
    assert versions > 1
    assert logged > 1


def test_an_issue_that_is_sent_twice_is_found(stormed):
    _deliveries, logged = stormed["send"][0]
    assert logged > 1
