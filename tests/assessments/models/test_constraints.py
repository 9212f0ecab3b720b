"""Each constraint of the database, violated once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils import timezone

from assessments.models import (
    AlternateTitle,
    Anchor,
    Answer,
    Assessment,
    Correspondence,
    Counterpart,
    Delivery,
    Fact,
    Guest,
    NewsletterIssue,
    Occupation,
    OutgoingMail,
    Outlook,
    Plan,
    PlanItem,
    PublishedName,
    Qualification,
    QualificationAnswer,
    RelatedOccupation,
    Release,
    Requirement,
    RequirementGroup,
    RequirementSkill,
    Resource,
    ResourceLink,
    Role,
    RoleVersion,
    Scale,
    ScaleLevel,
    ShareLink,
    Skill,
    Subscriber,
    Technology,
    User,
)
from tests.definitions import definition, requirement
from tests.published import opened, submit_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(member):
    """One valid row of each kind, by its name."""
    scale = Scale.objects.create(slug="five", name="Five levels")
    skill = Skill.objects.create(slug="python", name="Python", category="Coding", scale=scale)
    role = Role.objects.create(slug="other", title="Other", summary="Another role.")
    group = RequirementGroup.objects.create(role=role, slug="coding", title="Coding")
    wanted = Requirement.objects.create(
        role=role, group=group, slug="python", title="Python", level=3, importance=3
    )
    resource = Resource.objects.create(slug="book", name="Book", url="https://book.example/")
    assessment = opened(member, definition(requirement("python")), python=3)
    return {
        "scale": scale,
        "skill": skill,
        "role": role,
        "group": group,
        "requirement": wanted,
        "resource": resource,
        "assessment": assessment,
        "version": assessment.version,
        "member": member,
    }


def level(rows, **values):
    ScaleLevel.objects.create(**{"scale": rows["scale"], "value": 1, "word": "Aware"} | values)


def anchor(rows, **values):
    Anchor.objects.create(**{"skill": rows["skill"], "level": 1, "text": "I read."} | values)


def fact(rows, **values):
    Fact.objects.create(
        **{"role": rows["role"], "slug": "pay", "label": "Pay", "value": 2, "unit": "percent"}
        | values
    )


def group(rows, **values):
    RequirementGroup.objects.create(role=rows["role"], **{"slug": "new", "title": "New"} | values)


def wanted(rows, **values):
    Requirement.objects.create(
        role=rows["role"],
        group=rows["group"],
        **{"slug": "new", "title": "New", "level": 1, "importance": 1} | values,
    )


def alternative(rows):
    RequirementSkill.objects.create(requirement=rows["requirement"], skill=rows["skill"])


def qualification(rows, **values):
    Qualification.objects.create(
        role=rows["role"], **{"slug": "degree", "title": "Degree", "importance": 1} | values
    )


def resource(rows, **values):
    Resource.objects.create(**{"slug": "new", "name": "New", "url": "https://a.example/"} | values)


def link(rows, **values):
    ResourceLink.objects.create(
        resource=rows["resource"],
        skill=rows["skill"],
        **{"from_level": 1, "to_level": 2, "url": "https://a.example/"} | values,
    )


def version(rows, **values):
    RoleVersion.objects.create(role=rows["version"].role, **{"number": 2} | values)


def assessment(rows):
    same = rows["assessment"]
    Assessment.objects.create(member=same.member, role=same.role, version=same.version)


def guest(**values):
    return Guest.objects.create(**{"token_sha256": "a" * 64} | values)


def of_guest(rows):
    same, nobody = rows["assessment"], Guest.objects.first() or guest()
    Assessment.objects.create(guest=nobody, role=same.role, version=same.version)


def owned(rows, **values):
    Assessment.objects.filter(pk=rows["assessment"].pk).update(**values)


def answer(rows, **values):
    Answer.objects.create(
        assessment=rows["assessment"], **{"skill": "sql", "level": 1, "revision": 1} | values
    )


def degree(rows, **values):
    QualificationAnswer.objects.create(assessment=rows["assessment"], revision=1, **values)


def twice(make, **values):
    def violate(rows):
        make(rows, **values)
        make(rows, **values)

    return violate


def plan(rows, **values):
    return Plan.objects.create(member=rows["member"], **values)


def plan_item(rows, **values):
    owner = Plan.objects.first() or plan(rows)
    values = {"skill": "python", "from_level": 1, "to_level": 3} | values
    PlanItem.objects.create(
        plan=owner, assessment=rows["assessment"], requirement="python", **values
    )


def share(rows, **values):
    later = timezone.now() + timedelta(days=7)
    ShareLink.objects.create(
        assessment=rows["assessment"], **{"scope": "gaps", "expires_at": later} | values
    )


def delivery(rows):
    issue = NewsletterIssue.objects.first() or NewsletterIssue.objects.create(subject="News")
    person = Subscriber.objects.first() or Subscriber.objects.create(email="a@example.org")
    Delivery.objects.create(issue=issue, subscriber=person)


def subscriber(rows, email="reader@example.org"):
    Subscriber.objects.create(email=email)


def correspondence(rows, **values):
    values = {"kind": "technology", "code": "Python"} | values
    Correspondence.objects.create(skill=rows["skill"], **values)


def counterpart(rows):
    Counterpart.objects.create(role=rows["role"], code="15-2031.00")


def occupation(code="15-2031.00", **values):
    role, _new = Role.objects.get_or_create(slug=code, title=f"O {code}", origin="onet")
    values = {"ratings": "[]"} | values
    return Occupation.objects.get_or_create(
        code=code, defaults={"soc": code[:7], "role": role, "title": code} | values
    )[0]


def technology(rows):
    Technology.objects.create(occupation=occupation(), name="Python", kind="Languages")


def alternate_title(rows):
    AlternateTitle.objects.create(occupation=occupation(), title="Analyst")


def related(rows, to="15-1221.00"):
    both = {"occupation": occupation(), "to": occupation(to)}
    RelatedOccupation.objects.create(**both, position=1)


LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


VIOLATIONS = {
    "plan_hours_a_week_1_to_80": [
        lambda rows: plan(rows, hours_a_week=0),
        lambda rows: plan(rows, hours_a_week=81),
    ],
    "plan_budget_is_known": [lambda rows: plan(rows, budget="lots")],
    "plan_item_once_per_skill": [twice(plan_item)],
    "plan_item_goes_up": [
        lambda rows: plan_item(rows, from_level=3),
        lambda rows: plan_item(rows, to_level=8),
    ],
    "plan_item_status_is_known": [lambda rows: plan_item(rows, status="lost")],
    "plan_item_hours_1_to_5000": [
        lambda rows: plan_item(rows, hours=0),
        lambda rows: plan_item(rows, hours=5001),
    ],
    "share_scope_is_known": [lambda rows: share(rows, scope="all")],
    "share_ends_after_it_begins": [lambda rows: share(rows, expires_at=LONG_AGO)],
    "outgoing_mail_state_is_known": [
        lambda rows: OutgoingMail.objects.create(
            key="a", recipient="a@example.org", subject="S", text="T", state="lost"
        )
    ],
    "subscriber_once_in_any_case": [
        lambda rows: (subscriber(rows), subscriber(rows, "READER@example.org"))
    ],
    "issue_once_per_subscriber": [twice(delivery)],
    "scale_level_once": [twice(level)],
    "scale_level_at_most_7": [lambda rows: level(rows, value=8)],
    "anchor_once_per_level": [twice(anchor)],
    "anchor_level_at_most_7": [lambda rows: anchor(rows, level=8)],
    "anchor_says_something": [lambda rows: anchor(rows, text="")],
    "fact_once_per_role": [twice(fact)],
    "fact_range_goes_up": [lambda rows: fact(rows, value_to=2)],
    "fact_source_is_https": [lambda rows: fact(rows, source_url="http://a.example/")],
    "group_once_per_role": [twice(group)],
    "requirement_once_per_role": [lambda rows: wanted(rows, slug="python")],
    "requirement_level_1_to_7": [
        lambda rows: wanted(rows, level=0),
        lambda rows: wanted(rows, level=8),
    ],
    "requirement_importance_1_to_5": [
        lambda rows: wanted(rows, importance=0),
        lambda rows: wanted(rows, importance=6),
    ],
    "skill_once_per_requirement": [twice(alternative)],
    "qualification_once_per_role": [twice(qualification)],
    "qualification_importance_1_to_5": [
        lambda rows: qualification(rows, importance=0),
        lambda rows: qualification(rows, importance=6),
    ],
    "resource_is_https": [lambda rows: resource(rows, url="javascript:alert(1)")],
    "link_once_per_skill_and_level": [twice(link)],
    "link_goes_up": [lambda rows: link(rows, from_level=2)],
    "link_level_at_most_7": [lambda rows: link(rows, to_level=8)],
    "link_is_https": [lambda rows: link(rows, url="http://a.example/")],
    "link_hours_from_1": [lambda rows: link(rows, hours=0)],
    "link_health_is_known": [lambda rows: link(rows, health="ill")],
    "resource_search_is_https_with_query": [
        lambda rows: resource(rows, search_url="http://a.example/?q={query}"),
        lambda rows: resource(rows, search_url="https://a.example/"),
    ],
    "version_number_once_per_role": [lambda rows: version(rows, number=1)],
    "published_name_once": [
        lambda rows: PublishedName.objects.create(version=rows["version"], slug="python")
    ],
    "version_number_from_1": [lambda rows: version(rows, number=0)],
    "one_open_assessment_per_role": [assessment],
    "one_open_assessment_per_guest": [twice(of_guest)],
    "of_a_member_or_a_guest": [
        lambda rows: owned(rows, member=None),
        lambda rows: owned(rows, guest=guest()),
    ],
    "guest_ends_after_it_begins": [lambda rows: guest(expires_at=LONG_AGO)],
    "result_exactly_when_submitted": [
        lambda rows: submit_by_hand(rows["assessment"], result_sha256=""),
        lambda rows: submit_by_hand(rows["assessment"], result_sha256="0" * 63),
        lambda rows: submit_by_hand(rows["assessment"], submitted_at=None),
        lambda rows: submit_by_hand(rows["assessment"], met=2),
        lambda rows: submit_by_hand(rows["assessment"], met=None),
        lambda rows: submit_by_hand(rows["assessment"], targets=None),
    ],
    "one_answer_per_skill": [lambda rows: answer(rows, skill="python")],
    "answer_level_at_most_7": [lambda rows: answer(rows, level=8)],
    "answer_last_done_is_known": [lambda rows: answer(rows, last_done="once")],
    "cannot_judge_has_no_last_done": [lambda rows: answer(rows, level=None, last_done="never")],
    "answer_example_length": [lambda rows: answer(rows, example="x" * 501)],
    "degree_is_known": [lambda rows: degree(rows, degree="wizard")],
    "correspondence_once_per_skill": [twice(correspondence)],
    "correspondence_kind_is_known": [lambda rows: correspondence(rows, kind="other")],
    "counterpart_once_per_role": [twice(counterpart)],
    "role_origin_is_known": [
        lambda rows: Role.objects.create(slug="new", title="New", origin="elsewhere")
    ],
    "release_source_is_known": [lambda rows: Release.objects.create(source="census")],
    "outlook_looks_ahead": [
        lambda rows: Outlook.objects.create(code="15-2031", base_year=2031, target_year=2031)
    ],
    "occupation_rated_or_says_why": [
        lambda rows: occupation(ratings=""),
        lambda rows: occupation(unrated="military"),
    ],
    "occupation_education_is_known": [lambda rows: occupation(education="wizard")],
    "technology_once_per_occupation": [twice(technology)],
    "alternate_title_once_per_occupation": [twice(alternate_title)],
    "related_once_per_occupation": [twice(related)],
    "related_to_another": [lambda rows: related(rows, to="15-2031.00")],
    "user_email_once_in_any_case": [lambda rows: User.objects.create(email="MEMBER@example.org")],
}
CASES = [(name, violate) for name, several in VIOLATIONS.items() for violate in several]
CONSTRAINTS = {
    one.name: (one, model)
    for model in apps.get_app_config("assessments").get_models()
    for one in model._meta.constraints
}


def complaint(name):
    """What the database says: SQLite names the columns where they are unique together."""
    constraint, model = CONSTRAINTS[name]
    columns = [model._meta.get_field(one).column for one in getattr(constraint, "fields", ())]
    return "|".join(
        [
            name,
            ", ".join(rf"{model._meta.db_table}\.{one}" for one in columns) or name,
            "value too long" if name == "answer_example_length" else name,  # PostgreSQL's type
        ]
    )


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _violate in CASES])
def test_the_database_refuses(rows, name, violate):
    with pytest.raises(DatabaseError, match=complaint(name)), transaction.atomic():
        violate(rows)


def test_every_constraint_is_violated_here():
    assert set(CONSTRAINTS) == set(VIOLATIONS)


def test_a_second_assessment_may_be_opened_once_the_first_is_submitted(rows):
    submit_by_hand(rows["assessment"])
    assessment(rows)


def test_an_assessment_whose_every_target_is_met_can_be_submitted(rows):
    submit_by_hand(rows["assessment"], met=1, targets=1)
