"""The release as somebody downloaded it: a zip archive, or the folder that was in it.

Nothing is unpacked onto the disk. What an archive says of itself is not believed.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

from .archives import BROKEN, ENCRYPTED, METHODS
from .sheets import Unreadable

ENDING = ".txt"
MOST_MEMBERS = 1_000
LARGEST = 500 * 1024 * 1024  # all of it, unpacked
LARGEST_FILE = 200 * 1024 * 1024
MOST_TIMES_SMALLER = 100  # of O*NET's own files none is more than 20
SMALL_ENOUGH = 1024 * 1024
PIECE = 1024 * 1024
LFS = b"version https://git-lfs"


class OnetFiles:
    """Text files by name, without the ending. `sha256` is of all that has been read."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self.sizes = sizes
        self._digest = hashlib.sha256()

    def __contains__(self, name: str) -> bool:
        return name in self.sizes

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def text(self, name: str) -> str:
        """Raises Unreadable."""
        data = self.data(name)
        self._digest.update(f"{name}\0{len(data)}\0".encode())
        self._digest.update(data)
        refuse_strange(data, name + ENDING)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = _("%(file)s:%(line)s: This is not UTF-8. Download the release once more.")
            raise Unreadable(message % {"file": name + ENDING, "line": line}) from None

    def data(self, name: str) -> bytes:
        raise NotImplementedError


class Folder(OnetFiles):
    def __init__(self, path: Path) -> None:
        self.path = path
        found = [one for one in path.iterdir() if one.name.endswith(ENDING) and one.is_file()]
        super().__init__({one.name.removesuffix(ENDING): one.stat().st_size for one in found})

    def data(self, name: str) -> bytes:
        with (self.path / (name + ENDING)).open("rb") as file:
            return _read(file, LARGEST_FILE, name)


class Archive(OnetFiles):
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members = _members(archive)
        super().__init__({name: member.file_size for name, member in self.members.items()})

    def data(self, name: str) -> bytes:
        try:
            with self.archive.open(self.members[name]) as part:
                return _read(part, LARGEST_FILE, name)
        except BROKEN:
            message = _("%(file)s is damaged in the archive. Download the release once more.")
            raise Unreadable(message % {"file": name + ENDING}) from None


@contextmanager
def opened(path: Path) -> Iterator[OnetFiles]:
    """Raises Unreadable, which says why and what to do."""
    with ExitStack() as stack:
        try:
            if path.is_dir():
                files: OnetFiles = Folder(_inner(path))
            else:
                file = stack.enter_context(path.open("rb"))
                refuse_strange(file.read(1000), path.name)
                files = Archive(stack.enter_context(_archive(file, path.name)))
        except OSError as error:
            message = _("%(file)s cannot be read: %(reason)s.")
            raise Unreadable(message % {"file": path, "reason": error.strerror}) from None
        yield files


def _archive(file: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except BROKEN:
        message = _("%(file)s is not a whole zip archive. Download it once more.")
        raise Unreadable(message % {"file": name}) from None


def refuse_strange(data: bytes, name: str) -> None:
    """What is found in the place of a download, now and then."""
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        message = _(
            "%(file)s is a web page, not what its name says: the download was answered with an "
            "error. Download it again, in a browser."
        )
        raise Unreadable(message % {"file": name})
    if start.startswith(LFS):
        message = _(
            "%(file)s is a pointer of Git LFS, which only says where the file is. "
            "Fetch the file itself (git lfs pull), or download it again."
        )
        raise Unreadable(message % {"file": name})


def _inner(path: Path) -> Path:
    """Unpacking often makes a folder of the archive's name with the real folder in it."""
    if any(one.name.endswith(ENDING) for one in path.iterdir()):
        return path
    inner = [one for one in path.iterdir() if one.is_dir()]
    return inner[0] if len(inner) == 1 else path


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        message = _("The archive holds more than %(most)s files. That is no release of O*NET.")
        raise Unreadable(message % {"most": MOST_MEMBERS})
    if sum(member.file_size for member in members) > LARGEST:
        message = _("The archive unpacks to more than %(most)s MB. That is no release of O*NET.")
        raise Unreadable(message % {"most": LARGEST // 1024 // 1024})
    found: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        _refuse_member(member)
        path = PurePosixPath(member.filename)
        # "__MACOSX/._Skills.txt" is what one system adds to archives that it packs.
        if path.suffix != ENDING or path.name.startswith("._"):
            continue
        if path.stem in found:
            message = _("The archive holds %(file)s twice. Download the release once more.")
            raise Unreadable(message % {"file": path.name})
        found[path.stem] = member
    return found


def _refuse_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
        message = _(
            "The archive holds a file that would land outside its folder (%(file)s). "
            "Do not unpack it; download the release once more."
        )
        raise Unreadable(message % {"file": ascii(name)})
    if member.flag_bits & ENCRYPTED:
        raise Unreadable(_("The archive is protected by a password. Pack it again without one."))
    if member.compress_type not in METHODS:
        raise Unreadable(_("The archive is packed in a way we do not read. Pack it again as zip."))
    if member.file_size > max(SMALL_ENOUGH, member.compress_size * MOST_TIMES_SMALLER):
        message = _(
            "%(file)s unpacks to far more than it holds. Download the release once more from "
            "its own site."
        )
        raise Unreadable(message % {"file": name})


def _read(part: IO[bytes], most: int, name: str) -> bytes:
    read = bytearray()
    while piece := part.read(PIECE):
        read += piece
        if len(read) > most:
            message = _("%(file)s is larger than %(most)s MB. That is no release of O*NET.")
            values = {"file": name + ENDING, "most": most // 1024 // 1024}
            raise Unreadable(message % values)
    return bytes(read)
