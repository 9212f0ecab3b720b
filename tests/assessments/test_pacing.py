"""How long an answer takes tells nobody whether an address is known."""

from time import monotonic

import pytest

from assessments import pacing
from assessments.models import Subscriber

STEP = 0.25


@pytest.fixture(autouse=True)
def _wide_steps(monkeypatch):
    monkeypatch.setattr(pacing, "STEP", STEP)


def seconds(do):
    began = monotonic()
    do()
    return monotonic() - began


@pytest.mark.parametrize(("taken", "left"), [(0.0, 0.25), (0.125, 0.125), (0.875, 0.125)])
def test_it_waits_until_the_step_is_whole(monkeypatch, taken, left):
    waited = []
    monkeypatch.setattr(pacing, "monotonic", lambda: 100.0 + taken)
    monkeypatch.setattr(pacing, "sleep", waited.append)
    pacing.wait_since(100.0)
    assert waited == [left]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/newsletter/"])
def test_known_and_unknown_addresses_take_whole_steps(client, member, path):
    Subscriber.objects.create(email=member.email)
    for email in (member.email, "nobody@example.org"):
        taken = seconds(lambda email=email: client.post(path, {"email": email}))
        assert taken >= STEP
