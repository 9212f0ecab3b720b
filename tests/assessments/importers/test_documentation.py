"""docs/role-file.md says what holds."""

import re
from pathlib import Path

import pytest

from assessments.domain.answers import Degree
from assessments.domain.publishing import problems
from assessments.importers.role_file import parse
from assessments.models import Fact, Passage, Resource

DOCUMENT = (Path(__file__).parents[3] / "docs" / "role-file.md").read_text(encoding="utf-8")


def test_its_example_is_read_and_could_be_published():
    (example,) = re.findall(r"^```yaml\n(.*?)^```", DOCUMENT, re.DOTALL | re.MULTILINE)
    assert problems(parse(example.encode())) == ()


@pytest.mark.parametrize("choices", [Degree, Fact.Unit, Passage.Kind, Resource.Cost, Resource.Kind])
def test_it_names_every_choice(choices):
    assert [choice for choice in choices if f"`{choice.value}`" not in DOCUMENT] == []
