from hypothesis import given, settings

from assessments.exporters.role_file import role_file
from assessments.importers.role_file import parse
from assessments.importers.role_file_checks import in_draft_order
from tests.role_files import TINY
from tests.whole_definitions import whole_definitions

few = settings(max_examples=20)  # YAML is read slowly


def test_it_works():
    content = role_file(parse(TINY.encode()))
    assert content.startswith(b"format: careerpath-role/1\nrole:\n  slug: tester\n")
    assert "    3: I build and ship a service alone\n" in content.decode()


@few
@given(whole_definitions())
def test_what_is_written_is_read_back_unchanged(found):
    """So it holds no alias and no tag either: these are refused."""
    assert parse(role_file(found)) == in_draft_order(found)


@few
@given(whole_definitions())
def test_written_again_it_has_the_same_bytes(found):
    written = role_file(found)
    assert role_file(found) == written
    once = role_file(parse(written))
    assert role_file(parse(once)) == once
