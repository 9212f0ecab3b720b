import contextlib
import io
import os
import struct
import tracemalloc
import zipfile

import pytest

from assessments.importers.archives import MOST_MEMBERS, read_member
from assessments.importers.sheets import Unreadable
from tests.my_data import packed

NAME = "careerpath-data.json"
MOST = 1024 * 1024


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return file.getvalue()


def refusal(data, most=MOST):
    with pytest.raises(Unreadable) as caught:
        read_member(data, NAME, most=most)
    return str(caught.value)


def test_it_works():
    assert read_member(packed("{}"), NAME, most=MOST) == b"{}"


def test_a_bomb_is_refused_before_it_unfolds():
    bomb = packed(b"0" * (200 * 1024 * 1024))
    tracemalloc.start()
    assert "unpacks to" in refusal(bomb, most=500 * 1024 * 1024)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 1024 * 1024


def test_what_unpacks_to_more_than_is_read_is_refused():
    assert "unpacks to" in refusal(packed(os.urandom(MOST + 1)))


def test_a_size_that_lies_helps_nobody():
    """The head of the archive says one byte; what is in it, a megabyte."""
    data = packed(b"0" * MOST)
    size = struct.pack("<L", MOST)
    assert data.count(size) == 2
    refusal(data.replace(size, struct.pack("<L", 1)))


def test_the_name_of_another_file_is_no_help():
    assert NAME in refusal(packed("{}", name="../careerpath-data.json"))


def test_two_of_the_name_are_none():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        out.writestr(NAME, "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr(NAME, "[]")
    assert "several" in refusal(file.getvalue())


def test_many_members_are_refused():
    files = {f"{number}.json": "{}" for number in range(MOST_MEMBERS)}
    assert "more than 10 files" in refusal(archive(**files, **{NAME: "{}"}))


def test_a_password_is_named():
    data = bytearray(packed("{}"))
    for head, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(head) + offset] |= 1
    assert "password" in refusal(bytes(data))


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_half_an_archive_is_none(cut):
    assert refusal(packed("{}" * 50)[:-cut])


def test_one_changed_byte_breaks_nothing_but_itself():
    whole = packed('{"a": "' + "text " * 20 + '"}')
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x55
        with contextlib.suppress(Unreadable):
            assert isinstance(read_member(bytes(changed), NAME, most=MOST), bytes)
