"""A role rated from 0 to 7, from the first question to the report."""

import re

import pytest
from django.urls import reverse

from assessments.actions import assessment as actions
from assessments.models import Assessment, Correspondence, Scale, Skill
from tests.definitions import definition, onet_definition, requirement
from tests.pages import html, main, part, words
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
ROLE = onet_definition(
    requirement("reading", 5, essential=True),
    requirement("maths", 3),
    requirement("physics", 2, imprecise=True),
    requirement("biology", 4, imprecise=True),
)
UNCERTAIN = "target uncertain: the survey’s own figures are too imprecise"


def question(client, mine, skill="reading"):
    return html(client.get(reverse("question", args=[mine.key, skill])))


def cards(page):
    return [
        words(one) for one in re.findall(r'<label class="level-card-label".*?</label>', page, re.S)
    ]


def test_the_examples_stand_at_their_levels(member, member_client):
    page = question(member_client, opened(member, ROLE))
    assert cards(page)[:8] == [
        "0 None not at all, or not yet",
        "1 Beginning easier than the example below",
        "2 Basic Example: Read a <bus> timetable",
        "3 Moderate between the two examples",
        "4 Solid Example: Read a letter from a bank",
        "5 Strong between the two examples",
        "6 Advanced Example: Read a law",
        "7 Expert harder than the example above",
    ]
    assert "Choose the highest sentence" not in page
    assert "show how hard a level is" in page


def test_sentences_about_oneself_are_no_examples(member, member_client):
    page = question(member_client, opened(member, definition(requirement("reading"))))
    assert "Choose the highest sentence" in page
    assert cards(page)[1] == "Aware I do reading as Aware."


def test_the_target_is_not_in_the_question(member, member_client):
    """The same page, whatever is asked for."""
    pages = []
    for level in (2, 6):
        Assessment.objects.all().delete()
        mine = opened(member, onet_definition(requirement("reading", level)))
        page = question(member_client, mine).replace(mine.key, "")
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]


def test_the_whole_way(member, member_client):
    mine = opened(member, ROLE)
    for skill, level in [("reading", 3), ("maths", 7), ("physics", 4), ("biology", 7)]:
        address = reverse("question", args=[mine.key, skill])
        sent = member_client.post(address, {"level": level, "revision": 0, "press": "continue"})
        assert sent.status_code == 302
    review = main(member_client.get(reverse("review", args=[mine.key])))
    assert "3 Moderate" in words(review)
    actions.submit(assessment=Assessment.objects.get(pk=mine.pk))
    page = main(member_client.get(reverse("report_detail", args=[mine.key])))
    said = words(page)
    assert "You meet 2 of the 4 targets. 1 is two or more below. 1 is unknown." in said
    assert "From Moderate to Strong. Harder than this example:" in said
    assert words(part(page, '<ul class="unknown-list">', "</ul>")) == (
        f"Target physics {UNCERTAIN} you: Solid, importance 3 of 5"
    )


@pytest.mark.parametrize("name", ["report_pdf", "report_csv", "report_json", "report_resume"])
def test_it_can_be_taken_away(member, member_client, name):
    sent = submitted(member, ROLE, reading=3, physics=4, biology=7)
    assert member_client.get(reverse(name, args=[sent.key])).status_code == 200


def test_an_imprecise_target_is_on_no_page(member, member_client):
    """Not as a word, not in a drawing, whether met or not."""
    role = onet_definition(requirement("a", 2, imprecise=True), requirement("b", 2, imprecise=True))
    sent = submitted(member, role, a=5, b=7)
    page = main(member_client.get(reverse("report_detail", args=[sent.key])))
    assert "Basic" not in page
    assert '<rect class="target" x="' not in part(page, 'id="target-b"', "</table>")
    assert "you Expert, target uncertain" in page


def test_an_uncertain_target_is_no_answer_to_give(member, member_client):
    sent = submitted(member, ROLE, reading=5, maths=3, physics=4, biology=7)
    sure = words(
        part(
            html(member_client.get(reverse("report_detail", args=[sent.key]))),
            'id="sure"',
            "</section>",
        )
    )
    assert "Better figures: 1 target is uncertain" in sure
    assert "Answer the" not in sure


def test_forty_targets_and_more(member, member_client):
    role = onet_definition(*(requirement(f"s{n}", 1 + n % 7) for n in range(48)))
    sent = submitted(member, role, **{f"s{n}": n % 8 for n in range(48)})
    page = main(member_client.get(reverse("report_detail", args=[sent.key])))
    assert page.count('<tr id="target-') == 48
    axis = part(page, '<svg class="dumbbell-axis"', "</svg>")
    assert re.findall(r">(\w+)</text>", axis) == ["None", "Expert"]


def test_the_plan_counts_forty_hours_a_level(member, member_client):
    sent = submitted(member, ROLE, reading=3, maths=3)
    said = words(main(member_client.get(reverse("plan_add", args=[sent.key]))))
    assert "From Moderate to Strong, about 80 hours." in said


# --- what was rated elsewhere ---


@pytest.fixture
def _python_is_loosely_programming():
    scale = Scale.objects.create(slug="five", name="Five levels")
    values = {"category": "Skills", "scale": scale}
    python = Skill.objects.create(slug="python", name="Python", **values)
    Skill.objects.create(slug="programming", name="Programming", element="2.B.3.e", **values)
    Correspondence.objects.create(skill=python, kind="element", code="2.B.3.e", loose=True)


CURATED = definition(requirement("python"))
IMPORTED = onet_definition(requirement("programming"), slug="other", title="Other")


def test_an_element_rated_elsewhere_is_offered(member, member_client):
    submitted(member, ROLE, reading=4)
    mine = opened(member, onet_definition(requirement("reading", 1), slug="other", title="O"))
    page = question(member_client, mine)
    assert "you chose <strong>Solid</strong>" in page
    assert "checked" not in page.split("last_done")[0]


@pytest.mark.usefixtures("_python_is_loosely_programming")
def test_what_overlaps_is_said_to_be_loose(member, member_client):
    submitted(member, CURATED, python=3)
    page = words(question(member_client, opened(member, IMPORTED), "programming"))
    assert "you chose Independent for Skill python. That was for Tester." in page
    assert "The two only overlap: it points to somewhere from Moderate to Expert here." in page


@pytest.mark.usefixtures("_python_is_loosely_programming")
def test_and_the_reverse(member, member_client):
    submitted(member, IMPORTED, programming=7)
    page = words(question(member_client, opened(member, CURATED), "python"))
    assert "you chose Expert for Skill programming. That was for Other." in page
    Correspondence.objects.update(loose=False)
    page = words(question(member_client, Assessment.objects.open().get(), "python"))
    assert "The two mean the same: it points to somewhere from Independent to Leading" in page


@pytest.mark.usefixtures("_python_is_loosely_programming")
def test_the_same_skill_goes_before_a_similar_one(member, member_client):
    submitted(member, CURATED, python=3)
    submitted(member, IMPORTED, programming=2)
    again = onet_definition(requirement("programming"), slug="third", title="Third")
    page = words(question(member_client, opened(member, again), "programming"))
    assert "you chose Basic" in page
    assert "overlap" not in page


@pytest.mark.usefixtures("_python_is_loosely_programming")
def test_what_could_not_be_judged_points_nowhere(member, member_client, stranger):
    submitted(member, CURATED, python=None)
    submitted(stranger, definition(requirement("python"), slug="theirs", title="T"), python=3)
    page = words(question(member_client, opened(member, IMPORTED), "programming"))
    assert "overlap" not in page


def test_it_says_whose_targets_they_are(member, member_client):
    sent = submitted(member, ROLE, reading=3)
    address = reverse("report_detail", args=[sent.key])
    assert "set by this site’s editors" in words(main(member_client.get(address)))
    sent.role.origin = "onet"
    sent.role.save()
    assert "what O*NET’s survey found" in words(main(member_client.get(address)))
