"""What editors' forms let through comes back from a role file as it was."""

from django.core.exceptions import ValidationError

from assessments.domain.definition import Passage
from assessments.exporters.role_file import role_file
from assessments.forms.characters import LinesField
from assessments.importers.role_file import parse
from tests.definitions import definition, requirement
from tests.hostile_markup import MARKUP
from tests.hostile_text import TEXTS


def taken(text):
    try:
        return LinesField(max_length=2000).clean(text)
    except ValidationError:
        return ""


def test_every_text_comes_back():
    texts = [kept for kept in map(taken, [*TEXTS, *MARKUP]) if kept]
    assert len(texts) > 500
    passages = tuple(Passage("overview", "", text) for text in texts)
    shown = definition(requirement("python"), passages=passages)
    assert parse(role_file(shown)).passages == passages
