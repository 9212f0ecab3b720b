import pytest
from django.contrib.messages import get_messages

from assessments.exporters.definition import draft_definition
from assessments.models import Skill
from tests.assessments.admin.posting import errors_on, post, posted
from tests.factories import (
    SENTENCES,
    RequirementFactory,
    ScaleFactory,
    SkillFactory,
    role_with,
)
from tests.published import publish as publish_as

pytestmark = pytest.mark.django_db
ADD = "/admin/assessments/skill/add/"


def page_of(skill):
    return f"/admin/assessments/skill/{skill.pk}/change/"


def sentences(skill):
    return [anchor.text for anchor in skill.anchors.order_by("level")]


def test_all_sentences_are_saved_side_by_side(editor_client):
    ScaleFactory()
    typed = {f"anchor_{level}": text for level, text in enumerate(SENTENCES)}
    response = post(editor_client, ADD, name="Python", category="Languages", **typed)
    assert errors_on(response) == []
    skill = Skill.objects.get(slug="python")
    assert sentences(skill) == list(SENTENCES)
    assert (skill.name, skill.scale.slug) == ("Python", "curated")


def test_a_new_skill_shows_every_level_with_its_word(editor_client):
    ScaleFactory()
    page = editor_client.get(ADD).content.decode()
    for level in ("0 None", "1 Aware", "2 Guided", "3 Independent", "4 Leading"):
        assert f">{level}</label>" in page.replace(":</label>", "</label>")
    assert page.count("At most 90 characters.") == 5


def test_another_scale_is_chosen_in_the_address(editor_client):
    ScaleFactory()
    SkillFactory()
    other = ScaleFactory(slug="eight", name="Eight levels")
    assert f"?scale={other.pk}" in editor_client.get(ADD).content.decode()
    post(editor_client, f"{ADD}?scale={other.pk}", name="Reading", category="Basics")
    assert Skill.objects.get(slug="reading").scale == other


def test_without_a_scale_one_is_asked_for_first(editor_client):
    response = editor_client.get(ADD)
    assert response.url == "/admin/assessments/scale/add/"


def test_an_unfinished_skill_is_saved(editor_client):
    ScaleFactory()
    post(editor_client, ADD, name="Python", category="Languages", anchor_1=SENTENCES[1])
    assert sentences(Skill.objects.get(slug="python")) == [SENTENCES[1]]


def test_a_sentence_is_one_line(editor_client):
    skill = SkillFactory()
    post(editor_client, page_of(skill), anchor_3="  I build it\r\nand   run it ")
    assert sentences(skill)[3] == "I build it and run it"


def test_an_emptied_sentence_is_removed(editor_client):
    skill = SkillFactory()
    post(editor_client, page_of(skill), anchor_4="")
    assert sentences(skill) == list(SENTENCES[:4])


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("Writes programs alone", "Level 3 begins with “Writes”. Begin with “I”."),
        ("I " + "write " * 20, "Level 3 has 121 characters. Shorten it to 90."),
        ("I have a good knowledge of it", "Say what one does, so that it can be seen."),
        (SENTENCES[2], "Levels 2 and 3 are too much alike. Say what sets them apart."),
    ],
)
def test_a_bad_sentence_is_refused_with_the_cure(editor_client, text, cure):
    skill = SkillFactory()
    response = post(editor_client, page_of(skill), anchor_3=text, description="Typed too")
    (error,) = response.context["adminform"].form.errors["anchor_3"]
    assert cure in error
    assert sentences(skill) == list(SENTENCES)


def test_what_was_typed_stays_on_the_page(editor_client):
    skill = SkillFactory()
    address = page_of(skill)
    response = post(
        editor_client, address, name="New name", anchor_0="Not yet", anchor_4="I lead <all>"
    )
    page = response.content.decode()
    assert 'value="New name"' in page
    assert "Not yet</textarea>" in page
    assert "I lead &lt;all&gt;</textarea>" in page


def test_sentences_nobody_touched_do_not_stand_in_the_way(editor_client):
    skill = SkillFactory(anchors=["Old style, not ours"])
    response = post(editor_client, page_of(skill), description="Better words")
    assert errors_on(response) == []
    assert Skill.objects.get(pk=skill.pk).description == "Better words"


def test_sentences_of_other_scales_keep_their_own_style(editor_client):
    skill = SkillFactory(scale=ScaleFactory(slug="eight"), anchors=[])
    assert errors_on(post(editor_client, page_of(skill), anchor_2="Read a short text")) == []
    assert sentences(skill) == ["Read a short text"]


def test_forged_levels_and_scales_do_nothing(editor_client):
    skill = SkillFactory()
    other = ScaleFactory(slug="eight")
    post(editor_client, page_of(skill), anchor_7="I forge", scale=other.pk, id=99, anchors="x")
    skill.refresh_from_db()
    assert (skill.scale.slug, sentences(skill)) == ("curated", list(SENTENCES))


def test_a_short_name_is_fixed_once_published(editor_client):
    role = role_with(requirements=1)
    publish_as(draft_definition(role))
    skill = Skill.objects.get()
    slug = skill.slug
    assert "slug" not in posted(editor_client, page_of(skill)).values
    post(editor_client, page_of(skill), slug="other", name="Other")
    skill.refresh_from_db()
    assert (skill.slug, skill.name) == (slug, "Other")


def test_it_stays_fixed_when_the_role_no_longer_asks_for_it(editor_client):
    role = role_with(requirements=1)
    publish_as(draft_definition(role))
    skill = Skill.objects.get()
    role.requirements.all().delete()
    assert "slug" not in posted(editor_client, page_of(skill)).values


def test_before_that_it_can_be_changed(editor_client):
    skill = SkillFactory()
    post(editor_client, page_of(skill), slug="better")
    skill.refresh_from_db()
    assert skill.slug == "better"


def test_a_name_without_letters_needs_a_short_name(editor_client):
    ScaleFactory()
    response = post(editor_client, ADD, name="数学", category="Basics")
    assert errors_on(response) == [
        "Give a short name of lower-case letters a-z, digits and hyphens."
    ]


def test_a_skill_in_use_says_why_it_stays(editor_client):
    skill = SkillFactory(name="Python")
    requirement = RequirementFactory(title="Languages", skills=[skill])
    response = editor_client.post(f"/admin/assessments/skill/{skill.pk}/delete/", {"post": "yes"})
    (message,) = get_messages(response.wsgi_request)
    assert str(message) == (
        "“Python” cannot be deleted, because it counts for: "
        f"Languages ({requirement.role}). Take it out there first."
    )
    assert Skill.objects.filter(pk=skill.pk).exists()


def test_an_unused_skill_is_deleted(editor_client):
    skill = SkillFactory()
    editor_client.post(f"/admin/assessments/skill/{skill.pk}/delete/", {"post": "yes"})
    assert not Skill.objects.exists()


def test_its_page_says_where_it_is_used(editor_client):
    role = role_with(requirements=1)
    requirement = role.requirements.get()
    page = editor_client.get(page_of(Skill.objects.get())).content.decode()
    assert f"/admin/assessments/requirement/{requirement.pk}/change/" in page
    assert "from 0 to 4" in page
