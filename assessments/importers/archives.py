"""A zip archive that somebody chose. Nothing it says of itself is believed.

Memory stays bounded: one member is read, in pieces, and reading stops where it unpacks to more
than it may, whatever size the archive claims.
"""

import io
import zipfile
from typing import IO

from django.utils.translation import gettext as _

from .sheets import Unreadable

MOST_MEMBERS = 10
MOST_TIMES_SMALLER = 100
SMALL_ENOUGH = 64 * 1024  # of which any ratio is harmless
PIECE = 64 * 1024
ENCRYPTED = 1
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for archives that are not whole.
BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    zipfile.zlib.error,  # type: ignore[attr-defined]
)


def read_member(data: bytes, name: str, *, most: int) -> bytes:
    """The bytes of one member. Raises Unreadable, which says what to do."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _member(archive, name)
            with archive.open(member) as part:
                packed = min(member.compress_size, len(data))
                return _read(part, most=min(most, max(SMALL_ENOUGH, packed * MOST_TIMES_SMALLER)))
    except BROKEN:
        raise Unreadable(_("This is not a whole zip archive. Download it once more.")) from None


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        message = _("The archive holds more than %(most)s files. Choose the one we gave you.")
        raise Unreadable(message % {"most": MOST_MEMBERS})
    found = [member for member in members if member.filename == name]
    if len(found) != 1:
        message = _("The archive holds no file %(name)s, or several. Choose the one we gave you.")
        raise Unreadable(message % {"name": name})
    if found[0].flag_bits & ENCRYPTED:
        raise Unreadable(_("The archive is protected by a password. Pack it again without one."))
    if found[0].compress_type not in METHODS:
        raise Unreadable(_("The archive is packed in a way we do not read. Pack it again as zip."))
    return found[0]


def _read(part: IO[bytes], *, most: int) -> bytes:
    read = bytearray()
    while piece := part.read(PIECE):
        read += piece
        if len(read) > most:
            message = _(
                "The archive unpacks to far more than it holds, or to more than we read. "
                "Choose the one we gave you."
            )
            raise Unreadable(message)
    return bytes(read)
