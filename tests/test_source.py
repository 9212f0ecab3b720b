"""What our own code must never do, whoever writes it."""

import subprocess
import sys

import pytest

from careerpath.settings import BASE_DIR

DANGEROUS = {
    "S102": "exec('x')\n",
    "S301": "import pickle\n\npickle.loads(b'')\n",
    "S307": "eval('x')\n",
    "S314": "from xml.etree import ElementTree\n\nElementTree.parse('x')\n",
    "S324": "import hashlib\n\nhashlib.md5(b'x')\n",
    "S501": "import requests\n\nrequests.get('https://x', verify=False, timeout=1)\n",
    "S506": "import yaml\n\nyaml.load('x')\n",
    "S602": "import subprocess\n\nsubprocess.run('x', shell=True, check=True)\n",
    "S608": "name = input()\nsql = f'SELECT * FROM a WHERE b = {name}'\n",
    "S610": "from a import Model\n\nModel.objects.extra(where=[input()])\n",
    "S611": "from django.db.models.expressions import RawSQL\n\nRawSQL(input(), [])\n",
    "S308": "from django.utils.safestring import mark_safe\n\nmark_safe(input())\n",
    "S311": "import random\n\nkey = random.random()\n",
}
IN_SCRIPTS = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "postMessage",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "document.cookie",
    "__proto__",
)
# Those of the editing area are made of Django's own as well: `make css`.
OURS = ("careerpath/static/careerpath", "assessments/static/assessments")
SCRIPTS = sorted(one for folder in OURS for one in (BASE_DIR / folder).glob("*.js"))
TEMPLATES = sorted((BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("rule", DANGEROUS)
def test_the_lint_refuses_what_is_dangerous(rule):
    command = [sys.executable, "-m", "ruff", "check", "--stdin-filename", "assessments/x.py", "-"]
    result = subprocess.run(
        command, input=DANGEROUS[rule], capture_output=True, text=True, cwd=BASE_DIR, check=False
    )
    assert rule in result.stdout


def test_no_script_of_ours_writes_markup_or_keeps_anything():
    assert {"account.js", "keep.js", "admin.js", "rows.js"} <= {one.name for one in SCRIPTS}
    found = [(one.name, word) for one in SCRIPTS for word in IN_SCRIPTS if word in one.read_text()]
    assert found == []


def test_no_template_takes_a_text_for_markup():
    words = ("|safe", "autoescape off", "javascript:")
    found = [(one.name, word) for one in TEMPLATES for word in words if word in one.read_text()]
    assert found == []
