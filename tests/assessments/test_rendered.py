"""A page kept in memory is shown only as it was, only while it is true, and only to its owner."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments import access, rendered
from assessments.actions import account, guest
from assessments.actions import assessment as actions
from assessments.models import Assessment, Release, Resource, ResourceLink
from assessments.views import report
from tests import published
from tests.definitions import definition, requirement
from tests.factories import ReleaseFactory
from tests.planned import resources
from tests.published import answer, opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python", 3), requirement("sql", 2))


@pytest.fixture
def sent(member):
    resources(ROLE, good="free")
    return submitted(member, ROLE, python=1, sql=4)


def address(assessment):
    return reverse("report_detail", args=[assessment.key])


def first(client, assessment):
    response = client.get(address(assessment))
    assert response.status_code == 200
    return response.content


@pytest.fixture
def never_made_again(monkeypatch):
    """From here on every page comes from memory, or fails."""

    def forbid():
        monkeypatch.setattr(access, "report_of", None)

    return forbid


def test_seen_again_it_is_the_same_page(member_client, sent, never_made_again):
    page = first(member_client, sent)
    never_made_again()
    assert first(member_client, sent) == page


def test_what_is_in_memory_is_shown_to_nobody_else(
    member_client, stranger_client, sent, never_made_again
):
    first(member_client, sent)
    never_made_again()
    with pytest.raises(TypeError):  # it was looked for in the database
        stranger_client.get(address(sent))
    assert Client().get(address(sent)).status_code == 302


def test_a_stranger_gets_nothing_even_where_the_database_were_asked_wrongly(
    member_client, stranger_client, sent, monkeypatch
):
    first(member_client, sent)
    monkeypatch.setattr(access, "report_row_of", lambda person, key: pytest.fail("shared place"))
    assert stranger_client.get(address(sent)).status_code == 404


def test_it_is_gone_with_the_report(member_client, sent):
    first(member_client, sent)
    sent.delete()
    assert member_client.get(address(sent)).status_code == 404


def test_no_browser_keeps_it(member_client, sent):
    first(member_client, sent)
    for header in ("no-store", "private"):
        assert header in member_client.get(address(sent))["Cache-Control"]


def rename(sent):
    row = Resource.objects.get()
    row.name = "Quite another name"
    row.save()


def break_link(sent):
    ResourceLink.objects.update(health="broken", checked_at=timezone.now())


def import_release(sent):
    ReleaseFactory(source=Release.Source.ONET)


def send_another(sent):
    again = actions.start(by=sent.member, version=sent.version)
    answer(again, python=2)
    actions.submit(assessment=again)


def test_one_deleted_and_another_sent_do_not_go_unseen(member_client, sent, never_made_again):
    """The page names the report before it, and that must be there."""
    later = submitted(sent.member, ROLE, python=2, sql=4)
    first(member_client, later)
    sent.delete()
    submitted(sent.member, ROLE, python=3, sql=4)
    never_made_again()
    with pytest.raises(TypeError):
        member_client.get(address(later))


@pytest.mark.parametrize("change", [rename, break_link, import_release, send_another])
def test_it_is_made_anew_when_what_it_shows_of_today_has_changed(
    member_client, sent, never_made_again, change
):
    first(member_client, sent)
    change(sent)
    never_made_again()
    with pytest.raises(TypeError):
        member_client.get(address(sent))


def test_a_message_is_shown_once(member_client, sent):
    first(member_client, sent)
    with_message = member_client.get(reverse("review", args=[sent.key]), follow=True).content
    assert b"already sent" in with_message
    assert b"already sent" not in first(member_client, sent)


def test_a_page_with_a_message_is_not_kept(member_client, sent):
    member_client.get(reverse("review", args=[sent.key]), follow=True)
    assert not rendered._pages


def test_a_page_with_a_form_is_not_kept(member_client, sent, monkeypatch):
    def page(request, assessment):
        return HttpResponse(get_token(request))

    monkeypatch.setattr(report, "_page", page)
    first(member_client, sent)
    assert not rendered._pages


def test_after_ten_minutes_it_is_made_anew(member_client, sent, never_made_again, monkeypatch):
    first(member_client, sent)
    later = rendered.monotonic() + rendered.SECONDS + 1
    monkeypatch.setattr(rendered, "monotonic", lambda: later)
    never_made_again()
    with pytest.raises(TypeError):
        member_client.get(address(sent))


def test_only_so_many_are_kept():
    for number in range(rendered.MOST + 5):
        place = rendered.Place(("User", 1), str(number), "en")
        rendered.keep(place, rendered.State("", ""), b"page")
    assert len(rendered._pages) == rendered.MOST
    assert not rendered.has(rendered.Place(("User", 1), "0", "en"))


def kept(number, at, monkeypatch):
    monkeypatch.setattr(rendered, "monotonic", lambda: at)
    place = rendered.Place(("assessments.User", 1), str(number), "en")
    rendered.keep(place, rendered.State("", ""), b"page")
    return place


def test_what_has_had_its_time_goes_by_itself(monkeypatch):
    """Nobody has to look at another report for it."""
    first, second = (kept(number, at, monkeypatch) for number, at in enumerate((1000, 1060)))
    [sweep] = rendered._sweeps
    assert (sweep.interval, sweep.daemon) == (rendered.SECONDS, True)
    monkeypatch.setattr(rendered, "monotonic", lambda: 1000 + rendered.SECONDS)
    sweep.function()
    assert (rendered.has(first), rendered.has(second)) == (False, True)
    [sweep] = rendered._sweeps
    assert sweep.interval == 60
    monkeypatch.setattr(rendered, "monotonic", lambda: 1060 + rendered.SECONDS)
    sweep.function()
    assert not rendered._pages
    assert not rendered._sweeps


@pytest.mark.usefixtures("what_commits", "erasures")
def test_it_goes_with_the_account_from_the_process_that_deletes_it(member_client, sent):
    first(member_client, sent)
    assert rendered._pages
    account.delete(user=sent.member, and_newsletter=True)
    assert not rendered._pages


@pytest.fixture
def just_sent(member, member_client):
    """By the press of a person: what it makes ready waits in the cache, not in memory."""
    begun = opened(member, ROLE, python=1, sql=4)
    assert send(member_client, begun).status_code == 302
    assert not rendered._pages
    return begun


def send(client, begun):
    revision = Assessment.objects.get(pk=begun.pk).revision
    return client.post(reverse("review", args=[begun.key]), {"revision": revision})


def test_the_page_of_a_report_just_sent_is_waiting(member_client, just_sent, monkeypatch):
    monkeypatch.setattr(report, "_page", lambda *_: pytest.fail("it was made again"))
    assert b"Your gap report" in first(member_client, just_sent)


def test_what_was_waiting_is_what_is_made_anew(member_client, just_sent):
    waiting = first(member_client, just_sent)
    rendered.forget_all()
    cache.clear()
    assert first(member_client, just_sent) == waiting


def test_what_waits_is_shown_to_nobody_else(just_sent, stranger_client):
    assert stranger_client.get(address(just_sent)).status_code == 404
    owner, state, _page = cache.get(rendered._slot(just_sent.key, "en"))
    theirs = rendered.Place(*owner)
    for other in ((theirs.owner[0], theirs.owner[1] + 1), ("assessments.Guest", theirs.owner[1])):
        place = rendered.Place(other, just_sent.key, "en")
        assert rendered.take_over(place, rendered.State(*state)) is None
    assert rendered.take_over(theirs, rendered.State(*state))


def test_what_waits_is_not_shown_once_the_catalogue_has_changed(
    member_client, just_sent, monkeypatch
):
    import_release(just_sent)
    monkeypatch.setattr(report, "_page", lambda *_: HttpResponse("made anew"))
    assert first(member_client, just_sent) == b"made anew"


def test_what_was_damaged_while_it_waited_is_made_anew(member_client, just_sent):
    slot = rendered._slot(just_sent.key, "en")
    owner, state, packed = cache.get(slot)
    cache.set(slot, (owner, state, packed[:-9]))
    assert b"Your gap report" in first(member_client, just_sent)


def test_after_ten_minutes_nobody_asks_for_what_was_waiting():
    since = timezone.now() - timedelta(seconds=rendered.SECONDS + 1)
    assert not rendered.may_be_waiting(since)
    assert rendered.may_be_waiting(timezone.now())


@pytest.mark.usefixtures("what_commits", "erasures")
def test_what_waits_goes_with_the_account(member, just_sent):
    assert cache.get(rendered._slot(just_sent.key, "en"))
    account.delete(user=member, and_newsletter=True)
    assert cache.get(rendered._slot(just_sent.key, "en")) is None


@pytest.mark.usefixtures("what_commits")
def test_what_waits_goes_with_a_guest():
    begun = guest.begin(version=published.publish(ROLE))
    place = rendered.Place(("assessments.Guest", begun.guest.pk), begun.assessment.key, "en")
    rendered.hand_over(place, rendered.State("", ""), b"page")
    guest.forget(guest=begun.guest)
    assert rendered.take_over(place, rendered.State("", "")) is None


def test_a_message_that_waits_is_not_made_part_of_it(member_client, member, monkeypatch):
    monkeypatch.setattr(report, "_has_messages", lambda _request: True)
    begun = opened(member, ROLE, python=1)
    send(member_client, begun)
    assert cache.get(rendered._slot(begun.key, "en")) is None


def test_a_report_is_sent_even_where_its_page_cannot_be_made(member_client, member, monkeypatch):
    def fail(*_):
        raise OperationalError

    begun = opened(member, ROLE, python=1)
    monkeypatch.setattr(report, "_page", fail)
    assert send(member_client, begun)["Location"] == address(begun)
