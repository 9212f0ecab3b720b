"""careerpath/wsgi.py"""

import os
import subprocess
import sys

import pytest

from careerpath.settings import BASE_DIR

LOADED = """
import sys, careerpath.wsgi
from assessments.deployed import digest
print(*sys.modules, f"digests:{digest.cache_info().currsize}")
"""


@pytest.fixture(scope="module")
def loaded():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=BASE_DIR,
        env=os.environ | {"DEBUG": "1", "ENV_FILE": "", "DATABASE_URL": "sqlite://:memory:"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("library", ["openpyxl", "weasyprint"])
def test_what_few_ask_for_takes_no_memory_until_then(loaded, library):
    assert library not in loaded


def test_the_pages_are_loaded_before_the_processes_part(loaded):
    assert {"assessments.views.report", "assessments.admin.bulk"} <= loaded


def test_the_code_is_named_while_its_files_are_those_that_run(loaded):
    """Named at the first request it might be the next release's, under whose tag this one's page
    would be told to be unchanged."""
    assert "digests:1" in loaded
