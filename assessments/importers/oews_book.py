"""The workbook of the wage survey, out of the zip archive that it is published in, or by itself.

Nothing is unpacked onto the disk, and what an archive says of itself is not believed.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from .archives import BROKEN, ENCRYPTED, METHODS
from .sheets import Unreadable

BOOK = "xl/workbook.xml"
MOST_MEMBERS = 100
LARGEST_BOOK = 20 * 1024 * 1024
PIECE = 64 * 1024
# National tables are called so since 2001; the same archive layout serves states and industries.
NATIONAL = re.compile(r"national_M\d{4}_dl", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?!national)\w+_M\d{4}_dl", re.IGNORECASE)


@dataclass(frozen=True)
class Books:
    """`table` holds the figures; `others` may explain them. Pairs of a name and bytes."""

    table: tuple[str, bytes]
    others: tuple[tuple[str, bytes], ...] = ()


def books_of(name: str, data: bytes) -> Books:
    """Raises Unreadable, which says why and what to do."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if BOOK in archive.namelist():
                return Books((name, data))
            return _from_archive(archive)
    except BROKEN:
        message = _("This is neither a whole zip archive nor a whole workbook. Download it again.")
        raise Unreadable(message) from None


def _from_archive(archive: zipfile.ZipFile) -> Books:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        message = _("The archive holds more than %(most)s files. Take oesmYYnat.zip.")
        raise Unreadable(message % {"most": MOST_MEMBERS})
    found = [member for member in members if _is_book(member.filename)]
    named = [one for one in found if NATIONAL.match(_base(one))]
    tables = named or found
    if not tables:
        message = _(
            "The archive holds no workbook (.xlsx). Take oesmYYnat.zip, the national table as XLSX."
        )
        raise Unreadable(message)
    if len(tables) > 1:
        message = _("The archive holds several workbooks: %(names)s. Import one of them alone.")
        names = ", ".join(ascii(_base(one)) for one in tables[:5])
        raise Unreadable(message % {"names": names})
    if ELSEWHERE.match(_base(tables[0])):
        message = _("%(name)s is not the table of the whole country. Take oesmYYnat.zip.")
        raise Unreadable(message % {"name": ascii(_base(tables[0]))})
    others = [one for one in found if one is not tables[0]]
    return Books(
        (_base(tables[0]), _read(archive, tables[0])),
        tuple((_base(one), _read(archive, one)) for one in others[:1]),
    )


def _is_book(name: str) -> bool:
    base = PurePosixPath(name).name
    # "._name" and "~$name" are what systems leave beside a file that is open.
    return base.lower().endswith(".xlsx") and not base.startswith(("._", "~$"))


def _base(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).name


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & ENCRYPTED:
        raise Unreadable(_("The archive is protected by a password. Pack it again without one."))
    if member.compress_type not in METHODS:
        raise Unreadable(_("The archive is packed in a way we do not read. Pack it again as zip."))
    read = bytearray()
    with archive.open(member) as part:
        while piece := part.read(PIECE):
            read += piece
            if len(read) > LARGEST_BOOK:
                message = _("%(name)s unpacks to more than %(most)s MB. Take oesmYYnat.zip.")
                values = {"name": ascii(_base(member)), "most": LARGEST_BOOK // 1024 // 1024}
                raise Unreadable(message % values)
    return bytes(read)
