import re

import pytest
from django.urls import reverse

from assessments import rendered
from assessments.models import Occupation
from tests.definitions import EIGHT, definition, requirement
from tests.factories import OutlookFactory, ReleaseFactory, TechnologyFactory, WageFactory
from tests.guests import begun, browser
from tests.pages import html, main, part, rows, title, words
from tests.published import answer, opened, submitted
from tests.rated import LAW, corresponds, ladder, rated, release

pytestmark = pytest.mark.django_db
PATH = "/roles/nearest/"
ROLE = definition(*(requirement(slug) for slug in ("reading", "writing", "law")), scale=EIGHT)
SAID = {"reading": 4, "law": 3}


def table(client, path=PATH):
    return rows(main(client.get(path)), "gap-table nearest-table")


def text(client, path=PATH):
    return words(main(client.get(path)))


# --- the table ---


def test_the_nearest_come_first(member, member_client):
    ladder()
    opened(member, ROLE, **SAID)
    assert [row[0] for row in table(member_client)] == [
        "Assistants job zone 3",
        "Lawyers job zone 5",
        "Clerks job zone 2",
    ]


def test_every_figure_of_a_row(member, member_client):
    _clerks, _assistants, lawyers = ladder()
    wage, outlook = WageFactory(title="Lawyers"), OutlookFactory(title="All Legal Occupations")
    ReleaseFactory(source="oews", period="May 2024")
    Occupation.objects.filter(pk=lawyers.pk).update(wage=wage, outlook=outlook)
    opened(member, ROLE, **SAID)
    assert table(member_client)[1][1:] == [
        "63 uses 100 % of what you can do · how this is worked out: Lawyers",
        "all 2 targets 100 % of the weight",
        "Law: you Moderate, asked for Strong Reading: you Solid, asked for Advanced",
        "$91,290 a year median pay, May 2024 +23.2 % more or fewer jobs, 2021–2031, "
        "of All Legal Occupations",
    ]


def test_an_estimate_is_a_range(member, member_client):
    ladder()
    corresponds("contracts", LAW, loose=True)
    opened(member, definition(requirement("contracts", 2)), contracts=2)
    assert table(member_client)[0][1].startswith("40 – 100 ")
    assert "All of it is estimated" in text(member_client)


def test_unknown_skills_are_not_counted_as_missing(member, member_client):
    rated("Writers", reading=4, writing=7)
    release()
    opened(member, ROLE, reading=4)
    (row,) = table(member_client)
    assert row[1].startswith("100 ")
    assert row[2] == "1 of 2 targets 50 % of the weight"


def test_with_too_little_overlap_a_role_is_left_out_and_counted(member, member_client):
    ladder()
    rated("Poets", writing=6, law=1)
    release()
    opened(member, ROLE, reading=4)
    assert len(table(member_client)) == 3
    assert "1 more role is left out" in text(member_client)


def test_technologies_that_are_asked_for(member, member_client):
    clerks, *_others = ladder()
    TechnologyFactory(occupation=clerks, name="Python", in_demand=True)
    TechnologyFactory(occupation=clerks, name="python", kind="Other", in_demand=True)
    TechnologyFactory(occupation=clerks, name="Ledger", in_demand=True)
    corresponds("reading", "Python", kind="technology")
    opened(member, ROLE, **SAID)
    assert "You know 1 of the 2 technologies" in table(member_client)[2][3]


def test_it_can_be_narrowed_to_a_job_zone(member, member_client):
    ladder()
    opened(member, ROLE, **SAID)
    assert [row[0] for row in table(member_client, f"{PATH}?zone=5")] == ["Lawyers job zone 5"]
    assert "needs that much preparation" in text(member_client, f"{PATH}?zone=1")


def test_job_zones_are_those_of_the_release(member, member_client):
    """Some join two of the five, or have more."""
    rated("Clerks", reading=4, job_zone=2)
    rated("Oracles", reading=4, job_zone=6)
    release(
        job_zones=[{"zone": 2, "name": "Job Zone 1-2: Some"}, {"zone": 6, "name": "Six: Years"}]
    )
    opened(member, ROLE, reading=4)
    assert "any 2 Some 6 Years" in text(member_client)
    assert [row[0] for row in table(member_client, f"{PATH}?zone=6")] == ["Oracles job zone 6"]


@pytest.mark.parametrize("query", ["zone=9", "zone=x", "zone=٣", "page=x", "page=99", "zone=%00"])
def test_nonsense_in_the_address_shows_what_there_is(member, member_client, query):
    ladder()
    opened(member, ROLE, **SAID)
    assert len(table(member_client, f"{PATH}?{query}")) == 3


def test_twenty_on_a_page(member, member_client):
    for number in range(21):
        rated(f"Clerks {number}", reading=4)
    release()
    opened(member, ROLE, **SAID)
    assert len(table(member_client)) == 20
    assert len(table(member_client, f"{PATH}?page=2")) == 1
    assert title(member_client.get(f"{PATH}?page=2")).startswith("Nearest roles (page 2 of 2)")


def test_the_sources_are_named(member, member_client):
    ladder()
    opened(member, ROLE, **SAID)
    assert "O*NET 29.2 Database" in html(member_client.get(PATH))


# --- what there may be instead ---


def test_without_occupations(member_client):
    assert "no occupations to compare with" in text(member_client)


def test_without_anybody(client):
    ladder()
    page = main(client.get(PATH))
    assert f'href="{reverse("account_login")}?next={PATH}"' in page
    assert "Clerks" not in page


def test_without_an_answer(member_client):
    ladder()
    assert "You have not rated any skill yet." in text(member_client)


def test_with_answers_that_say_nothing_of_occupations(member, member_client):
    ladder()
    opened(member, definition(requirement("juggling")), juggling=3)
    assert "None of the skills you rated" in text(member_client)


def test_with_too_little_of_every_role(member, member_client):
    ladder()
    opened(member, ROLE, writing=4)
    assert "No role overlaps enough" in text(member_client)


# --- whose answers ---


def test_nobody_sees_anybody_else_s(member, stranger_client):
    ladder()
    opened(member, ROLE, **SAID)
    assert "You have not rated any skill yet." in text(stranger_client)


def test_a_guest_sees_their_own():
    ladder()
    token = begun(ROLE, **SAID).token
    assert len(table(browser(token))) == 3


@pytest.mark.parametrize("path", [PATH, f"{PATH}clerks/"])
def test_it_is_never_kept_by_a_browser(member, member_client, path):
    ladder()
    opened(member, ROLE, **SAID)
    assert "no-store" in member_client.get(path)["Cache-Control"]


# --- one line worked out ---


def test_the_sum_behind_a_line(member, member_client):
    ladder()
    opened(member, ROLE, **SAID)
    page = main(member_client.get(f"{PATH}lawyers/"))
    assert rows(page, "gap-table working-table") == [
        ["Reading", "Solid (4)", "Advanced (6)", "3", "0.67", "2"],
        ["Law", "Moderate (3)", "Strong (5)", "3", "0.6", "1.8"],
    ]
    assert "Low end: 3.8 ÷ 6. High end: 3.8 ÷ 6." in words(page)
    assert "Fit 63 of 100, over the 2 of 2 targets" in words(page)
    assert "14 of 14 are no more than people there have: 100 %." in words(page)


def test_on_a_phone_each_figure_of_a_sum_has_its_name(member, member_client):
    ladder()
    opened(member, ROLE, **SAID)
    page = main(member_client.get(f"{PATH}lawyers/"))
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        names = [words(one) for one in re.findall(r"<th scope=\"col\">.*?</th>", table)]
        row = part(table, "<tbody>", "</tr>")
        assert re.findall(r'<td data-label="(.*?)"', row) == names[1:]
        assert row.count("<td") == len(names) - 1


def test_what_is_not_known_is_listed(member, member_client):
    rated("Writers", reading=4, writing=7)
    release()
    opened(member, ROLE, reading=4)
    assert "says anything about it: Writing" in text(member_client, f"{PATH}writers/")


@pytest.mark.parametrize("slug", ["poets", "nowhere", "everybody"])
def test_there_is_no_sum_where_nothing_can_be_compared(member, member_client, slug):
    rated("Poets", writing=6)
    rated("Everybody")
    release()
    opened(member, ROLE, reading=4)
    assert member_client.get(f"{PATH}{slug}/").status_code == 404


def test_there_is_no_sum_for_strangers(member, client, stranger_client):
    ladder()
    opened(member, ROLE, **SAID)
    assert client.get(f"{PATH}lawyers/").status_code == 404
    assert stranger_client.get(f"{PATH}lawyers/").status_code == 404


# --- on a report ---


def test_a_report_shows_the_nearest_by_its_own_answers(member, member_client):
    ladder()
    sent = submitted(member, ROLE, **SAID)
    path = reverse("report_detail", args=[sent.key])
    answer(opened(member, definition(requirement("reading"), slug="other", title="O")), reading=0)
    assert table(member_client, path)[0][0] == "Assistants job zone 3"


def test_a_report_without_occupations_says_nothing_of_them(member, member_client):
    path = reverse("report_detail", args=[submitted(member, ROLE, **SAID).key])
    assert "Where else these answers fit" not in text(member_client, path)


def test_a_report_says_when_its_answers_cover_too_little(member, member_client):
    ladder()
    path = reverse("report_detail", args=[submitted(member, ROLE, writing=3).key])
    assert "cover too little of any other role" in text(member_client, path)


# --- queries ---


def many(count):
    for number in range(count):
        made = rated(f"Clerks {number}", reading=4, law=2)
        TechnologyFactory(occupation=made, name="Python", in_demand=True)
    release()


@pytest.mark.parametrize("count", [2, 12])
def test_the_page_asks_as_often_for_many_roles(
    member, member_client, count, django_assert_num_queries
):
    many(count)
    opened(member, ROLE, **SAID)
    member_client.get(PATH)
    with django_assert_num_queries(6):
        assert len(table(member_client)) == count


@pytest.mark.parametrize(("count", "queries"), [(0, 5), (2, 7), (12, 7)])
def test_a_report_asks_as_often_for_many_roles(
    member, member_client, count, queries, django_assert_num_queries
):
    if count:
        many(count)
    path = reverse("report_detail", args=[submitted(member, ROLE, **SAID).key])
    member_client.get(path)
    rendered.forget_all()
    with django_assert_num_queries(queries):
        member_client.get(path)
