import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.exporters.definition import draft_definition
from tests.factories import (
    FactFactory,
    FieldOfStudyFactory,
    PassageFactory,
    QualificationFactory,
    RequirementFactory,
    ResourceLinkFactory,
    SkillFactory,
    role_with,
)

pytestmark = pytest.mark.django_db


def queries_for(role):
    with CaptureQueriesContext(connection) as queries:
        draft_definition(role)
    return len(queries)


def full_role(requirements):
    role = role_with(requirements=requirements)
    for _number in range(requirements):
        PassageFactory(role=role)
        FactFactory(role=role)
        QualificationFactory(role=role).fields.add(FieldOfStudyFactory())
    return role


def test_it_works():
    found = draft_definition(role_with(requirements=2))
    assert len(found.requirements) == len(found.skills) == 2
    assert [anchor.level for anchor in found.skills[0].anchors] == [0, 1, 2, 3, 4]
    assert [level.value for level in found.scales[0].levels] == [0, 1, 2, 3, 4]
    assert len(found.resources[0].links) == 2


def test_as_many_queries_for_60_requirements_as_for_3():
    few, many = queries_for(full_role(3)), queries_for(full_role(60))
    assert few == many
    assert many <= 20


def test_rows_stand_in_their_own_order():
    role = role_with(requirements=3)
    for position, requirement in zip((30, 10, 20), role.requirements.all(), strict=True):
        requirement.position = position
        requirement.save()
    titles = list(role.requirements.order_by("position").values_list("title", flat=True))
    assert [one.title for one in draft_definition(role).requirements] == titles


def test_what_no_requirement_asks_for_stays_out():
    role = role_with(requirements=1)
    SkillFactory(slug="unused")
    ResourceLinkFactory(skill=SkillFactory(slug="elsewhere"))
    found = draft_definition(role)
    assert len(found.skills) == len(found.resources) == 1


def test_a_shared_resource_shows_only_links_for_this_role():
    role = role_with(requirements=1)
    link = role.requirements.get().skills.get().resource_links.get()
    ResourceLinkFactory(resource=link.resource)
    (resource,) = draft_definition(role).resources
    assert len(resource.links) == 1


def test_a_skill_asked_for_twice_stands_there_once():
    role = role_with(requirements=1)
    requirement = role.requirements.get()
    RequirementFactory(group=requirement.group, skills=[requirement.skills.get()])
    assert len(draft_definition(role).skills) == 1


def test_lines_of_a_browser_s_text_box_are_ordinary_lines():
    role = role_with(requirements=1)
    PassageFactory(role=role, text="One.\r\nTwo.\rThree.\r\n")
    assert draft_definition(role).passages[0].text == "One.\nTwo.\nThree."


@pytest.mark.parametrize(("stored", "read"), [("85720.00", "85720"), ("41.20", "41.2"), ("0", "0")])
def test_figures_have_no_empty_decimals(stored, read):
    role = role_with(requirements=1)
    FactFactory(role=role, value=stored)
    assert draft_definition(role).facts[0].value == read
