"""What the documents claim holds: a test behind each claim, a row for each setting."""

import re

import pytest

from careerpath import gunicorn_conf, settings
from careerpath.settings import BASE_DIR

SECURITY = (BASE_DIR / "docs" / "security.md").read_text(encoding="utf-8")
OPERATING = (BASE_DIR / "docs" / "operating.md").read_text(encoding="utf-8")
CLAIMS = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)`", SECURITY)))
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


def test_every_setting_has_its_row_and_no_row_is_left_over():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", OPERATING, re.MULTILINE)
    assert sorted(rows) == sorted(SETTINGS)
