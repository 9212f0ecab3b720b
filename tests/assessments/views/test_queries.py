"""How often a press or a page of the plan, of sharing and of mail asks the database.

As often for one row of everything as for thirty.
"""

import pytest
from django.urls import reverse

from assessments.actions import mail_links, reminders, sharing
from assessments.models import Subscriber, publication
from assessments.models.assessment import new_key
from tests.definitions import wide_definition
from tests.factories import NewsletterIssueFactory
from tests.mailing import path_of, subscribers, waiting
from tests.planned import item, named, plan, report, resources

pytestmark = pytest.mark.django_db
SIZES = (1, 30)


@pytest.fixture(params=SIZES)
def world(request, member):
    """So many of everything a page could list: skills, resources, reports, links, readers."""
    size = request.param
    role = named(wide_definition(size + 1), "wide")
    resources(role, **{f"r{n}": "free" for n in range(size)})
    levels = {f"s{n}": 0 for n in range(size + 1)}
    found = [report(member, role, **levels) for _number in range(2 if size == 1 else 4)]
    plan(member, found[-1], *(f"s{n}" for n in range(size)))
    for _number in range(min(size, 15)):
        made = {"assessment": found[-1], "scope": "examples", "days": 7}
        sharing.make(**made, press=new_key())
        sharing.revoke(link=sharing.make(**made, press=new_key()))
    subscribers(size)
    reminders.choose(member=member, plan_dates=True, come_back=True)
    for number in range(size):
        waiting(key=f"reminder:plan:{number}", member=member)
    publication._definitions.clear()
    return found


def shared(world):
    link = sharing.make(assessment=world[-1], scope="examples", days=7, press=new_key())
    return reverse("shared_report", args=[link.token])


def reader():
    return Subscriber.objects.order_by("pk").first().key


ADDRESSES = {
    "plan": lambda world: reverse("plan"),
    "plan item": lambda world: reverse("plan_item", args=["s0"]),
    "plan add": lambda world: reverse("plan_add", args=[world[-1].key]),
    "plan ics": lambda world: reverse("plan_ics"),
    "plan rate": lambda world: reverse("plan_rate", args=["s0"]),
    "compare": lambda world: reverse("report_compare", args=[world[0].key, world[-1].key]),
    "share": lambda world: reverse("report_share", args=[world[-1].key]),
    "shared": shared,
    "newsletter": lambda world: reverse("newsletter"),
    "asked": lambda world: reverse("newsletter_asked"),
    "confirm": lambda world: path_of(mail_links.confirm_link(reader())),
    "unsubscribe": lambda world: path_of(mail_links.unsubscribe_link(reader())),
    "reminders": lambda world: reverse("reminders"),
    "reminders off": lambda world: path_of(mail_links.reminders_off_link(world[0].member_id)),
}
LOOKS = {
    "plan": 8,
    "plan item": 6,
    "plan add": 8,
    "plan ics": 8,
    "compare": 5,
    "share": 6,
    "shared": 5,
    "newsletter": 2,
    "asked": 2,
    "confirm": 2,
    "unsubscribe": 2,
    "reminders": 3,
    "reminders off": 2,
}
PRESSES = {
    "plan": 7,
    "plan item": 12,
    "plan add": 14,
    "plan rate": 15,
    "share": 10,
    "newsletter": 6,
    "confirm": 4,
    "unsubscribe": 8,
    "reminders": 9,
    "reminders off": 8,
}


def form(name):
    shown = {"hours": "", "due_on": "", "notes": "", "press": "save"}
    return {
        "plan": {"hours_a_week": "9", "starts_on": "2026-03-02", "budget": "any", "revision": "0"},
        "plan item": shown | {"item": str(item("s0").pk), "revision": "0", "status": "done"},
        "plan add": {"gaps": f"s{item('s0').plan.items.count()}"},
        "share": {"make": "link", "scope": "gaps", "days": "7", "press": new_key()},
        "newsletter": {"email": "new@example.org"},
        "reminders": {"plan_dates": "on"},
    }.get(name, {})


@pytest.mark.parametrize("name", LOOKS)
def test_a_page_asks_as_often_for_thirty_as_for_one(
    world, member_client, django_assert_num_queries, name
):
    path = ADDRESSES[name](world)
    with django_assert_num_queries(LOOKS[name]):
        assert member_client.get(path).status_code == 200


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_asks_as_often_for_thirty_as_for_one(
    world, member_client, django_assert_num_queries, name
):
    path, values = ADDRESSES[name](world), form(name)
    with django_assert_num_queries(PRESSES[name]):
        assert member_client.post(path, values).status_code in (200, 302)


def test_the_preview_of_an_issue_asks_as_often_for_thirty_readers_as_for_one(
    world, editor_client, django_assert_num_queries
):
    path = f"/admin/assessments/newsletterissue/{NewsletterIssueFactory().pk}/preview/"
    with django_assert_num_queries(6):
        assert editor_client.get(path).status_code == 200
