import io
import json
import re
import time
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.actions import forgetting
from assessments.models import Assessment, Plan, Subscriber, User
from assessments.views import my_data as views
from tests.conftest import PASSWORD, signed_in
from tests.my_data import EXAMPLE, ROLE, export, filled, packed, raw
from tests.pages import html, main, title, words
from tests.planned import link, resources
from tests.published import opened, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("erasures")]
PAGE, EXPORT, IMPORT = "/account/", "/account/export/", "/account/import/"
CHECK, DELETE, GONE = "/account/import/check/", "/account/delete/", "/account/gone/"
MINE = [PAGE, EXPORT, IMPORT, CHECK, DELETE]
SURE = {"sure": "on", "newsletter": "on"}


def content(response):
    return b"".join(response.streaming_content)


def whole(response):
    """Read to its end, which closes the file behind it."""
    if response.streaming:
        content(response)
    return response


def upload(client, data, **extra):
    return client.post(IMPORT, {"file": SimpleUploadedFile("data.zip", data)}, **extra)


def digest(response):
    return re.search(r'name="digest" value="(\w+)"', html(response)).group(1)


def confirm(client):
    return client.post(CHECK, {"digest": digest(client.get(CHECK))})


def identified(user):
    """Signed in, and has shown a moment ago who they are."""
    client = signed_in(user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


# --- the page ---


def test_it_works(member, member_client):
    filled(member)
    page = member_client.get(PAGE)
    said = words(main(page))
    assert title(page).startswith("My data")
    for line in ("member@example.org", "Reports 1 ", "Unfinished assessments 1 ", "1 that work"):
        assert line in said
    assert "1 of 2 asked for" in said
    assert "asked for, not confirmed" in said
    assert "What you changed as an editor" not in said


def test_an_editor_learns_what_stays(editor_client):
    assert "the changes themselves stay, without your name" in main(editor_client.get(PAGE))


def test_both_pages_of_an_account_lead_to_each_other(member_client):
    assert f'href="{PAGE}"' in main(member_client.get("/accounts/"))
    assert 'href="/accounts/"' in main(member_client.get(PAGE))


def test_the_number_of_queries_does_not_grow(member, member_client, django_assert_num_queries):
    member_client.get(PAGE)
    with django_assert_num_queries(4):  # session, account, addresses, how much there is of each
        member_client.get(PAGE)
    filled(member)
    for level in range(4):
        submitted(member, ROLE, python=level)
    with django_assert_num_queries(4):
        member_client.get(PAGE)


@pytest.mark.parametrize("address", MINE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_an_account_every_page_asks_to_sign_in(client, address, method):
    response = getattr(client, method)(address)
    assert response.url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize("address", MINE)
def test_no_cache_keeps_them(member, member_client, address):
    response = whole(member_client.get(address))
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("address", MINE)
def test_looking_changes_nothing(member, address):
    filled(member)
    client = identified(member)
    before = Assessment.objects.count(), Subscriber.objects.count(), User.objects.count()
    for look in (client.get, client.head):
        response = whole(look(address))
        assert response.status_code in (200, 302)
    assert before == (
        Assessment.objects.count(),
        Subscriber.objects.count(),
        User.objects.count(),
    )


# --- export ---


def test_the_export_is_a_zip_to_keep(member, member_client):
    filled(member)
    response = member_client.get(EXPORT)
    assert response.headers["Content-Type"] == "application/zip"
    assert re.fullmatch(
        r'attachment; filename="careerpath-data-\d{4}-\d\d-\d\d\.zip"',
        response.headers["Content-Disposition"],
    )
    with zipfile.ZipFile(io.BytesIO(content(response))) as archive:
        assert EXAMPLE in json.dumps(json.loads(archive.read("careerpath-data.json"))).replace(
            "\\n", "\n"
        )


def test_a_stranger_gets_only_their_own(member, stranger_client):
    filled(member)
    with zipfile.ZipFile(io.BytesIO(content(stranger_client.get(EXPORT)))) as archive:
        for name in archive.namelist():
            assert b"CANARY" not in archive.read(name)
            assert b"member@" not in archive.read(name).lower()


def test_too_many_exports_have_to_wait(member_client, monkeypatch):
    monkeypatch.setattr(views, "LIMITS", {"export": "2/h/user"})
    responses = [member_client.get(EXPORT) for _number in range(3)]
    assert [whole(one).status_code for one in responses] == [200, 200, 429]


# --- import ---


def test_an_export_is_looked_at_and_then_brought_in(member, stranger, stranger_client):
    report = filled(member).report
    assert upload(stranger_client, export(member)).url == CHECK
    said = words(main(stranger_client.get(CHECK)))
    assert "Comes back. 1 of 3 targets met." in said
    assert "Nothing has changed yet." in said
    assert not stranger.assessments.exists()
    assert confirm(stranger_client).url == PAGE
    assert stranger.assessments.submitted().get().result_sha256 == report.result_sha256
    assert "Reports: 1. Unfinished assessments: 1." in main(stranger_client.get(PAGE))


def test_what_came_back_is_read_like_any_report(member, stranger, stranger_client):
    filled(member)
    upload(stranger_client, export(member))
    confirm(stranger_client)
    report = stranger.assessments.submitted().get()
    assert stranger_client.get(f"/reports/{report.key}/").status_code == 200
    assert stranger_client.get("/plan/").status_code == 200


def test_a_second_time_there_is_nothing_to_add(member, member_client):
    filled(member)
    upload(member_client, export(member))
    page = member_client.get(CHECK)
    assert "nothing in this file that could be added" in main(page)
    assert 'name="digest"' not in html(page)


@pytest.mark.parametrize("reports", [1, 8])
@pytest.mark.parametrize(("address", "asked"), [(CHECK, 7), (IMPORT, 2), (DELETE, 5)])
def test_the_pages_ask_as_often_for_many_reports(
    member, django_assert_num_queries, reports, address, asked
):
    filled(member)
    resources(ROLE, good="free")
    member.plan.items.update(link=link("good"))
    for level in range(reports):
        submitted(member, ROLE, python=level % 5)
    client = identified(member)
    upload(client, export(member))
    with django_assert_num_queries(asked):
        assert client.get(address).status_code == 200


def test_a_version_that_is_not_here_is_named(member, stranger_client):
    filled(member)
    data = raw(member)
    data["assessments"][0]["version"] = {"number": 9, "definition_sha256": "0" * 64}
    upload(stranger_client, packed(data))
    said = words(main(stranger_client.get(CHECK)))
    assert "Cannot come back. It was made on version 9 of the role" in said
    assert "the report that it came from cannot come back" in said


def test_what_is_wrong_is_named_with_its_place(member, stranger, stranger_client):
    filled(member)
    data = raw(member)
    data["assessments"][0]["answers"][0]["level"] = 6
    page = upload(stranger_client, packed(data))
    assert title(page).startswith("Error:")
    assert "Assessment 1, Tester: python has no level 6. Make it one from 0 to 4." in main(page)
    assert stranger_client.get(CHECK).url == IMPORT


@pytest.mark.parametrize("data", [b"", b"hello", packed(b"0" * 10_000_000), b"PK" + bytes(99)])
def test_a_file_that_is_none_is_refused_with_the_reason(member_client, data):
    page = upload(member_client, data)
    assert page.status_code == 200
    assert (
        "Choose the zip" in main(page)
        or "Download it once more" in main(page)
        or ("Choose the one we gave you" in main(page))
    )


def test_a_file_that_is_too_large_is_refused(member_client):
    page = upload(member_client, b"PK" + bytes(5 * 1024 * 1024))
    assert "larger than 5 MB" in main(page)


def test_no_file_is_said_so(member_client):
    assert "Choose the zip file of your export" in main(member_client.post(IMPORT))


def test_a_file_waits_for_its_owner_alone(member, member_client, stranger_client):
    filled(member)
    upload(member_client, export(member))
    assert stranger_client.get(CHECK).url == IMPORT


def test_pressing_without_a_file_brings_in_nothing(member_client):
    response = member_client.post(CHECK, {"digest": "x"}, follow=True)
    assert "We no longer have that file" in main(response)


def test_an_old_press_is_shown_again(member, stranger, stranger_client):
    filled(member)
    upload(stranger_client, export(member))
    seen = digest(stranger_client.get(CHECK))
    opened(stranger, ROLE)
    Plan.objects.create(member=stranger)
    response = stranger_client.post(CHECK, {"digest": seen}, follow=True)
    assert "Nothing was brought in" in main(response)
    assert stranger.assessments.count() == 1


def test_hostile_names_are_shown_as_text(member, stranger_client):
    filled(member)
    data = raw(member)
    data["assessments"][0]["role"]["title"] = "<script>alert(1)</script>"
    upload(stranger_client, packed(data))
    assert "<script>alert" not in html(stranger_client.get(CHECK))


def test_too_many_imports_have_to_wait(member_client, monkeypatch):
    monkeypatch.setattr(views, "LIMITS", {"import": "1/h/user"})
    assert [upload(member_client, b"").status_code for _n in range(2)] == [200, 429]


# --- deleting ---


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_asks_first_who_it_is(member, member_client, method):
    response = getattr(member_client, method)(DELETE, SURE)
    assert response.url.startswith("/accounts/reauthenticate/?next=%2Faccount%2Fdelete%2F")
    assert User.objects.filter(pk=member.pk).exists()


def test_a_wrong_password_leads_nowhere(member, member_client):
    member_client.get(DELETE)
    member_client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert member_client.get(DELETE).status_code == 302


def test_who_has_a_second_step_is_asked_too(member, member_client):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "x"})
    assert member_client.get(DELETE).status_code == 302


def test_a_quarter_of_an_hour_later_it_asks_again(member, settings):
    client = identified(member)
    assert client.get(DELETE).status_code == 200
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    time.sleep(0.01)
    assert client.get(DELETE).status_code == 302


def test_it_says_what_goes(member):
    filled(member)
    page = identified(member).get(DELETE)
    assert "Reports 1 " in words(main(page))
    assert "Unsubscribe me from the newsletter" in main(page)


def test_without_the_tick_nothing_goes(member):
    client = identified(member)
    page = client.post(DELETE, {})
    assert title(page).startswith("Error:")
    assert "Tick the box" in main(page)
    assert User.objects.filter(pk=member.pk).exists()


def test_deleting_signs_out_and_says_goodbye(member):
    filled(member)
    client, elsewhere = identified(member), signed_in(member)
    response = client.post(DELETE, SURE)
    assert response.url == GONE
    assert not User.objects.exists()
    assert not Assessment.objects.exists()
    assert not Subscriber.objects.exists()
    assert client.get(PAGE).status_code == elsewhere.get(PAGE).status_code == 302
    assert not client.session.keys()


# Far more than a page: it locks first all that goes, and then each kind of row that hangs on an
# account is looked for and deleted by statements of its own, down to the sessions.
@pytest.mark.parametrize("reports", [1, 8])
def test_the_press_asks_as_often_for_many_reports(member, django_assert_num_queries, reports):
    filled(member)
    for level in range(reports):
        submitted(member, ROLE, python=level % 5)
    client = identified(member)
    ContentType.objects.get_for_model(User)  # each process asks for it once
    with django_assert_num_queries(66):
        assert client.post(DELETE, SURE).url == GONE


def test_the_newsletter_stays_where_the_tick_is_taken_away(member):
    filled(member)
    identified(member).post(DELETE, {"sure": "on"})
    assert Subscriber.objects.exists()


def test_who_gets_no_newsletter_is_not_asked_about_it(member):
    assert "newsletter" not in main(identified(member).get(DELETE)).split("<form")[1]


def test_a_press_that_was_stopped_to_ask_goes_on_afterwards(member, member_client):
    member_client.post(DELETE, SURE)
    answer = {"password": PASSWORD, "next": DELETE}
    member_client.post(f"/accounts/reauthenticate/?next={DELETE}", answer)
    assert not User.objects.exists()


def test_the_only_superuser_is_told_the_cure():
    boss = User.objects.create_superuser("boss@example.org", PASSWORD)
    client = identified(boss)
    assert "Make somebody else superuser" in main(client.get(DELETE))
    assert client.post(DELETE, SURE).status_code == 409
    assert User.objects.exists()


def test_another_site_cannot_press_it(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post(DELETE, SURE).status_code == 403
    assert User.objects.exists()


def test_the_goodbye_is_for_everybody_and_kept_nowhere(client):
    response = client.get(GONE)
    assert "Your account is deleted" in main(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_the_slot_is_one_for_each_person(member, stranger):
    assert forgetting.import_slot(member.pk) != forgetting.import_slot(stranger.pk)


def test_where_deletions_cannot_be_noted_the_page_says_so_and_deletes_nothing(member, settings):
    client = identified(member)
    settings.ERASURES_FILE = "/missing/erasures.txt"
    response = client.post(DELETE, SURE)
    assert response.status_code == 503
    assert "Nothing was deleted yet" in words(main(response))
    assert User.objects.filter(pk=member.pk).exists()
    assert client.get(PAGE).status_code == 200
