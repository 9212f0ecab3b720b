import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from assessments.models import Subscriber
from tests.mailing import one_changed, path_in, waiting
from tests.pages import html, main, title

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("what_commits")]
ASK = "/newsletter/"


def ask(client, email="reader@example.org"):
    return client.post(ASK, {"email": email})


def confirmed(client):
    ask(client)
    client.post(path_in(mail.outbox[0], "/newsletter/confirm/"))
    return Subscriber.objects.get()


def test_it_works(client):
    assert "Newsletter" in main(client.get(ASK))
    assert ask(client).url == "/newsletter/asked/"
    assert Subscriber.objects.get().confirmed_at is None
    link = path_in(mail.outbox[0], "/newsletter/confirm/")
    assert "You are subscribed" in main(client.post(link))
    assert Subscriber.objects.get().confirmed_at


def test_every_page_leads_there(client):
    assert 'href="/newsletter/"' in html(client.get("/"))


def test_looking_at_a_link_changes_nothing(client):
    ask(client)
    for start in ("/newsletter/confirm/", "/newsletter/unsubscribe/"):
        message = mail.outbox[0]
        link = path_in(message, start) if start in message.body else headers_link(message)
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None


def headers_link(message):
    return (
        message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    )


def test_known_or_not_the_page_is_the_same(client):
    confirmed(client)
    Subscriber.objects.create(email="asked@example.org")
    pages = [
        client.post(ASK, {"email": email}, follow=True)
        for email in ("reader@example.org", "asked@example.org", "nobody@example.org")
    ]
    assert len({html(page) for page in pages}) == 1
    assert len({str(page.redirect_chain) for page in pages}) == 1


def test_one_address_gets_one_mail_an_hour(client, time_machine):
    ask(client)
    ask(client, "READER@example.org")
    assert len(mail.outbox) == 1
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    ask(client)
    assert len(mail.outbox) == 2


def test_who_gets_it_already_is_told_so_in_the_mailbox_alone(client, time_machine):
    confirmed(client)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    ask(client)
    assert mail.outbox[-1].subject == "You get our newsletter already"


def test_one_visitor_asks_for_ten_addresses_an_hour(client):
    answers = [ask(client, f"reader{number}@example.org") for number in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert Subscriber.objects.count() == 10


def test_after_seven_days_the_link_is_dead_and_the_address_gone(client, time_machine):
    ask(client)
    time_machine.move_to(timezone.now() + timedelta(days=7, seconds=2))
    link = path_in(mail.outbox[0], "/newsletter/confirm/")
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "This link no longer works" in main(answer)
    call_command("purge_expired")
    assert not Subscriber.objects.exists()


def test_a_link_for_somebody_gone_is_dead(client):
    ask(client)
    Subscriber.objects.all().delete()
    assert client.post(path_in(mail.outbox[0], "/newsletter/confirm/")).status_code == 410


@pytest.mark.parametrize("kind", ["confirm", "unsubscribe"])
def test_a_link_with_one_character_changed_fits_nothing(client, kind):
    ask(client)
    message = mail.outbox[0]
    link = path_in(message, "/newsletter/confirm/") if kind == "confirm" else headers_link(message)
    token = link.split("/")[3]
    for other in one_changed(token):
        assert client.post(f"/newsletter/{kind}/{other}/").status_code == 404, other
    assert Subscriber.objects.get().confirmed_at is None


def test_one_kind_of_link_does_not_do_for_the_other(client):
    ask(client)
    token = headers_link(mail.outbox[0]).split("/")[3]
    assert client.post(f"/newsletter/confirm/{token}/").status_code == 404


def test_mail_programs_unsubscribe_with_one_post_and_no_cookie(client):
    subscriber = confirmed(client)
    waiting(key="newsletter:1", recipient=subscriber.email)
    stranger = Client(enforce_csrf_checks=True)
    link = headers_link(mail.outbox[0])
    answer = stranger.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Subscriber.objects.exists()
    assert "You are unsubscribed" in main(stranger.post(link))  # again: nothing more to do


def test_people_unsubscribe_with_a_button(client):
    confirmed(client)
    page = main(client.get(headers_link(mail.outbox[0])))
    assert '<form method="post">' in page
    assert "Unsubscribe" in page


@pytest.mark.parametrize(
    "email",
    [
        "",
        "nobody",
        "a@b",
        "a@example.org\r\nBcc: b@example.org",
        "a@example.org\nX: 1",
        "a\0@b.org",
    ],
)
def test_what_is_no_address_is_refused(client, email):
    answer = ask(client, email)
    assert answer.status_code == 200
    assert title(answer).startswith("Error:")
    assert not mail.outbox
    assert not Subscriber.objects.exists()


def test_the_mail_names_nobody(client):
    ask(client)
    message = mail.outbox[0]
    assert "reader" not in message.body + message.subject + str(message.extra_headers)
    assert re.search(r"/newsletter/confirm/[\w.-]+/\n", message.body)


def test_when_the_cookie_is_missing_confirming_is_refused():
    client = Client(enforce_csrf_checks=True)
    Subscriber.objects.create(email="reader@example.org", asked_at=timezone.now())
    assert client.post(ASK, {"email": "reader@example.org"}).status_code == 403


def test_few_questions_to_the_database(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        client.get(ASK)
