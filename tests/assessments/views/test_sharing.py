import re
import string

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.actions import sharing
from assessments.models import Answer, ShareLink, publication
from assessments.models.assessment import new_key
from tests.conftest import signed_in
from tests.definitions import definition, requirement, wide_definition
from tests.pages import html, main, rows, title, words
from tests.published import answer, opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"), requirement("sql"), requirement("r"))
EXAMPLE = "A parser\nfor <recipes>."
SCOPES = ["statement", "gaps", "examples"]
VISITOR_HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture
def report(member):
    mine = opened(member, ROLE, python=3, sql=1)
    Answer.objects.filter(skill="python").update(example=EXAMPLE)
    return actions.submit(assessment=mine)


def at(report):
    return reverse("report_share", args=[report.key])


def post(client, report, **changed):
    data = {"make": "link", "scope": "gaps", "days": "30", "press": new_key()} | changed
    return client.post(at(report), data)


def link_to(report, scope="statement", days=7):
    return sharing.make(assessment=report, scope=scope, days=days, press=new_key())


def address(link):
    return reverse("shared_report", args=[link.token])


def visits():
    return ShareLink.objects.get().visits


# --- making and revoking ---


def test_it_works(report, member_client, client):
    assert post(member_client, report).url.startswith(f"{at(report)}#link-")
    page = html(member_client.get(at(report)))
    shared = re.search(r"<code[^>]*>http://testserver(\S+)</code>", page).group(1)
    assert f'href="http://testserver{shared}"' in page
    assert "You meet 1 of the 3 targets." in words(main(client.get(shared)))
    assert "opened 1 time" in words(main(member_client.get(at(report))))
    member_client.post(at(report), {"revoke": ShareLink.objects.get().pk})
    assert client.get(shared).status_code == 410


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scope": ""}, "Select what the link shows"),
        ({"scope": "everything"}, "Select one of the three: what the link shows"),
        ({"days": ""}, "Select how long the link works"),
        ({"days": "365"}, "Select one of the three: how long the link works"),
    ],
)
def test_what_is_missing_is_said_twice_and_makes_nothing(report, member_client, changed, said):
    response = post(member_client, report, **changed)
    assert title(response).startswith("Error: ")
    assert words(main(response)).count(said) == 2
    assert not ShareLink.objects.exists()


def test_pressed_twice_it_makes_one(report, member_client):
    press = new_key()
    assert (
        post(member_client, report, press=press).url == post(member_client, report, press=press).url
    )
    assert ShareLink.objects.count() == 1


@pytest.mark.parametrize("press", ["", "short"])
def test_a_press_without_a_proper_key_is_no_crash(report, member_client, press):
    assert post(member_client, report, press=press).status_code in (200, 302)


def test_the_twenty_first_is_refused_in_words(report, member_client):
    for _ in range(20):
        link_to(report)
    response = post(member_client, report)
    assert response.status_code == 409
    assert "This report has 20 links that work, which is the most." in words(main(response))
    assert ShareLink.objects.count() == 20


def test_ended_ones_stay_listed_without_their_address(report, member_client):
    link = link_to(report)
    sharing.revoke(link=link)
    page = main(member_client.get(at(report)))
    assert "Revoked · made" in words(page)
    assert link.token not in page


@pytest.mark.parametrize("pressed", ["0", "x", "²", "9" * 30, ""])
def test_revoking_what_is_not_there_is_not_found(report, member_client, pressed):
    assert member_client.post(at(report), {"revoke": pressed}).status_code == 404


def test_a_link_of_another_report_is_not_there(report, stranger, stranger_client):
    theirs = submitted(stranger, ROLE)
    mine = link_to(report)
    assert stranger_client.post(at(theirs), {"revoke": mine.pk}).status_code == 404
    assert ShareLink.objects.get().is_active


def test_an_open_assessment_cannot_be_shared(member, member_client):
    assert member_client.get(at(opened(member, ROLE))).status_code == 404


def test_it_asks_the_database_a_constant_number_of_times(
    report, member_client, django_assert_num_queries
):
    for _ in range(5):
        link_to(report)
    sharing.revoke(link=link_to(report))
    publication._definitions.clear()
    with django_assert_num_queries(6):
        member_client.get(at(report))


# --- what a holder of the link sees ---


@pytest.mark.parametrize("scope", SCOPES)
def test_it_shows_only_what_was_chosen(report, client, scope):
    page = main(client.get(address(link_to(report, scope))))
    assert "You meet 1 of the 3 targets." in words(page)
    assert ("Table of targets" in page) == (scope in ("gaps", "examples"))
    assert ('id="unknown"' in page) == (scope in ("gaps", "examples"))
    assert ("for &lt;recipes&gt;." in page) == (scope == "examples")
    for never in ("What to do first", "Qualifications", "working", "Take it with you"):
        assert never not in page


def test_the_table_says_what_the_report_says(report, member_client, client):
    shared = rows(main(client.get(address(link_to(report, "gaps")))), "gap-table")
    assert shared == rows(main(member_client.get(f"/reports/{report.key}/")), "gap-table")


@pytest.mark.parametrize("scope", SCOPES)
def test_it_is_labelled_and_names_nobody(report, member, member_client, scope):
    page = html(member_client.get(address(link_to(report, scope))))
    said = words(page)
    assert "Self-assessed, not verified." in said
    assert "against version 1 of this role" in said
    assert member.email not in page
    assert report.key not in page
    assert 'href="/assessments/"' not in page


def holders(report):
    stale = Client()
    stale.cookies["session"] = "x" * 32
    return [Client(), stale, signed_in(report.member)]


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("works", [True, False])
def test_the_visitor_gets_no_cookie_and_the_right_headers(report, works, number):
    link = link_to(report)
    if not works:
        sharing.revoke(link=link)
    response = holders(report)[number].get(address(link))
    assert response.status_code == (200 if works else 410)
    assert not response.cookies
    assert VISITOR_HEADERS.items() <= dict(response.headers).items()
    assert "no-store" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in html(response)


def test_signed_in_or_not_it_is_the_same_page(report, member_client, client):
    path = address(link_to(report, "examples"))
    assert client.get(path).content == member_client.get(path).content


def test_reading_counts_and_looking_at_the_headers_does_not(report, client):
    path = address(link_to(report))
    client.get(path)
    client.head(path)
    assert client.post(path).status_code == 405
    assert visits() == 1


def test_an_ended_link_is_gone_and_counts_nothing(report, client, time_machine):
    link = link_to(report, "examples")
    time_machine.move_to(link.expires_at)
    response = client.get(address(link))
    assert (response.status_code, client.head(address(link)).status_code) == (410, 410)
    assert "This link no longer works" in words(main(response))
    assert "Tester" not in html(response)
    assert visits() == 0


def test_altering_any_one_character_fails(report, client):
    link = link_to(report)
    swapped = str.maketrans(
        string.ascii_letters + string.digits + "-_.",
        string.ascii_letters[1:] + "a" + string.digits[1:] + "0_-x",
    )
    for place, one in enumerate(link.token):
        token = link.token[:place] + one.translate(swapped) + link.token[place + 1 :]
        assert token != link.token
        assert client.get(f"/shared/{token}/").status_code == 404
    assert visits() == 0


@pytest.mark.parametrize("token", ["x", "x.y", ".", "\x00", "é" * 30, "x" * 5000, "x" * 66])
def test_other_addresses_are_not_found(client, token):
    assert client.get(reverse("shared_report", args=[token])).status_code == 404


def test_the_last_character_has_no_second_spelling(report, client):
    """Base64 would read several last characters as the same bytes."""
    link = link_to(report)
    for other in string.ascii_letters + string.digits + "-_=":
        if other != link.token[-1]:
            assert client.get(f"/shared/{link.token[:-1]}{other}/").status_code == 404


def test_a_signature_made_for_something_else_does_not_fit(report, client):
    key = link_to(report).key
    assert client.get(f"/shared/{Signer(sep='.').sign(key)}/").status_code == 404


def test_it_asks_the_database_a_constant_number_of_times_of_a_visitor(
    member, client, django_assert_num_queries
):
    role = wide_definition(40)
    mine = opened(member, role)
    answer(mine, **{f"s{n}": n % 5 for n in range(40)})
    path = address(link_to(actions.submit(assessment=mine), "examples"))
    publication._definitions.clear()
    with django_assert_num_queries(5):
        client.get(path)


def test_when_the_account_is_closed_its_links_are(report, member, client):
    link = link_to(report)
    member.is_active = False
    member.save()
    assert (client.get(address(link)).status_code, client.head(address(link)).status_code) == (
        410,
        410,
    )
    assert visits() == 0
