import pytest
from django_tasks import TaskResultStatus

from assessments.domain.links import of_status
from assessments.fetching import Fetcher
from assessments.models import ResourceLink
from assessments.tasks import check_links_task
from tests.factories import ResourceLinkFactory

pytestmark = pytest.mark.django_db


def test_it_works(settings, monkeypatch):
    settings.LINK_CHECKS = True
    monkeypatch.setattr(Fetcher, "look", lambda fetcher, url: of_status(404))
    ResourceLinkFactory()
    result = check_links_task.enqueue()
    assert result.return_value == {"checked": 1, "broken": 1}
    assert ResourceLink.objects.get().health == "broken"


def test_it_is_off(monkeypatch):
    monkeypatch.setattr(Fetcher, "look", pytest.fail)
    ResourceLinkFactory()
    result = check_links_task.enqueue()
    assert result.status == TaskResultStatus.FAILED
    assert ResourceLink.objects.get().health == "unchecked"
