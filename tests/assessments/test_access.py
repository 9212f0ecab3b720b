import pytest
from django.db import IntegrityError
from django.http import Http404

from assessments import access
from assessments.actions import assessment as assessing
from assessments.actions import plan as planning
from assessments.actions import reminders
from assessments.models import Assessment, Guest, Plan, Role, User
from assessments.views import assessment as starting
from tests.definitions import definition, requirement
from tests.guests import begun, browser
from tests.planned import item, plan, report
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))
SETTINGS = {"hours_a_week": "9", "starts_on": "2026-03-02", "budget": "any", "revision": "0"}


def test_it_works(member):
    mine = opened(member, ROLE)
    assert access.assessment_of(member, mine.key) == mine


@pytest.mark.parametrize("fetch", [access.assessment_of, access.report_of])
def test_what_is_not_yours_is_not_there(member, stranger, fetch):
    sent = submitted(member, ROLE)
    assert fetch(member, sent.key) == sent
    with pytest.raises(Http404):
        fetch(stranger, sent.key)


def test_an_open_assessment_has_no_report(member):
    with pytest.raises(Http404):
        access.report_of(member, opened(member, ROLE).key)


def test_a_role_is_its_newest_version():
    publish(ROLE)
    newest = publish(definition(requirement("sql")))
    assert access.published_role("tester") == newest


@pytest.mark.parametrize("slug", ["draft", "missing"])
def test_a_role_that_was_never_published_is_not_there(slug):
    Role.objects.create(slug="draft", title="Draft", summary="Not yet.")
    with pytest.raises(Http404):
        access.published_role(slug)


# --- deleted in another tab, between finding it and locking it ---


def first(delete, action):
    """As if another tab had come in between."""

    def late(**values):
        delete()
        return action(**values)

    return late


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["", "short"])
def test_a_guest_who_was_forgotten_begins_nothing(monkeypatch, way):
    client = browser(begun(ROLE).token)
    for name, module in (("start", assessing), ("start_again", starting)):
        late = first(Guest.objects.all().delete, getattr(module, name))
        monkeypatch.setattr(module, name, late)
    assert client.post("/roles/tester/start/", {"way": way}).status_code == 404
    assert not Assessment.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/roles/tester/start/", "/plan/", "/plan/python/", "add", "off"])
def test_who_is_gone_meets_what_is_missing_and_leaves_nothing(
    member, member_client, monkeypatch, path
):
    found = report(member, ROLE, python=1)
    planned = {} if path in ("/plan/", "add") else {"python": plan(member, found, "python")}
    for module, name in (
        (assessing, "start"),
        (planning, "save_settings"),
        (planning, "save_item"),
        (planning, "add"),
        (reminders, "choose"),
    ):
        late = first(User.objects.get().delete, getattr(module, name))
        monkeypatch.setattr(module, name, late)
    paths = {"add": f"/plan/add/{found.key}/", "off": "/reminders/"}
    values = SETTINGS | {"status": "done", "gaps": "python", "plan_dates": "on", "press": "save"}
    values |= {"item": str(item("python").pk)} if planned else {}
    assert member_client.post(paths.get(path, path), values).status_code == 404
    assert not Plan.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_fault_of_ours_stays_one(member, member_client, monkeypatch):
    def faulty(**values):
        raise IntegrityError

    publish(ROLE)
    monkeypatch.setattr(assessing, "start", faulty)
    with pytest.raises(IntegrityError):
        member_client.post("/roles/tester/start/")
