from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.domain.links import Finding, Outcome, of_status
from assessments.fetching import Fetcher
from assessments.models import ResourceLink
from tests.factories import ResourceFactory, ResourceLinkFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _answers(settings, monkeypatch):
    """Whose path names a status is answered with it; everybody else keeps silent."""
    settings.LINK_CHECKS = True

    def look(fetcher, url):
        status = url.rsplit("/", 1)[1]
        return of_status(int(status)) if status else Outcome(Finding.SILENT, "certificate")

    monkeypatch.setattr(Fetcher, "look", look)


def link(status, name="Course"):
    return ResourceLinkFactory(
        resource=ResourceFactory(name=f"{name} {status}"),
        skill=SkillFactory(name=f"Skill {status}"),
        url=f"https://learn.example.org/{status}",
    )


def run(*args, **options):
    out, err = StringIO(), StringIO()
    call_command("check_links", *args, stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


@pytest.mark.usefixtures("_answers")
def test_it_works():
    for status in (200, 404, 403):
        link(status)
    assert run().splitlines() == [
        "Broken: Course 404 → Skill 404 (https://learn.example.org/404). "
        "The site answered with status 404.",
        "Links checked: 3. Work: 1. Broken: 1. Unclear: 1.",
    ]


def test_it_is_off_and_says_how_to_turn_it_on(monkeypatch):
    monkeypatch.setattr(Fetcher, "look", pytest.fail)
    link(404)
    with pytest.raises(CommandError, match="LINK_CHECKS=on"):
        run()
    assert ResourceLink.objects.get().health == "unchecked"


@pytest.mark.usefixtures("_answers")
def test_what_was_seen_lately_is_left_alone():
    link(200)
    assert "Links checked: 1." in run()
    assert "Links checked: 0." in run()
    assert "Links checked: 1." in run("--all")


@pytest.mark.usefixtures("_answers")
def test_a_limit():
    link(200)
    link(404)
    assert "Links checked: 1." in run("--limit", "1")


@pytest.mark.usefixtures("_answers")
def test_when_nobody_answers_it_doubts_itself():
    for name in "ab":
        ResourceLinkFactory(url=f"https://{name}.example.org/")
    assert "Is this computer online?" in run()
    assert not ResourceLink.objects.exclude(checked_at=None).exists()


@pytest.mark.usefixtures("_answers")
@pytest.mark.parametrize("args", [["--limit", "0"], ["--older-than", "-1"], ["--background"]])
def test_what_cannot_be_done_is_said(args):
    with pytest.raises(CommandError, match=r"^(--|Nobody)"):
        run(*args)
