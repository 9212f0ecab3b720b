"""How long an answer takes tells nobody whether an address is known."""

from time import monotonic

import pytest

from assessments import pacing
from assessments.models import Subscriber

STEP = 0.2


@pytest.fixture(autouse=True)
def _wide_steps(monkeypatch):
    monkeypatch.setattr(pacing, "STEP", STEP)


def seconds(do):
    began = monotonic()
    do()
    return monotonic() - began


def test_it_works():
    began = monotonic()
    pacing.wait_since(began - STEP / 2)
    assert STEP / 2 <= monotonic() - began < STEP


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/newsletter/"])
def test_known_and_unknown_addresses_take_whole_steps(client, member, path):
    Subscriber.objects.create(email=member.email)
    for email in (member.email, "nobody@example.org"):
        taken = seconds(lambda email=email: client.post(path, {"email": email}))
        assert taken >= STEP
