"""Hostile texts through the editors' pages: saved as typed, or the page comes back with them."""

from copy import deepcopy

import pytest
from django.utils.html import escape

from assessments.exporters.definition import draft_definition
from assessments.forms.characters import LineField, LinesField
from assessments.forms.fields import SentenceField
from assessments.models import Passage, ResourceLink, Role, RoleVersion, Skill
from tests.assessments.admin.posting import errors_on, posted
from tests.assessments.admin.test_forging import own_page
from tests.assessments.admin.world import make_world
from tests.assessments.forms.test_characters import ALL, cleaned
from tests.factories import ResourceLinkFactory
from tests.hostile_links import BAD_LINKS
from tests.hostile_text import LONG, TEXTS
from tests.sending import send

pytestmark = pytest.mark.django_db
MOST_POSTS = 8
PAGES = ("fieldofstudy", "requirement", "resource", "role", "scale", "skill")
SPREAD = [*dict.fromkeys([*ALL[::9], *(text for text in TEXTS if "\x00" in text)])]


@pytest.fixture(scope="module")
def built(module_db):
    return make_world()


@pytest.fixture
def world(built):
    return deepcopy(built)


def text_fields(response):
    """The name in the page, and the field, of every text of the page."""
    forms = [response.context["adminform"].form]
    for inline in response.context.get("inline_admin_formsets", []):
        forms += inline.formset.initial_forms
    for form in forms:
        for name, field in form.fields.items():
            if isinstance(field, LineField | LinesField | SentenceField) and not field.disabled:
                yield form.add_prefix(name), field


@pytest.mark.parametrize("model", PAGES)
def test_what_is_taken_is_shown_again_as_typed(world, model):
    """As many texts at a time as the page has fields for."""
    editor, page = world.client("editor"), own_page(world, model)
    fields = dict(text_fields(editor.get(page)))
    names = [name for name in fields if not name.startswith("anchor_")]
    good = [text for text in SPREAD if not any(refused(fields[name], text) for name in names)]
    good = good[: MOST_POSTS * len(names)]
    assert len(good) >= MOST_POSTS
    while good:
        body = posted(editor, page).values
        typed = {name: [good.pop()] for name in names if good}
        response = send(editor, page, body | typed | {"_continue": ["1"]})
        assert errors_on(response) == []
        stored = posted(editor, page).values
        for name, (text,) in typed.items():
            assert stored[name][0].split() == as_sent(text).split(), (name, text)


@pytest.mark.parametrize("model", PAGES)
def test_what_is_refused_stands_in_the_page_with_an_error(world, model):
    editor, page = world.client("editor"), own_page(world, model)
    fields = dict(text_fields(editor.get(page)))
    body = posted(editor, page).values
    bad = [text for text in SPREAD if all(refused(field, text) for field in fields.values())]
    assert len(bad) > 8
    for text in bad[::2]:
        response = send(editor, page, body | {name: [text] for name in fields})
        assert response.status_code == 200
        assert len(errors_on(response)) >= len(fields), repr(text)
        shown = {name for name in fields if value_of(response, name) == as_sent(text)}
        assert shown == set(fields)


def refused(field, text):
    return cleaned(field, as_sent(text)) is None


def as_sent(text):
    """A server that gets half of a pair reads a replacement character."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def value_of(response, name):
    forms = [response.context["adminform"].form]
    for inline in response.context.get("inline_admin_formsets", []):
        forms += inline.formset.forms
    for form in forms:
        for field in form.fields:
            if form.add_prefix(field) == name:
                return form[field].value()
    return None


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_a_megabyte_is_refused_and_nothing_is_stored(world, text):
    editor, page = world.client("editor"), own_page(world, "role")
    before = [*Role.objects.values_list()]
    response = send(editor, page, posted(editor, page).values | {"summary": [text]})
    assert response.status_code in (200, 400, 413)  # the form's limit, or that of a whole request
    assert [*Role.objects.values_list()] == before


def test_notes_on_publishing(world):
    publisher = world.client("publisher")
    page = f"/admin/assessments/role/{world.role.pk}/publish/"
    for number, text in enumerate(SPREAD[::4]):
        Role.objects.update(summary=f"Something else {number}.")
        seen = {
            "latest": [str(RoleVersion.objects.latest_of(world.role).number)],
            "draft": [draft_definition(Role.objects.get(pk=world.role.pk)).content_hash()],
        }
        response = send(publisher, page, {"note": [text]} | seen)
        if response.status_code == 302:
            stored = RoleVersion.objects.latest_of(world.role).note
            assert stored == as_sent(text).strip().replace("\r\n", "\n").replace("\r", "\n")
        else:
            assert response.status_code in (200, 400), repr(text)
            if response.status_code == 200:
                assert response.context["form"].errors
                assert escape(as_sent(text)) in response.content.decode()


@pytest.mark.parametrize("model", PAGES)
def test_searches_and_filters_take_anything(world, model):
    editor = world.client("editor")
    for text in SPREAD[::12]:
        for query in ({"q": [text]}, {"o": [text]}, {"p": [text]}, {"category": [text]}):
            response = send(editor, f"/admin/assessments/{model}/", query, method="get")
            assert response.status_code in (200, 302, 400)


def test_a_preview_takes_anything(world):
    scale = world.arguments("assessments_skill_preview")["scale_id"]
    for text in SPREAD[::3]:
        body = {name: [text] for name in ("name", "slug", "description", "anchor_0")}
        response = send(world.client("editor"), f"/admin/assessments/skill/preview/{scale}/", body)
        assert response.status_code in (200, 400), repr(text)
    assert Skill.objects.count() == 2


def test_bad_links_are_refused_on_the_page(world):
    row = ResourceLinkFactory(skill=Skill.objects.first())
    editor, page = world.client("editor"), f"/admin/assessments/resource/{row.resource_id}/change/"
    body = posted(editor, page).values
    for address in BAD_LINKS[::12]:
        response = send(editor, page, body | {"url": [address], "links-0-url": [address]})
        row.refresh_from_db()
        assert row.url.startswith("https://learn.example.org/") or response.status_code == 302
        assert ResourceLink.objects.exclude(url__startswith="https://").count() == 0
    assert Passage.objects.exists()
