"""What processes keep from one request to the next is what docs/deploy.md says, and no more."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

BASE = Path(settings.BASE_DIR)
PAGE = BASE / "docs" / "deploy.md"
MADE = {"dict", "list", "set", "OrderedDict", "defaultdict", "deque", "WeakKeyDictionary"}
CACHES = {"cache", "lru_cache"}
# Functions of their values alone, or of code and files that do not change while it runs.
SAME_FOR_ALL = {
    "assessments/deployed.py",
    "assessments/domain/profiles.py",
    "assessments/domain/words.py",
    "assessments/importers/yaml_nodes.py",
    "assessments/search_texts.py",
    "assessments/templatetags/drawings.py",
    "assessments/today.py",
    "assessments/unchanged.py",
    "careerpath/editing_files.py",
}


def keeps(tree):
    """Whether it remembers what functions gave, or has something empty to be filled later."""
    given = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    named = {name_of(one) for function in given for one in function.decorator_list}
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return bool(named & CACHES) or any(is_empty(node.value) for node in assigned)


def name_of(node):
    node = node.func if isinstance(node, ast.Call) else node
    return getattr(node, "attr", getattr(node, "id", ""))


def is_empty(value):
    if isinstance(value, ast.Call):
        return name_of(value) in MADE and not value.args
    return ast.unparse(value) in ("{}", "[]") if value else False


def keeping():
    files = [file for app in ("assessments", "careerpath") for file in (BASE / app).rglob("*.py")]
    trees = {str(one.relative_to(BASE)): ast.parse(one.read_text("utf-8")) for one in files}
    return {
        name for name, tree in trees.items() if keeps(tree) and not name.endswith("settings.py")
    }


def test_what_is_kept_in_memory_is_in_the_table_of_the_page():
    page = PAGE.read_text(encoding="utf-8")
    rest = keeping() - SAME_FOR_ALL
    assert {one for one in rest if f"`{one}`" not in page} == set()
    assert rest >= {"assessments/rendered.py", "assessments/occupations.py"}


def test_no_reason_is_left_over():
    assert keeping() >= SAME_FOR_ALL


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("_people: dict[int, str] = {}", True),
        ("_people = OrderedDict()", True),
        ("@lru_cache(maxsize=9)\ndef report(key): ...", True),
        ("class A:\n    @functools.cache\n    def report(self): ...", True),
        ("NAMES = {'a': 1}\ndef report(): found = {}", False),
    ],
)
def test_what_is_planted_is_found(code, found):
    assert keeps(ast.parse(code)) is found
