import re
from dataclasses import replace

import pytest

from assessments.domain.definition import Passage
from assessments.models import Occupation
from tests.definitions import EIGHT, definition, requirement
from tests.factories import AlternateTitleFactory, OutlookFactory, WageFactory
from tests.guests import begun, browser
from tests.pages import html, main, title, words
from tests.published import opened, publish
from tests.rated import ladder, rated, related, release

pytestmark = pytest.mark.django_db
PATH = "/roles/lawyers/steps/"
FROM_CLERKS = f"{PATH}?from=clerks"
ROLE = definition(requirement("reading"), requirement("law"), scale=EIGHT)


def text(client, path):
    return words(main(client.get(path)))


def stones(client, path):
    found = re.findall(r'<li class="stone.*?</h3>', main(client.get(path)), re.DOTALL)
    return [words(one) for one in found]


def links(client, path):
    return re.findall(r'steps/\?from=([\w-]+)"', main(client.get(path)))


def test_the_way_goes_step_by_step(client):
    ladder()
    assert title(client.get(FROM_CLERKS)).startswith("Steps towards Lawyers")
    assert stones(client, FROM_CLERKS) == ["Clerks", "Assistants", "Lawyers"]
    assert "The direct jump leaves 73 of 100 to gain. In 2 steps, each smaller than that:" in text(
        client, FROM_CLERKS
    )


def test_each_step_says_what_to_gain(client):
    ladder()
    page = text(client, FROM_CLERKS)
    assert (
        "Assistants A large step: 58 of 100 to gain. Most to gain: "
        "Law, from Beginning to Moderate Reading, from Basic to Solid"
    ) in page
    assert "Lawyers A large step: 37 of 100 to gain." in page


def test_each_step_says_what_it_pays(client):
    _clerks, assistants, _lawyers = ladder()
    wage, outlook = WageFactory(title="Assistants"), OutlookFactory(title="Assistants")
    Occupation.objects.filter(pk=assistants.pk).update(wage=wage, outlook=outlook)
    assert "$91,290 a year median pay +23.2 %" in text(client, FROM_CLERKS)


def test_where_no_way_has_smaller_steps_the_jump_is_shown(client):
    rated("Clerks", reading=2)
    rated("Lawyers", reading=6)
    release()
    assert stones(client, FROM_CLERKS) == ["Clerks", "Lawyers"]
    assert "No way through related occupations" in text(client, FROM_CLERKS)


def test_a_small_jump_is_one_step(client):
    rated("Clerks", reading=6)
    rated("Lawyers", reading=6)
    release()
    assert "That is one step: no stones are needed." in text(client, FROM_CLERKS)


# --- where it ends ---


def curated(*codes):
    publish(replace(definition(requirement("sql")), occupations=codes))
    return "/roles/tester/steps/"


def test_a_role_of_the_editors_ends_where_the_statistics_count_it(client):
    *_others, lawyers = ladder()
    unrated = rated("Judges")
    release()
    path = curated(unrated.code, lawyers.code)
    page = text(client, f"{path}?from=clerks")
    assert "the nearest with ratings is Lawyers: the steps lead there" in page
    assert "not rated in this release: Judges" in page
    assert stones(client, f"{path}?from=clerks") == ["Clerks", "Assistants", "Lawyers"]


def test_its_pathway_stands_beside_the_steps(client):
    *_others, lawyers = ladder()
    passage = Passage("pathway", "1. Begin with reading", "Read much.")
    publish(
        replace(definition(requirement("sql")), occupations=(lawyers.code,), passages=(passage,))
    )
    page = text(client, "/roles/tester/steps/?from=clerks")
    assert "How people get there 1. Begin with reading Read much." in page


def test_without_a_counterpart_there_is_no_way(client):
    ladder()
    assert "No rated occupation is known to come near" in text(client, curated())


def test_an_unrated_role_has_no_distance(client):
    ladder()
    rated("Judges")
    release()
    assert "has no ratings of its skills" in text(client, "/roles/judges/steps/")


def test_a_withdrawn_one_says_so_and_where_to_go(client):
    *_others, lawyers = ladder()
    gone = rated("Judges", withdrawn=True)
    related((gone, lawyers))
    release()
    page = main(client.get("/roles/judges/steps/"))
    assert "O*NET 29.2 (February 2025), the newest release, no longer has this" in words(page)
    assert 'href="/roles/lawyers/"' in page
    assert "No rated occupation" not in page


def test_before_an_import(client):
    assert "no occupations on this site yet" in text(client, curated("15-2031.00"))


def test_a_role_that_is_not_there(client):
    assert client.get("/roles/nowhere/steps/").status_code == 404


# --- where it begins ---


def test_without_a_start_one_is_asked_for(client):
    ladder()
    assert "Where do you begin?" in text(client, PATH)
    assert links(client, PATH) == ["assistants"]


def test_somebody_with_answers_begins_where_they_are_nearest(member, member_client):
    ladder()
    opened(member, ROLE, reading=2, law=1)
    page = text(member_client, PATH)
    assert "From Clerks That is the role your answers come nearest to." in page


def test_a_guest_too():
    ladder()
    token = begun(ROLE, reading=2, law=1).token
    assert "From Clerks" in text(browser(token), PATH)


def test_somebody_else_s_answers_are_not_used(member, stranger_client):
    ladder()
    opened(member, ROLE, reading=2)
    assert "Where do you begin?" in text(stranger_client, PATH)


@pytest.mark.parametrize("asked", ["lawyers", "nowhere", "%00", "tester"])
def test_a_start_that_is_none(client, asked):
    ladder()
    assert "Where do you begin?" in text(client, f"{PATH}?from={asked}")


def test_an_unrated_start_is_said_and_others_offered(client):
    clerks, *_others = ladder()
    judges = rated("Judges")
    related((judges, clerks))
    release()
    path = f"{PATH}?from=judges"
    assert "Judges has no ratings in this release" in text(client, path)
    assert links(client, path) == ["clerks"]


def test_a_start_is_found_by_title_or_other_title(client):
    _clerks, assistants, _lawyers = ladder()
    AlternateTitleFactory(occupation=assistants, title="Office Clerk")
    found = links(client, f"{PATH}?q=CLERK")
    assert found[:2] == ["clerks", "assistants"]


@pytest.mark.parametrize("asked", ["xyzzy", "%25", "_"])
def test_nothing_is_found(client, asked):
    ladder()
    assert "No occupation is called that." in text(client, f"{PATH}?q={asked}")


def test_what_was_typed_comes_back_as_text(client):
    ladder()
    page = html(client.get(PATH, {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


# --- queries ---


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_asks_as_often_for_many_roles(client, count, django_assert_num_queries):
    clerks, *_others = ladder()
    for number in range(count):
        related((rated(f"Scribes {number}", reading=3), clerks))
    release()
    client.get(FROM_CLERKS)
    with django_assert_num_queries(3):
        client.get(FROM_CLERKS)
