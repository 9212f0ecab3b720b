import zipfile

import pytest

from assessments.importers import onet_archive
from assessments.importers.onet_archive import opened
from assessments.importers.sheets import Unreadable
from tests.onet_files import tables, text_of, write_folder, write_zip


def refused(path):
    with pytest.raises(Unreadable) as error, opened(path) as files:
        files.text("Skills")
    return str(error.value)


def zip_of(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_zip_and_folder_read_the_same(tmp_path):
    release = tables()
    found = []
    for path in (write_zip(tmp_path / "a.zip", release), write_folder(tmp_path / "b", release)):
        with opened(path) as files:
            found.append((files.text("Skills"), files.sha256))
    assert found[0] == found[1] == (text_of(release["Skills"]), found[0][1])


def test_the_folder_may_be_in_a_folder(tmp_path):
    write_folder(tmp_path / "download" / "db_29_2_text", tables())
    with opened(tmp_path / "download") as files:
        assert "Skills" in files


def test_files_that_a_system_adds_are_not_read(tmp_path):
    path = zip_of(tmp_path / "a.zip", ("x/Skills.txt", "a"), ("__MACOSX/x/._Skills.txt", "b"))
    with opened(path) as files:
        assert files.text("Skills") == "a"


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><title>No</title>", b"\n <html>Denied"])
def test_a_web_page_is_told_from_an_archive(tmp_path, content):
    path = tmp_path / "db_29_2_text.zip"
    path.write_bytes(content)
    assert "db_29_2_text.zip is a web page" in refused(path)


def test_a_pointer_of_git_lfs_is_told_from_an_archive(tmp_path):
    path = tmp_path / "db.zip"
    path.write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n")
    assert "db.zip is a pointer of Git LFS" in refused(path)
    (tmp_path / "Skills.txt").write_bytes(path.read_bytes())
    assert "Skills.txt is a pointer of Git LFS" in refused(tmp_path)


def test_half_an_archive_is_refused(tmp_path):
    path = write_zip(tmp_path / "a.zip", tables())
    path.write_bytes(path.read_bytes()[:-100])
    assert "not a whole zip archive" in refused(path)


def test_an_archive_of_an_unknown_kind_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", ("Skills.txt", "a"))
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 6] = 200  # the version that is needed to unpack it
    path.write_bytes(data)
    assert "not a whole zip archive" in refused(path)


def test_a_damaged_member_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", ("Skills.txt", "abcdefgh" * 1000))
    data = bytearray(path.read_bytes())
    data[60] ^= 255
    path.write_bytes(data)
    assert "Skills.txt is damaged in the archive" in refused(path)


@pytest.mark.parametrize("name", ["../Skills.txt", "/etc/Skills.txt", "a\\Skills.txt", "C:x.txt"])
def test_names_that_lead_out_of_the_folder_are_refused(tmp_path, name):
    path = zip_of(tmp_path / "a.zip", ("Skills.txt", "a"), (name, "b"))
    assert "outside its folder" in refused(path)


def test_a_file_that_unpacks_to_far_more_is_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", ("Skills.txt", b"\0" * 20_000_000))
    assert "unpacks to far more than it holds" in refused(path)


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(onet_archive, "LARGEST", 1024 * 1024)
    path = zip_of(tmp_path / "a.zip", ("Skills.txt", b"x" * 1024 * 1024), ("More.txt", "x"))
    assert "unpacks to more than 1 MB" in refused(path)


def test_a_file_that_is_larger_than_the_archive_says_is_read_no_further(tmp_path, monkeypatch):
    monkeypatch.setattr(onet_archive, "LARGEST_FILE", 1024 * 1024)
    (tmp_path / "Skills.txt").write_bytes(b"x" * (1024 * 1024 + 1))
    assert "larger than 1 MB" in refused(tmp_path)


def test_two_files_of_one_name_are_refused(tmp_path):
    path = zip_of(tmp_path / "a.zip", ("a/Skills.txt", "a"), ("b/Skills.txt", "b"))
    assert "Skills.txt twice" in refused(path)


def test_what_is_not_utf8_is_named_with_its_line(tmp_path):
    (tmp_path / "Skills.txt").write_bytes(b"one\ntwo\xff\n")
    assert refused(tmp_path) == ("Skills.txt:2: This is not UTF-8. Download the release once more.")


def test_a_path_that_leads_nowhere_is_told(tmp_path):
    assert "nowhere.zip cannot be read: No such file" in refused(tmp_path / "nowhere.zip")
