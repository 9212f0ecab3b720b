"""The locks name packages and their hashes, and no place to get them from."""

import re

import pytest

from careerpath.settings import BASE_DIR

PYTHON = sorted(BASE_DIR.glob("requirements/*.txt"))
NPM = [BASE_DIR / "package-lock.json", BASE_DIR / "audit" / "package-lock.json"]
ADDRESS = re.compile(r"://|\bwww\.|\.(org|com|net|io|dev)\b")


@pytest.mark.parametrize("lock", [*PYTHON, *NPM], ids=lambda lock: lock.name)
def test_a_lock_holds_no_address(lock):
    found = [line for line in lock.read_text().splitlines() if ADDRESS.search(line)]
    assert not found


@pytest.mark.parametrize("lock", PYTHON, ids=lambda lock: lock.name)
def test_every_package_has_a_version_and_a_hash(lock):
    packages = re.findall(r"^[a-z0-9][^\n]*(?:\n    --hash[^\n]*)*", lock.read_text(), re.MULTILINE)
    assert packages
    assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_checks_run_with_what_the_site_runs_with():
    running, checking = (
        set(re.findall(r"^[a-z0-9-]+(?:\[[a-z,]+\])?==\S+", lock.read_text(), re.MULTILINE))
        for lock in (BASE_DIR / "requirements/run.txt", BASE_DIR / "requirements/dev.txt")
    )
    assert running <= checking
