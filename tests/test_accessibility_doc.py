"""docs/accessibility.md names every criterion once, each with a check that is there."""

import re

import pytest

from careerpath.settings import BASE_DIR

TEXT = (BASE_DIR / "docs" / "accessibility.md").read_text(encoding="utf-8")
CHECKING = BASE_DIR / "tests" / "browser" / "checking"
SCRIPTS = sorted((BASE_DIR / "careerpath" / "static" / "careerpath").glob("*.js"))
ROWS = re.findall(r"^\| (\d\.\d\.\d+) \| (A+) \| [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE)
CLAIMS = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", TEXT)))
OWN = sorted(
    {
        name
        for part in re.findall(r"states ((?:`\w+`(?:, )?)+)", TEXT)
        for name in re.findall(r"\w+", part)
    }
)
A = """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1
2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2"""
AA = """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7
2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"""
AAA = "1.4.6 2.2.5 2.2.6 2.4.8 2.4.13 2.5.5 3.3.5 3.3.6 3.3.9"
GESTURES = "touch|mousedown|pointerdown|pointermove|mousemove|wheel|drag|devicemotion|orientation"


@pytest.mark.parametrize(("level", "numbers"), [("A", A), ("AA", AA), ("AAA", AAA)])
def test_each_criterion_stands_there_once(level, numbers):
    assert sorted(number for number, its, _check in ROWS if its == level) == sorted(numbers.split())


@pytest.mark.parametrize(("path", "name"), CLAIMS, ids=lambda one: one)
def test_a_named_check_is_there(path, name):
    assert f"def {name}(" in (BASE_DIR / "tests" / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OWN)
def test_a_named_function_is_asked_on_every_state(name):
    source = "".join(one.read_text(encoding="utf-8") for one in CHECKING.iterdir())
    assert re.search(rf"^(function {name}\(|const {name} = )", source, re.MULTILINE)
    asked = (BASE_DIR / "tests" / "browser" / "checks.py").read_text(encoding="utf-8")
    assert re.search(rf'"{name}"|ours\.{name}\(', asked)


def test_each_row_names_a_check_or_a_procedure():
    pattern = r"::test_\w+`|states `|axe|\bM[1-5]\b"
    assert [number for number, _level, check in ROWS if not re.search(pattern, check)] == []
    for name in re.findall(r"\bM[1-5]\b", "".join(check for *_row, check in ROWS)):
        assert f"**{name}, " in TEXT


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_scripts_know_of_no_gesture_and_no_movement(script):
    assert re.findall(GESTURES, script.read_text(encoding="utf-8")) == []


def test_the_number_of_states_is_true():
    listed = (BASE_DIR / "tests" / "browser" / "states.py").read_text(encoding="utf-8")
    counts = re.findall(r'^    "\w+": (\d+),$', listed, re.MULTILINE)
    assert f"through {sum(map(int, counts))} states" in TEXT
