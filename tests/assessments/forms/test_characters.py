"""Each hostile text is either kept as it was typed, or refused with words; nothing breaks."""

import pytest
import yaml
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import CharField, EmailField, SlugField, URLField
from django.test import RequestFactory

from assessments.admin.base import DefinitionAdmin
from assessments.forms.account import SignupForm
from assessments.forms.characters import LineField, LinesField, MemberTextField
from assessments.forms.fields import HttpsURLField, SearchURLField, SentenceField
from assessments.forms.publication import PublishForm
from assessments.forms.user import NewUserForm
from assessments.importers.yaml_nodes import Reader
from assessments.models import User
from assessments.templatetags.links import https_only
from tests.factories import role_with
from tests.hostile_links import BAD_LINKS
from tests.hostile_markup import MARKUP
from tests.hostile_text import LONG, TEXTS

ALL = [*TEXTS, *LONG, *MARKUP]
SINCE_UNICODE_14 = "\U0001fae8"


def cleaned(field, text):
    """What would be stored; None when it is refused, with words to say why."""
    try:
        return field.clean(text)
    except ValidationError as error:
        if not all(str(message).strip() for message in error.messages):
            raise
        return None


def test_it_works():
    assert LineField().clean(" I plan. ") == "I plan."


def test_there_are_enough_of_them():
    assert len(TEXTS) >= 500
    assert len(MARKUP) >= 150
    assert len(BAD_LINKS) >= 100


@pytest.mark.parametrize(
    "field", [LineField(), LinesField(), MemberTextField()], ids=["line", "lines", "member"]
)
def test_a_text_is_kept_as_typed_or_refused(field):
    for text in ALL:
        stored = cleaned(field, text)
        typed = text.strip().replace("\r\n", "\n").replace("\r", "\n")
        assert stored in (None, typed), repr(text)


def test_a_sentence_only_loses_its_spare_spaces():
    for text in ALL:
        assert cleaned(SentenceField(), text) in (None, " ".join(text.split()))


def test_markup_and_code_are_texts_like_any_other():
    field = LinesField()
    refused = [text for text in MARKUP if cleaned(field, text) is None]
    assert all(any(ord(char) < 32 for char in text) for text in refused)
    assert len(refused) < 16


@pytest.mark.parametrize(
    "text",
    [
        "a\x07b",
        "a\tb",
        "a\x1bb",
        "a\x85b",
        "a\ud800b",
        "a\ue000b",
        "a\uffffb",
        "a\u202eb",
    ],
)
def test_characters_that_nobody_sees_are_refused_by_name(text):
    with pytest.raises(ValidationError, match=f"U\\+{ord(text[1]):04X}"):
        LinesField(strip=False).clean(text)


@pytest.mark.parametrize("text", ["👩‍💻", "नमस्ते", "می‌خواهم", "שלום", "e\u0301", "a\u00adb"])
def test_what_people_write_is_no_trouble(text):
    assert LineField().clean(text) == text


def test_members_may_use_tabs_and_any_direction():
    assert MemberTextField().clean("a\tb \u2067א\u2069") == "a\tb \u2067א\u2069"
    with pytest.raises(ValidationError):
        MemberTextField().clean("a\x07b")


@pytest.mark.parametrize(("field", "lines"), [(LineField(), False), (LinesField(), True)])
def test_forms_and_role_files_take_the_same(field, lines):
    """What an editor saves can be exported and read in again."""
    for text in ALL:
        stored = cleaned(field, text)
        if stored and len(stored) <= 2000:
            reader = Reader()
            node = yaml.ScalarNode("tag:yaml.org,2002:str", stored, yaml.Mark("", 0, 0, 0, "", 0))
            assert reader.text(node, 2000, lines=lines) == stored
            assert reader.errors == [], repr(text)


# --- Every field of every page -----------------------------------------------------------------


def editing_forms():
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    for model, page in admin.site._registry.items():
        if isinstance(page, DefinitionAdmin):
            row = model.objects.first()
            yield model.__name__, page.get_form(request, row)
            for inline in page.get_inline_instances(request, row):
                yield inline.model.__name__, inline.get_formset(request, row).form


@pytest.mark.django_db
def test_no_editors_field_takes_unseen_characters():
    role_with(requirements=1)
    plain = (LineField, LinesField, SentenceField, SearchURLField, HttpsURLField, SlugField)
    fields = [
        (name, label, field)
        for name, form in editing_forms()
        for label, field in form.base_fields.items()
        if isinstance(field, CharField)
    ]
    assert [(name, label) for name, label, field in fields if not isinstance(field, plain)] == []
    assert len(fields) >= 25
    for name, label, field in fields:
        for text in ("ok\x07", "ok\x00", "ok\ud800", "o\u202ek"):
            assert cleaned(field, text) is None, (name, label, text)


def test_a_note_on_publishing_takes_no_unseen_characters():
    assert not PublishForm({"note": "a\x07b"}).is_valid()
    assert PublishForm({"note": "a\r\nb"}).is_valid()


# --- Addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [HttpsURLField, SearchURLField])
def test_bad_links_are_refused(kind):
    field = kind(max_length=500)
    kept = {address: cleaned(field, address) for address in BAD_LINKS if "{query}" not in address}
    kept = {address: stored for address, stored in kept.items() if stored is not None}
    # The field puts https:// before a bare or schemeless address, and strips white space.
    assert {address: stored for address, stored in kept.items() if not https_only(stored)} == {}
    assert len(kept) < 8, kept


def test_bad_links_in_a_role_file_are_refused():
    for address in BAD_LINKS:
        reader = Reader()
        node = yaml.ScalarNode("tag:yaml.org,2002:str", address, yaml.Mark("", 0, 0, 0, "", 0))
        reader.address(node)
        assert reader.errors, address


def test_bad_links_are_no_links_on_a_page():
    assert [address for address in BAD_LINKS if https_only(address)] == []
    assert https_only("https://learn.example.org/a?b=c#d") == "https://learn.example.org/a?b=c#d"


# --- E-mail addresses --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("form", [SignupForm, NewUserForm])
def test_an_account_s_address_is_plain(form):
    field = form().fields["email"]
    assert isinstance(field, EmailField)
    for text in ALL:
        for address in (text, f"{text}@example.org", f'"{text}"@example.org', f"a@{text}.org"):
            stored = cleaned(field, address[:5000])
            if stored is not None:
                assert stored.isprintable(), repr(address)
                assert not set(stored) & set(' "<>()[],;:\\'), repr(address)


def test_links_are_a_kind_of_their_own():
    assert issubclass(HttpsURLField, URLField)
