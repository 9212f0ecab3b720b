import pytest
from django.http import Http404

from assessments import access
from assessments.models import Role
from tests.definitions import definition, requirement
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))


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
