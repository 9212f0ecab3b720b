"""Templates that are made ready as they are loaded say what they would have said without it."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib import admin
from django.template import Context, Engine, TemplateSyntaxError
from django.template.base import TextNode
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from assessments.models import LastDone
from careerpath import templates

BLOCK = (
    "{% blocktranslate trimmed with one=name %}\n  Hi {{ one }}, 5 % off\n{% endblocktranslate %}"
)
COUNTED = (
    "{% blocktranslate trimmed count n=number with one=name %}{{ n }} day of {{ one }}"
    "{% plural %}{{ n }} days of {{ one }}, 100 %{% endblocktranslate %}"
)
SOURCES = {
    "plain": "<p>{% translate 'Yes' %}</p>",
    "percent": "{% translate '5 % & more' %}",
    "filtered": "{% translate 'Sign in'|upper %}",
    "variable": "{% translate name %}",
    "kept": "{% translate 'Sign in' as said %}{{ said }}",
    "meaning": "{% translate 'May' context 'month' %}",
    "block": BLOCK,
    "block of what is there": "{% blocktranslate %}Hi {{ name }}{% endblocktranslate %}",
    "block kept": "{% blocktranslate asvar it with one=name %}{{ one }}{% endblocktranslate %}"
    "{{ it }}",
    "block without escaping": "{% autoescape off %}" + BLOCK + "{% endautoescape %}",
    "counted": COUNTED,
    "inside": "{% if number %}{% for one in list %}"
    + COUNTED
    + "{% endfor %}{% else %}"
    + BLOCK
    + "{% endif %}",
    "other language": "{% language 'de' %}{% translate 'Yes' %}{% endlanguage %}",
    "safe": "{% blocktranslate with one=name|safe %}{{ one }}{% endblocktranslate %}",
    "missing": "{% blocktranslate with one=nothing.at.all %}[{{ one }}]{% endblocktranslate %}",
    "address": "<a href={% url 'role_list' %}>",
    "address of one": "<a href={% url 'role_detail' 'a-b' %}>",
    "address of an admin": "<a href={% url 'admin:index' %}>",
    "address kept": "{% url 'role_list' as there %}{{ there }}",
    "address to be found out": "{% with there='role_list' %}{% url there %}{% endwith %}",
    "address that may be missing": "{% if not number %}{% url 'nowhere' %}{% endif %}-",
    "value": "{{ value }}",
    # As in mails of plain text, where nothing may be escaped; it reaches no page from here.
    "value without escaping": "{% autoescape off %}{{ value }}{% endautoescape %}",
    "file": "<link href={% static 'careerpath/site.css' %}>",
    "file kept": "{% static 'careerpath/site.css' as there %}{{ there }}",
    "file to be escaped": "{% static 'a&b.css' %}",
    "file to be found out": "{% static name %}",
}
VALUES = {"name": "A & <b>", "number": 1_234, "list": [1, 2]}


def engine(*wrapped):
    loaders = [
        (
            "django.template.loaders.locmem.Loader",
            {k: "{% load i18n static %}" + v for k, v in SOURCES.items()},
        )
    ]
    if wrapped:
        loaders = [(wrapped[0], loaders)]
    libraries = {one: f"django.templatetags.{one}" for one in ("i18n", "static")}
    return Engine(loaders=loaders, libraries=libraries)


def show(made_by, name, **values):
    return made_by.get_template(name).render(Context(VALUES | values))


OURS = "careerpath.templates.Loader"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("number", [0, 1, 1_234])
@pytest.mark.parametrize("name", [one for one in SOURCES if "may be missing" not in one])
def test_it_says_what_django_says(name, number, language):
    with override(language):
        assert show(engine(OURS), name, number=number) == show(engine(), name, number=number)


@pytest.mark.parametrize("language", ["en", "de", "hi"])
@pytest.mark.parametrize(
    "value",
    [
        *(-1_000, -999, 0, 999, 1_000, 1.5, True, None, "<&'\">", ""),
        mark_safe("<b>&amp;</b>"),  # our own words: that it is not escaped twice is what is asked
        *(Decimal("0.50"), date(2026, 3, 1), gettext_lazy("Yes"), LastDone.THIS_YEAR, [1_000, "<"]),
    ],
    ids=repr,
)
def test_a_value_is_written_as_django_writes_it(value, language, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    with override(language):
        for name in ("value", "value without escaping"):
            assert show(engine(OURS), name, value=value) == show(engine(), name, value=value)


def test_what_cannot_be_decoded_is_left_out_as_django_leaves_it_out():
    def broken():
        return b"\xff".decode()

    assert show(engine(OURS), "value", value=broken) == show(engine(), "value", value=broken) == ""


def test_what_needs_nobody_is_text_already():
    (node,) = [
        one for one in engine(OURS).get_template("plain").nodelist if isinstance(one, TextNode)
    ]
    assert node.s == "<p>Yes</p>"


@pytest.mark.parametrize("name", ["address", "file"])
def test_an_address_that_is_always_the_same_is_text_already(name):
    assert len(engine(OURS).get_template(name).nodelist) == 2  # {% load %}, and all the rest


def test_the_same_site_under_another_path_has_its_own_addresses():
    ours = engine(OURS)
    assert show(ours, "address") == "<a href=/roles/>"
    set_script_prefix("/careers/")
    try:
        assert show(ours, "address") == "<a href=/careers/roles/>"
    finally:
        set_script_prefix("/")


def test_an_address_that_is_missing_is_told_where_it_is_shown():
    assert show(engine(OURS), "address that may be missing", number=1) == "-"
    with pytest.raises(NoReverseMatch):
        show(engine(OURS), "address that may be missing", number=0)


def test_each_language_has_its_own():
    ours, said = engine(OURS), {}
    for language in ("en", "de"):
        with override(language):
            said[language] = show(ours, "plain"), show(ours, "other language")
    assert said["en"] != said["de"]
    assert said["en"][1] == said["de"][1] == "Ja"


def test_counting_something_else_fails_as_before():
    with pytest.raises(TemplateSyntaxError):
        show(engine(OURS), "counted", number="many")


def test_a_translation_that_names_what_is_not_there_fails_as_before(monkeypatch):
    monkeypatch.setattr(templates, "gettext", lambda _words: "%(else)s")
    assert show(engine(OURS), "block") == show(engine(), "block")


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (settings.BASE_DIR / "templates" / "x.html", "<p>\n</p>"),
        (settings.BASE_DIR / "templates" / "x.txt", "<p>\n\n    </p>"),
        (Path(admin.__file__).parent / "templates" / "x.html", "<p>\n</p>"),
        (settings.BASE_DIR / "elsewhere" / "x.html", "<p>\n\n    </p>"),
    ],
)
def test_only_pages_of_the_site_lose_their_indents(path, wanted):
    assert templates._is_page(SimpleNamespace(name=str(path))) == ("    " not in wanted)
    nodes = Engine().from_string("<p>\n\n    </p>").nodelist
    templates._prepare(nodes, without_indents=templates._is_page(SimpleNamespace(name=path)))
    assert nodes[0].s == wanted
