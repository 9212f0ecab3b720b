"""The editing area asks for one style and one script, made of Django's files and ours."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.template import Origin
from django.template.engine import Engine

from assessments.models import Skill, User
from careerpath import editing_files
from tests.conftest import PASSWORD, signed_in
from tests.factories import role_with

ASKED = re.compile(r'<(?:link rel="stylesheet" href|script src)="/static/([^"]+)"([^>]*)>')
ALWAYS = ["editing/editing.css", "editing/editing.js"]
MADE = Path(settings.BASE_DIR) / "careerpath" / "static" / "editing"


def asked_for(client, address):
    page = client.get(f"/admin/{address}")
    assert page.status_code == 200
    return [path for path, _rest in ASKED.findall(page.content.decode())]


@pytest.fixture
def skill(db):
    return role_with(requirements=1).requirements.get().skills.get()


@pytest.fixture
def spare(skill):
    """Of which no role makes use."""
    return Skill.objects.create(slug="sql", name="SQL", category="Data", scale=skill.scale)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "assessments/",
        "assessments/skill/",
        "assessments/skill/add/",
        "assessments/skill/{skill.pk}/change/",
        "assessments/skill/{spare.pk}/delete/",
        "assessments/skill/import/",
        "assessments/requirement/",
        "assessments/role/",
        "assessments/role/add/",
        "assessments/changes/",
        "assessments/newsletterissue/add/",
        "assessments/roleversion/",
    ],
)
def test_a_page_asks_for_one_style_and_one_script(editor_client, skill, spare, address):
    assert asked_for(editor_client, address.format(skill=skill, spare=spare)) == ALWAYS


@pytest.fixture
def superuser_client(db):
    return signed_in(User.objects.create_superuser("root@example.org", PASSWORD))


def test_fields_with_windows_get_their_script(superuser_client):
    user = User.objects.get()
    assert asked_for(superuser_client, f"assessments/user/{user.pk}/change/") == [
        "editing/editing.css",
        "editing/windows.js",
        "editing/editing.js",
    ]


def test_scripts_of_rare_fields_come_after_what_they_need(superuser_client):
    group = Group.objects.first()
    assert asked_for(superuser_client, f"auth/group/{group.pk}/change/")[1:-1] == [
        "editing/windows.js",
        "admin/js/SelectBox.js",
        "admin/js/SelectFilter2.js",
    ]


def test_scripts_wait_for_the_end_of_a_page_or_stand_there(superuser_client):
    group = Group.objects.first()
    page = superuser_client.get(f"/admin/auth/group/{group.pk}/change/").content.decode()
    *before, last = [rest for path, rest in ASKED.findall(page) if path.endswith(".js")]
    assert before == [" defer"] * 3
    assert last == ""
    end = r"</footer>\s*</div>.*<script src=[^>]*></script>\s*<div id=\"end\"></div>\s*</body>"
    assert re.search(end, page, re.DOTALL)
    assert '<link rel="expect" href="#end" blocking="render">' in page


def test_a_list_that_opens_in_a_window_can_answer_it(superuser_client):
    paths = asked_for(superuser_client, "assessments/user/?_popup=1")
    assert "editing/windows.js" in paths


def test_pictures_come_with_the_page(editor_client, skill):
    page = editor_client.get(f"/admin/assessments/skill/{skill.pk}/change/").content.decode()
    assert set(re.findall(r'<img src="([^"]{,18})', page)) == {"data:image/svg+xml"}


def test_what_a_page_of_django_asks_for_beside_stays():
    loader = editing_files.Loader(Engine.get_default())
    folder = Path(editing_files.django.__file__).parent / "contrib/admin/templates/admin"
    page = loader.get_contents(Origin(str(folder / "auth/user/add_form.html")))
    assert "admin/css/unusable_password_field.css" in page
    assert "admin/js/unusable_password_field.js" in page


def test_every_picture_of_the_style_is_there():
    style = (MADE / "editing.css").read_text(encoding="utf-8")
    files = re.findall(r"url\(['\"]?(?!['\"]?data:)([^)'\"]+)", style)
    assert files
    assert [path for path in files if not finders.find(path.removeprefix("../"))] == []
    assert "@import" not in style


def test_no_script_waits_for_unload():
    scripts = [one.read_text(encoding="utf-8") for one in MADE.glob("*.js")]
    assert len(scripts) == 2
    assert [one for one in scripts if "window.addEventListener('unload'" in one] == []
    assert any("window.addEventListener('pagehide'" in one for one in scripts)


def test_another_django_that_says_it_otherwise_is_noticed(monkeypatch):
    path = "admin/js/admin/RelatedObjectLookups.js"
    monkeypatch.setitem(editing_files.OUTDATED, path, ("nowhere", "there"))
    with pytest.raises(LookupError, match=r"RelatedObjectLookups\.js no longer says nowhere"):
        editing_files._part(path)


def test_each_cell_of_a_row_tells_its_column(editor_client, skill):
    page = editor_client.get(f"/admin/assessments/scale/{skill.scale_id}/change/").content.decode()
    assert 'class="field-word" data-label="Word"' in page
    assert 'class="field-value" data-label="Level"' in page
    assert 'class="delete" data-label="Delete?"' in page


def test_no_column_has_a_heading_without_words(editor_client, skill):
    requirement = skill.alternatives.get().requirement
    for row in (skill.scale, requirement):  # rows that stay, and rows that can be deleted
        address = f"/admin/assessments/{row._meta.model_name}/{row.pk}/change/"
        page = editor_client.get(address).content.decode()
        assert re.search(r"<th\b[^>]*>\s*</th>", page) is None
        assert "column-" in page


@pytest.mark.parametrize("rows", ["groups", "facts"])
def test_rows_come_with_what_adds_them_and_takes_them_back(editor_client, skill, rows):
    role = skill.alternatives.get().requirement.role
    page = editor_client.get(f"/admin/assessments/role/{role.pk}/change/").content.decode()
    part = page.split(f'id="{rows}-group"')[1].split('class="js-inline-admin-formset')[0]
    unsaved = re.findall(rf'id="{rows}-(?:\d+|empty)"', part)[getattr(role, rows).count() :]
    assert len(unsaved) == part.count('class="inline-deletelink">Remove<') == 2
    assert len(re.findall(r'class="addlink">\s*Add another ', part)) == 1
    assert f'name="{rows}-0-role"' not in part  # it is the page's role


@pytest.mark.parametrize(
    ("name", "said"),
    [(name, said) for name, texts in editing_files.PAGES.items() for said in texts],
)
@pytest.mark.parametrize("times", [0, 2])
def test_other_pages_of_django_are_noticed(name, said, times):
    path = Path(editing_files.django.__file__).parent / "contrib/admin/templates/admin" / name
    text = path.read_text(encoding="utf-8")
    assert editing_files.as_ours(text, str(path)) != text
    with pytest.raises(LookupError, match=rf"{name} no longer says {re.escape(said)}"):
        editing_files.as_ours(text.replace(said, said * times), str(path))


def test_no_page_carries_the_pictures_of_a_switch_that_is_gone(editor_client):
    assert "icon-moon" not in editor_client.get("/admin/").content.decode()


def test_words_are_made_for_the_one_language():
    """A second one needs a file for each."""
    assert len(settings.LANGUAGES) == 1
    assert "gettext" in (MADE / "windows.js").read_text(encoding="utf-8")
