from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.actions.links import LinkChecksAreOff, check, due, record
from assessments.domain.links import Finding, Outcome, of_status
from assessments.models import ResourceLink
from tests.factories import ResourceLinkFactory

pytestmark = pytest.mark.django_db
SILENCE = Outcome(Finding.SILENT, "no-name")


@pytest.fixture(autouse=True)
def _link_checks_on(settings):
    settings.LINK_CHECKS = True


def note(link, outcome):
    assert record(link=link, outcome=outcome, at=timezone.now())
    link.refresh_from_db()
    return link.health


def test_it_works():
    link = ResourceLinkFactory()
    (found,) = check(links=due(), look=lambda url: of_status(200))
    assert found.recorded
    link.refresh_from_db()
    assert (link.health, link.check_detail) == ("works", "works:http-200")
    assert link.checked_at


def test_a_page_that_is_gone_is_broken_at_once():
    assert note(ResourceLinkFactory(), of_status(404)) == "broken"


def test_silence_is_broken_the_second_time():
    link = ResourceLinkFactory(health="works")
    assert note(link, SILENCE) == "works"
    assert note(link, SILENCE) == "broken"


def test_a_site_that_refuses_machines_stays_what_it_was():
    assert note(ResourceLinkFactory(health="works"), of_status(403)) == "works"


def test_what_was_found_is_not_noted_on_another_address():
    link = ResourceLinkFactory()
    ResourceLink.objects.update(url="https://new.example.org/")
    assert not record(link=link, outcome=of_status(404), at=timezone.now())
    link.refresh_from_db()
    assert link.health == "unchecked"


@pytest.mark.parametrize("fields", [None, ["url"]])
def test_a_new_address_starts_unchecked(fields):
    link = ResourceLinkFactory()
    note(link, of_status(404))
    link.url = "https://new.example.org/"
    link.save(update_fields=fields)
    link.refresh_from_db()
    assert (link.health, link.checked_at, link.check_detail) == ("unchecked", None, "")


def test_another_change_keeps_what_was_found():
    link = ResourceLinkFactory()
    note(link, of_status(404))
    link.reason = "Still the best"
    link.save()
    link.refresh_from_db()
    assert link.health == "broken"


def test_an_address_is_visited_once_for_all_its_links():
    for _number in range(2):
        ResourceLinkFactory()
    visited = []
    found = list(check(links=due(), look=lambda url: visited.append(url) or of_status(404)))
    assert len(visited) == 1
    assert [one.is_broken for one in found] == [True, True]


def test_when_nobody_answers_nothing_is_noted():
    for host in ("a", "b"):
        ResourceLinkFactory(url=f"https://{host}.example.org/", check_detail="silent:no-name")
    found = list(check(links=due(), look=lambda url: SILENCE))
    assert [one.recorded for one in found] == [False, False]
    assert not ResourceLink.objects.filter(health="broken").exists()


def test_when_somebody_answers_silence_is_noted():
    for host in ("a", "b"):
        ResourceLinkFactory(url=f"https://{host}.example.org/", check_detail="silent:no-name")
    list(check(links=due(), look=lambda url: of_status(403) if "//a" in url else SILENCE))
    assert ResourceLink.objects.get(health="broken").url == "https://b.example.org/"


def test_what_is_due():
    now = timezone.now()
    old = ResourceLinkFactory(checked_at=now - timedelta(days=9))
    recent = ResourceLinkFactory(checked_at=now - timedelta(days=2))
    never = ResourceLinkFactory()
    assert due(older_than=7) == [never, old]
    assert due(older_than=7, limit=1) == [never]
    assert due(every_one=True) == [never, old, recent]


def test_it_visits_nobody_when_it_is_off(settings):
    settings.LINK_CHECKS = False
    ResourceLinkFactory()
    with pytest.raises(LinkChecksAreOff):
        list(check(links=due(), look=pytest.fail))
