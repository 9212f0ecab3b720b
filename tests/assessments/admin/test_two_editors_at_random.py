"""1,000 times two editors open and save the same rows in random order: no silent overwrite."""

import random

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory

from assessments.actions.revision import ChangedMeanwhile, take
from assessments.models import FieldOfStudy, Skill
from tests.assessments.admin.posting import post, posted
from tests.factories import FieldOfStudyFactory, SkillFactory

pytestmark = pytest.mark.django_db
RUNS = 1000
STEPS = 5


class Editor:
    """What one person has on the screen: the form as the admin makes it, and what was typed."""

    def __init__(self, name, form_class):
        self.name, self.form_class, self.shown = name, form_class, None

    def open(self, row):
        row = type(row).objects.get(pk=row.pk)
        form = self.form_class(instance=row)
        self.shown = {name: form[name].value() for name in form.fields}

    def save(self, row, text):
        """Whether it was accepted. A refused page stays open, with what was typed."""
        row = type(row).objects.get(pk=row.pk)
        data = QueryDict(mutable=True)
        data.update({name: "" if one is None else one for name, one in self.shown.items()})
        data["name"] = text
        form = self.form_class(data, instance=row)
        if not form.is_valid():
            assert form.is_stale, form.errors
            data["revision"] = form["revision"].value()
            self.shown = {name: data.get(name) for name in form.fields}
            self.shown["name"] = text
            return False
        with transaction.atomic():
            take(row=row, seen=form.cleaned_data["revision"])
            form.save()
        return True


@pytest.fixture
def form_class(editor):
    row = FieldOfStudyFactory()
    request = RequestFactory().get("/")
    request.user = editor
    page = admin.site._registry[FieldOfStudy]
    return page.get_form(request, row, change=True)


def test_no_interleaving_overwrites_in_silence(form_class):
    row = FieldOfStudy.objects.get()
    accepted = refused = 0
    for run in range(RUNS):
        chance = random.Random(run)
        people = [Editor("A", form_class), Editor("B", form_class)]
        for person in people:
            person.open(row)
        # What each has been shown, by the count of accepted saves; a refusal shows the newest.
        saves = 0
        seen = {"A": 0, "B": 0}
        for step in range(STEPS):
            person = chance.choice(people)
            if chance.random() < 0.2:
                person.open(row)
                seen[person.name] = saves
                continue
            text = f"{run} {step} {person.name}"
            if person.save(row, text):
                assert seen[person.name] == saves
                assert FieldOfStudy.objects.get().name == text
                saves += 1
                accepted += 1
            else:
                assert seen[person.name] < saves
                seen[person.name] = saves
                refused += 1
    assert accepted > RUNS
    assert refused > RUNS / 2


def test_the_right_to_write_is_given_once():
    field = FieldOfStudyFactory()
    take(row=field, seen=0)
    with pytest.raises(ChangedMeanwhile):
        take(row=field, seen=0)
    assert FieldOfStudy.objects.get().revision == 1


@pytest.mark.parametrize("seed", range(5))
def test_no_interleaving_of_pages_does_either(editor_client, seed):
    chance = random.Random(seed)
    skill = SkillFactory()
    address = f"/admin/assessments/skill/{skill.pk}/change/"
    shown = {name: posted(editor_client, address).values for name in "AB"}
    newest, seen = 0, {"A": 0, "B": 0}
    for step in range(6):
        name = chance.choice("AB")
        text = f"{name} {step}"
        response = editor_client.post(address, shown[name] | {"description": text})
        assert (response.status_code == 302) == (seen[name] == newest)
        if response.status_code == 302:
            newest += 1
            assert Skill.objects.get().description == text
        if chance.random() < 0.7:
            shown[name], seen[name] = posted(editor_client, address).values, newest
    post(editor_client, address, description="The end")
    assert Skill.objects.get().description == "The end"
