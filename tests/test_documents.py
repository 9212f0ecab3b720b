"""What the documents claim holds: a test behind each claim, a row for each setting."""

import re

import pytest

from careerpath import gunicorn_conf, settings
from careerpath.checks import PROMISES
from careerpath.settings import BASE_DIR
from tests.asvs import NEEDED

SECURITY = (BASE_DIR / "docs" / "security.md").read_text(encoding="utf-8")
PROMISED = (BASE_DIR / "SECURITY.md").read_text(encoding="utf-8")
RELIABILITY = (BASE_DIR / "docs" / "reliability.md").read_text(encoding="utf-8")
OPERATING = (BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
GUIDE = (BASE_DIR / "docs" / "editing.md").read_text(encoding="utf-8")
DOCUMENTS = [BASE_DIR / "README.md", *sorted((BASE_DIR / "docs").glob("*.md"))]
PICTURES = BASE_DIR / "docs" / "pictures"
LABELS = sorted({" ".join(one.split()) for one in re.findall(r"\*\*([^*]+)\*\*", GUIDE)})
CLAIM = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
CLAIMS = sorted(
    {*CLAIM.findall(SECURITY)}
    | {
        (f"../tests/reliability/{path}".rpartition("/tests/")[2], name)
        for path, name in CLAIM.findall(RELIABILITY)
    }
)
NAMES = re.compile(r"^([A-Z_]+(?:, [A-Z_]+)*)  ", re.MULTILINE)
SETTINGS = {
    name
    for names in NAMES.findall(f"{settings.__doc__}\n{gunicorn_conf.__doc__}")
    for name in names.split(", ")
}


def test_it_works():
    assert len(CLAIMS) > 40
    assert {"ALLOWED_HOSTS", "BIND"} <= SETTINGS


@pytest.mark.parametrize(("path", "name"), CLAIMS, ids=lambda one: one)
def test_a_claim_has_its_test(path, name):
    assert f"def {name}(" in (BASE_DIR / "tests" / path).read_text(encoding="utf-8")


CLAIMED = re.compile(r"^\| (?:claim \| shown by|\| what is tried .+) \|\n", re.MULTILINE)


def claims_alone(document):
    """What a row of a table of claims says, where no test is named behind it."""
    tables = CLAIMED.split(document)[1:]
    rows = [row for table in tables for row in table.partition("\n\n")[0].splitlines()[1:]]
    assert rows
    return [row for row in rows if not CLAIM.search(row.partition(" | ")[2])]


@pytest.mark.parametrize("document", [SECURITY, RELIABILITY], ids=["security", "reliability"])
def test_no_claim_stands_alone(document):
    assert claims_alone(document) == []


def test_a_claim_without_a_test_is_found():
    table = "| claim | shown by |\n|---|---|\n| Safe | `a.py::test_a` |\n| Sound | `b.py` |\n\n"
    assert claims_alone(table) == ["| Sound | `b.py` |"]


def rows_of_the_standard():
    """Number, level, and what shows it or why not."""
    row = r"^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| ([^|]+) \|$"
    return re.findall(row, SECURITY, re.MULTILINE)


def test_every_number_of_the_standard_has_its_row_or_nothing_to_apply_to():
    rows = {number: level for number, level, _shown in rows_of_the_standard()}
    _before, _heading, rest = SECURITY.partition("| nothing to apply to | why |")
    others = re.findall(r"\d+\.\d+\.\d+", rest.partition("\n\n")[0])
    assert rows == {number: level for number, level in NEEDED.items() if number not in others}
    assert set(others) <= set(NEEDED)
    assert len(rows_of_the_standard()) + len(others) == len(NEEDED)


def test_every_row_of_the_standard_says_something():
    assert all(len(shown) > 12 for _number, _level, shown in rows_of_the_standard())
    assert SECURITY.count("`") % 2 == 0
    named = re.findall(r"`([^`]*::[^`]*)`", SECURITY)
    assert all(re.fullmatch(r"[\w/]+\.py::test_\w+", one) for one in named)


def test_links_lead_to_places_that_are_there():
    headings = re.findall(r"^#+ (.+)$", SECURITY, re.MULTILINE)
    places = {heading.lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", SECURITY)) <= places
    for path in re.findall(r"\]\((?!#)([^)#]+)", SECURITY):
        assert (BASE_DIR / "docs" / path).exists(), path


def test_the_promises_are_made():
    assert "within 7 days of knowing" in PROMISED
    assert "in private" in PROMISED
    assert "docs/security.md" in PROMISED


def test_the_questions_before_deploying_are_counted():
    assert f"asks {len(PROMISES)} questions of ours" in SECURITY


def test_every_setting_has_its_row_and_no_row_is_left_over():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", OPERATING, re.MULTILINE)
    assert sorted(rows) == sorted(SETTINGS)


def pictures_named():
    return {
        (document.parent / name).resolve()
        for document in DOCUMENTS
        for name in re.findall(r"\]\(([^)]+\.png)\)", document.read_text(encoding="utf-8"))
    }


def test_every_picture_is_there_and_none_is_left_over():
    assert pictures_named() == {picture.resolve() for picture in PICTURES.iterdir()}


def test_each_step_of_the_guide_has_its_test_in_its_order():
    steps = re.findall(r"^## (.+)$", GUIDE, re.MULTILINE)
    source = (BASE_DIR / "tests/browser/test_editing_guide.py").read_text(encoding="utf-8")
    tests = re.findall(r"^def test_(\w+)\(", source, re.MULTILINE)
    names = [step.lower().replace(" ", "_") for step in steps]
    assert [name for name in tests if name in names] == names
    assert all(name.startswith(tuple(names)) for name in tests)


@pytest.mark.parametrize("label", LABELS)
def test_what_the_guide_says_to_press_is_pressed_by_its_test(label):
    sources = (f"tests/browser/{name}.py" for name in ("guide", "test_editing_guide"))
    assert any(label in (BASE_DIR / one).read_text(encoding="utf-8") for one in sources)
