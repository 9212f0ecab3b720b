"""Twenty people in the middle of their answers, and an editor who changes the role under them."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, Event

import pytest

from tests.assessments.admin.posting import post
from tests.sites import Server
from tests.visitors import Answer, Visitor

PEOPLE = 20
PATIENCE = 120  # seconds until all threads are there
MAKE = f"""
import json
from assessments.actions import assessment as actions
from assessments.actions.publication import publish
from assessments.models import Scale, Skill, User
from tests.factories import role_with
from tests.reliability.signed_in import session_of
User.objects.all().delete()
role = role_with(title="A role that is changed")
version = publish(role=role, by=None, note="")
editor = User(email="editor@example.org", is_staff=True, is_superuser=True)
editor.set_unusable_password()
editor.save()
people = []
for number in range({PEOPLE}):
    person = User.objects.create(email=f"{{number}}@example.org")
    people.append([session_of(person), actions.start(by=person, version=version).key])
skills = Skill.objects.filter(requirements__role=role).order_by("requirements__position")
print(json.dumps({{
    "role": role.pk,
    "editor": session_of(editor),
    "people": people,
    "skills": list(skills.values_list("slug", flat=True)),
    "names": list(skills.values_list("name", flat=True)),
    "rows": list(skills.values_list("pk", flat=True)),
    "scale": Scale.objects.get(skill=skills.first()).pk,
    "word": Scale.objects.get(skill=skills.first()).levels.get(value=2).word,
    "requirement": role.requirements.order_by("position").last().pk,
}}))
"""
FOUND = """
import json
from assessments import reports
from assessments.models import Assessment, RoleVersion
sent = Assessment.objects.submitted().filter(role={role}).select_related("version")
newest = RoleVersion.objects.latest_of({role})
print(json.dumps({{
    "versions": sorted(one.version.number for one in sent),
    "answers": sorted(one.answers.count() for one in sent),
    "changed": [
        one.key for one in sent if reports.compute(one).content_hash() != one.result_sha256
    ],
    "newest": [newest.number, len(newest.definition.requirements), newest.content],
}}))
"""


@dataclass
class Person:
    """`pages` holds what was shown before the editor had published, and then again afterwards."""

    visitor: Visitor
    key: str
    pages: dict[str, list[Answer]] = field(default_factory=dict)
    statuses: list[int] = field(default_factory=list)
    report: Answer | None = None

    def look(self, skill):
        page = self.visitor.get(f"/assessments/{self.key}/skills/{skill}/")
        self.pages.setdefault(skill, []).append(page)
        return page

    def save(self, skill, page):
        fields = page.hidden | {"level": "2", "example": f"mine of {skill}", "press": "later"}
        saved = self.visitor.post(f"/assessments/{self.key}/skills/{skill}/", fields)
        self.statuses.append(saved.status)

    def go(self, skills, together, published):
        """The first answer before the editor begins, the last on a page that is older than that."""
        first, *others, last = skills
        self.save(first, self.look(first))
        opened = self.look(last)
        together.wait(PATIENCE)
        for skill in others:
            self.save(skill, self.look(skill))
        assert published.wait(PATIENCE)
        self.save(last, opened)
        for skill in skills:
            self.look(skill)
        review = f"/assessments/{self.key}/review/"
        sent = self.visitor.post(review, self.visitor.get(review).hidden)
        self.report = self.visitor.get(sent.headers["Location"])


def edit(editor, made):
    """Through the pages: a requirement deleted, a skill and a level renamed, and published."""
    area = "/admin/assessments"
    gone = f"{area}/requirement/{made['requirement']}/delete/"
    renamed = {"name": "A skill renamed"}
    words = {"levels-2-word": "A level renamed"}
    address = f"{area}/role/{made['role']}/publish/"
    return [
        post(editor, gone, post="yes").status,
        post(editor, f"{area}/skill/{made['rows'][0]}/change/", **renamed).status,
        post(editor, f"{area}/scale/{made['scale']}/change/", **words).status,
        editor.post(address, editor.get(address).hidden | {"note": "Better."}).status,
    ]


@pytest.fixture(scope="module")
def server(own_site):
    with Server(own_site) as server:
        yield server


@pytest.fixture(scope="module")
def edited(own_site, server):
    made = json.loads(own_site.python(MAKE).splitlines()[-1])
    everybody = [Person(Visitor(server.port, {"session": one}), key) for one, key in made["people"]]
    together, published = Barrier(PEOPLE + 1), Event()
    with ThreadPoolExecutor(PEOPLE) as pool:
        going = [pool.submit(one.go, made["skills"], together, published) for one in everybody]
        together.wait(PATIENCE)
        statuses = edit(Visitor(server.port, {"session": made["editor"]}), made)
        published.set()
        for one in going:
            one.result()
    found = json.loads(own_site.python(FOUND.format(**made)).splitlines()[-1])
    return made, everybody, statuses, found


def test_the_editor_changed_it_under_them(edited):
    made, _everybody, statuses, found = edited
    number, requirements, content = found["newest"]
    assert statuses == [302, 302, 302, 302]
    assert (number, requirements) == (2, len(made["skills"]) - 1)
    assert "A skill renamed" in content
    assert "A level renamed" in content


def test_everybody_sends_all_their_answers_on_the_version_they_began(edited):
    made, everybody, _statuses, found = edited
    assert {status for one in everybody for status in one.statuses} == {302}
    assert found["versions"] == [1] * PEOPLE
    assert found["answers"] == [len(made["skills"])] * PEOPLE


def test_every_report_is_as_it_was_made(edited):
    assert edited[3]["changed"] == []


def test_every_question_and_report_keeps_its_words(edited):
    made, everybody, _statuses, _found = edited
    for one in everybody:
        assert one.report.status == 200
        for skill, name in zip(made["skills"], made["names"], strict=True):
            assert all(page.status == 200 and name in page.body for page in one.pages[skill])
            assert all(made["word"] in page.body for page in one.pages[skill])
            assert name in one.report.body
        told = [one.report, *(page for shown in one.pages.values() for page in shown)]
        assert not any("renamed" in page.body for page in told)
