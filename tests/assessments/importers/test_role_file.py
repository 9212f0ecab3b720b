import pytest

from assessments.domain.definition import Correspondence
from assessments.importers.role_file import parse
from assessments.importers.yaml_nodes import UnreadableFile
from tests.role_files import TINY, line_of, tiny


def errors_of(content):
    with pytest.raises(UnreadableFile) as refused:
        parse(content)
    return refused.value.errors


def test_it_works():
    found = parse(TINY.encode())
    assert found.slug == "tester"
    assert found.requirements[0].skills == ("python", "java")
    assert found.skill("java").anchor(3) == "I build and ship a service alone"
    assert found.facts[0].value == "85720"
    assert found.resources[0].links[0].to_level == 4


def test_skills_stand_in_the_order_they_are_asked_for():
    found = parse(tiny(**{"[python, java]": "[java, python]"}))
    assert [skill.slug for skill in found.skills] == ["java", "python"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("41.21", "41.21"), ("41.20", "41.2"), ("100", "100"), ("1e3", "1000"), ("-0", "0")],
)
def test_a_figure_has_one_way_to_be_written(written, kept):
    assert parse(tiny(**{"value: 85720": f"value: {written}"})).facts[0].value == kept


def test_what_may_be_left_out_may_be_left_out():
    found = parse(tiny(**{"    reason: It is the tool.\n": "", "    note: One of several.\n": ""}))
    assert found.requirements[0].reason == ""
    assert found.facts[0].note == ""


def test_what_it_answers_to_in_the_statistics_is_read():
    there = "correspondences: [{kind: element, code: 2.B.3.e, loose: true}]"
    found = parse(
        tiny(
            **{
                "  title: Tester\n": "  title: Tester\n  occupations: [15-2031.00]\n",
                "    description: The language.": f"    description: Code.\n    {there}",
            }
        )
    )
    assert found.occupations == ("15-2031.00",)
    assert found.skill("python").correspondences == (Correspondence("element", "2.B.3.e", True),)


# What is replaced, with what, a text in the line at fault ("" for the replacement), the cure.
OCCUPATIONS = "  title: Tester\n  occupations: "
THERE = "    description: The language.\n    correspondences: "
PYTHON = "{kind: technology, code: Python, loose: false}"
BROKEN = [
    ("  title: Tester", f"{OCCUPATIONS}[15-2031]", "occupations", "like 15-2031.00"),
    ("  title: Tester", f"{OCCUPATIONS}[a, a]", "occupations", "like 15-2031.00"),
    (
        *("  title: Tester", f"{OCCUPATIONS}[15-2031.00, 15-2031.00]"),
        *("occupations", "stands here twice"),
    ),
    ("    level: 3", "    level: 3\n    imprecise: true", "imprecise", "imported from a survey"),
    (
        *("    description: The language.", f"{THERE}[{PYTHON}, {PYTHON}]"),
        *("correspondences", "“Python” stands here twice"),
    ),
    (
        *("    description: The language.", THERE + "[{kind: element, code: Python, loose: true}]"),
        *("correspondences", "Write the id of an element"),
    ),
    (
        *("    description: The language.", THERE + "[{kind: skill, code: 2.B.3.e, loose: true}]"),
        *("correspondences", "is not one of: element, technology"),
    ),
    ("format: careerpath-role/1", "format: careerpath-role/2", "", "Only the format"),
    ("  title: Tester\n", "", "slug: tester", "“title” is missing from the role."),
    ("  summary: Finds faults.", "  summary: ''", "", "This text is empty."),
    ("  summary: Finds faults.", "  summary: null", "", "This text is empty."),
    ("  summary: Finds faults.", "  summary: [a]", "", "Here belongs a text."),
    ("  summary: Finds faults.", f"  summary: {'a' * 1001}", "", "At most 1000 characters"),
    ("  summary: Finds faults.", '  summary: "a\\0b"', "", "control character"),
    ("  summary: Finds faults.", '  summary: "a\\eb"', "", "control character"),
    ("  summary: Finds faults.", '  summary: "a\\ud800b"', "", "control character"),
    ("title: Tester", 'title: "Two\\nlines"', "", "line break"),
    ("slug: tester", "slug: the tester", "", "may hold only a-z"),
    ("slug: tester", "slug: ../tester", "", "may hold only a-z"),
    ("slug: tester", "slug: größe", "", "may hold only a-z"),
    ("slug: tester", "slug: nearest", "", "A page of the site is called “nearest”"),
    ("slug: tester", f"slug: {'a' * 81}", "", "At most 80 characters"),
    ("kind: overview", "kind: preview", "", "“preview” is not one of: overview"),
    ("    unit: usd-per-year", "    unit: euro", "", "is not one of: usd-per-year"),
    ("value: 85720", "value: much", "", "a number with at most two decimals"),
    ("value: 85720", "value: 1.234", "", "a number with at most two decimals"),
    ("value: 85720", "value: .nan", "", "a number with at most two decimals"),
    ("value: 85720", "value: 1e400", "", "a number with at most two decimals"),
    ("value: 85720", "value: 1e-999999", "", "a number with at most two decimals"),
    ("value: 85720", "value: [1]", "", "a number with at most two decimals"),
    ("value: 85720", "value: null", "", "A fact needs its figure."),
    ("value_to: null", "value_to: 5", "", "The upper end must be above the figure."),
    ("https://survey.example.org/", "http://survey.example.org/", "", "starts with https://"),
    ("https://school.example.org/\n", "javascript:alert(1)\n", "", "starts with https://"),
    (
        '"https://school.example.org/python"',
        "//school.example.org",
        "url: //school",
        "starts with https://",
    ),
    ("{level: 2, word", "{level: 5, word", "{level: 0", "Number the levels 0, 1, 2"),
    ("{level: 4, word", "{level: 8, word", "", "a whole number from 0 to 7"),
    ("    level: 3", "    level: 0", "", "a whole number from 1 to 7"),
    ("    level: 3", "    level: three", "", "a whole number from 1 to 7"),
    ("    level: 3", "    level: 3.0", "", "a whole number from 1 to 7"),
    ("    level: 3", "    level: 0x3", "", "a whole number from 1 to 7"),
    ("    level: 3", f"    level: {'9' * 5000}", "", "a whole number from 1 to 7"),
    ("    level: 3", "    level: 5", "slug: language", "“python” ends at level 4"),
    ("importance: 5", "importance: 6", "", "a whole number from 1 to 5"),
    ("essential: true", "essential: maybe", "", "Here belongs true or false."),
    ("essential: true", "essential: 1", "", "Here belongs true or false."),
    ("    reason: It is the tool.", "    reson: It is.", "", "“reson” is not known here."),
    ("    reason: It is the tool.", "    level: 2", "    level: 2", "“level” stands here twice."),
    ("[python, java]", "python", "", "Here belongs a list of skills"),
    ("[python, java]", "[]", "slug: language", "Name at least one skill"),
    ("[python, java]", "[python, java, go]", "slug: language", "There is no skill “go”"),
    ("[python, java]", "[python, java, java]", "slug: language", "stands here twice"),
    ("group: basics", "group: base", "slug: language", "There is no group “base”"),
    ("[master, doctorate]", "[wizard]", "", "“wizard” is not one of: none"),
    ("[master, doctorate]", "[]", "slug: degree", "Name at least one degree"),
    ("[physics]", "[physics, magic]", "slug: degree", "There is no field “magic”"),
    ("[physics]", "[]", "slug: physics", "No qualification names the field “physics”"),
    ("name: Java\n", "name: python\n", "slug: java", "The name “python” stands here twice."),
    (
        "slug: java\n",
        "slug: python\n",
        "slug: python\n    name: Java",
        "“python” stands here twice",
    ),
    ("[python, java]", "[python]", "slug: java", "No requirement names “java”"),
    ("      4: I settle", "      5: I settle", "", "The scale “curated” has no level 5."),
    ("      4: I settle", "      four: I settle", "", "“four” is not known here."),
    ("      4: I settle", "      3: I settle", "", "“3” stands here twice."),
    ("kind: course", "kind: pill", "", "is not one of: course"),
    ("from: 0, to: 4", "from: 3, to: 3", "", "“from” must be below “to”"),
    ("from: 0, to: 4", "from: 0, to: 5", "", "“to” at most 4"),
    ("reason: It fits.}", "reason: It fits., hours: 0}", "", "a whole number from 1 to 5000"),
    ("    purpose: Courses.", "    search_url: https://a.example/", "", "Put {query} once"),
    ("    purpose: Courses.", "    search_url: http://a.example/{query}", "", "https://"),
    ("{skill: python,", "{skill: cobol,", "", "There is no skill “cobol”"),
    ("    links:\n      - {", "    links: []\n#     - {", "slug: school", "at least one link"),
    ("facts:\n", "facts: many\nfacts_:\n", "facts: many", "Here belongs a list of facts"),
    ("  - slug: pay\n", "  - a text\n  - slug: pay\n", "- a text", "Here belongs the fact"),
    ("role:\n", "role: []\nrole_:\n", "role: []", "Here belongs the role"),
]


@pytest.mark.parametrize(("old", "new", "where", "cure"), BROKEN, ids=lambda value: value[:30])
def test_an_error_names_its_line_and_the_cure(old, new, where, cure):
    content = tiny(**{old: new})
    errors = [error for error in errors_of(content) if cure in error.message]
    first, _, rest = (where or new).strip("\n").partition("\n")
    line = line_of(first, content)
    if rest:
        line = line_of(rest, content) - 1
    assert line in {error.line for error in errors}


def test_a_scale_without_levels_or_users():
    empty = TINY[TINY.index("    levels:\n") : TINY.index("groups:")]
    errors = errors_of(tiny(**{empty: "    levels: []\n  - {slug: b, name: B, levels: []}\n"}))
    messages = " ".join(error.message for error in errors)
    assert "needs at least two levels" in messages
    assert "No skill uses the scale “b”" in messages


def test_a_skill_on_a_scale_that_is_not_there():
    errors = errors_of(TINY.replace("scale: curated", "scale: other").encode())
    assert [one.message for one in errors].count("There is no scale “other” in this file.") == 2


@pytest.mark.parametrize("content", [b"- a\n- b\n", b"a text\n", b"42\n", b"null\n", b"[]\n"])
def test_a_file_that_is_no_mapping(content):
    (error,) = errors_of(content)
    assert error.message.startswith("Here belongs the file")


def test_every_error_is_reported_at_once_in_the_order_of_lines():
    content = tiny(
        **{
            "    level: 3\n": "    level: 9\n",
            "kind: course": "kind: pill",
            "unit: usd-per-year": "unit: euro",
        }
    )
    errors = errors_of(content)
    assert len(errors) == 3
    assert [error.line for error in errors] == sorted(error.line for error in errors)


def test_every_broken_reference_is_reported_at_once():
    errors = errors_of(
        tiny(
            **{
                "[python, java]": "[pyton, java]",
                "group: basics": "group: base",
                "[physics]": "[magic]",
                "{skill: python,": "{skill: cobol,",
                "    name: Java\n": "    name: Python\n",
            }
        )
    )
    messages = " ".join(error.message for error in errors)
    for name in ("pyton", "base", "magic", "cobol", "“Python” stands here twice"):
        assert name in messages


def test_a_message_quotes_nothing_that_steers_a_terminal():
    content = tiny(**{"    reason: It is the tool.": f'    "{"a" * 90}\\e[2J\\ud800": b'})
    (error,) = errors_of(content)
    assert error.message.isprintable()
    assert len(error.message) < 250
    error.message.encode()
