import pytest

from assessments import reports
from assessments.domain.answers import Degree, Education, LastDone
from assessments.models import Answer, QualificationAnswer, Resource, ResourceLink, Scale, Skill
from tests.definitions import (
    EIGHT,
    FIELDS,
    FIVE,
    WORDS,
    definition,
    qualification,
    requirement,
    skill,
)
from tests.published import opened, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(
    requirement("languages", 3, skills=["python", "r"], essential=True),
    requirement("sql", 2),
    requirement("bash", 4),
    qualifications=(qualification(),),
    fields=FIELDS,
)


def catalogue(role, *resources):
    """The skills of a role as rows, and resources that lead from 0 to 4 in each of them."""
    scale, _created = Scale.objects.get_or_create(slug="five")
    skills = [Skill(slug=one.slug, name=one.name, scale=scale) for one in role.skills]
    Skill.objects.bulk_create(skills)
    for slug in resources:
        address = f"https://{slug}.example/"
        row = Resource.objects.create(slug=slug, name=slug, kind="course", cost="free", url=address)
        ResourceLink.objects.bulk_create(
            ResourceLink(resource=row, skill=one, from_level=0, to_level=4, url=address + one.slug)
            for one in skills
        )


def test_it_works(member):
    page = reports.build(submitted(member, ROLE, r=3, sql=0, bash=None))
    assert [row.gap.requirement.slug for row in page.rated] == ["sql", "languages"]
    assert [row.gap.requirement.slug for row in page.unknown] == ["bash"]
    assert page.largest.gap.requirement.slug == "sql"
    assert (page.short[0].have_word, page.short[0].need_word) == ("None", "Guided")
    assert page.short[0].need_anchor == "I do sql as Guided."


def test_rows_become_answers(member):
    mine = opened(member, ROLE, python=None)
    Answer.objects.create(
        assessment=mine, skill="sql", level=0, last_done="longer-ago", example="x", revision=2
    )
    found = reports.answers_of(mine)
    assert found["python"].level is None
    assert (found["sql"].level, found["sql"].last_done) == (0, LastDone.LONGER_AGO)
    assert "bash" not in found


def test_education(member):
    mine = opened(member, ROLE)
    assert reports.education_of(mine) is None
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    assert reports.education_of(mine) == Education(Degree.MASTER, "physics")


def test_a_gap_brings_resources_for_the_skill_that_counted(member):
    catalogue(ROLE, "book")
    page = reports.build(submitted(member, ROLE, r=1, sql=2, bash=None))
    (row,) = page.short
    assert [one.link.url for one in row.suggestions] == ["https://book.example/r"]
    assert all(not row.suggestions for row in page.met + page.unknown)


def test_resources_follow_today_s_catalogue(member):
    catalogue(ROLE, "book")
    sent = submitted(member, ROLE, sql=0)
    ResourceLink.objects.update(url="https://moved.example/")
    (row,) = reports.build(sent).short
    assert [one.link.url for one in row.suggestions] == ["https://moved.example/"]
    Resource.objects.all().delete()
    (row,) = reports.build(sent).short
    assert row.suggestions == ()


def test_three_resources_at_most(member):
    catalogue(ROLE, "a", "b", "c", "d")
    (row,) = reports.build(submitted(member, ROLE, sql=0)).short
    assert [one.resource.slug for one in row.suggestions] == ["a", "b", "c"]


def test_the_axis_has_the_words_of_the_one_scale(member):
    page = reports.build(submitted(member, ROLE))
    assert [word for _place, word in page.axis] == list(WORDS)


def test_two_scales_share_no_axis(member):
    role = definition(
        requirement("python"),
        requirement("lifting"),
        scales=(FIVE, EIGHT),
        skills=(skill("python"), skill("lifting", EIGHT)),
    )
    assert reports.build(submitted(member, role)).axis == ()


def test_review_tells_what_is_needed(member):
    found = reports.review(opened(member, ROLE, python=3, sql=None))
    (group,) = found.groups
    assert [(line.word, line.needed) for line in group.lines] == [
        ("Independent", False),
        ("", False),
        ("", False),
        ("", True),
    ]
    assert (found.unanswered, found.cannot_judge) == (1, 1)
    assert found.asks_qualification


def test_review_names_the_field(member):
    mine = opened(member, ROLE)
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    assert reports.review(mine).field_name == "Physics"
