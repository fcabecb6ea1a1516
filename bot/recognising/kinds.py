"""What a file is, by its first bytes: its name and its sender's word prove nothing."""

import io
import zipfile
from enum import Enum

from bot.concepts.recognition import NotRead


class FileKind(Enum):
    """What is read."""

    PICTURE = "picture"
    PDF = "pdf"
    DOCX = "docx"


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_SOUNDS = (b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR", b"fLaC", b"caff")
_MATROSKA = b"\x1a\x45\xdf\xa3"
_RIFF: dict[bytes, FileKind | NotRead] = {
    b"WEBP": FileKind.PICTURE,
    b"WAVE": NotRead.SOUND,
    b"AVI ": NotRead.VIDEO,
}
_STILL_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif")
_SOUND_BRANDS = (b"M4A ", b"M4B ")
_OLE = b"\xd0\xcf\x11\xe0"
_PDF_STARTS_WITHIN = 1024


def kind_of(content: bytes) -> FileKind | NotRead:
    """What a file is, or why it is not read."""
    if not content:
        return NotRead.DAMAGED
    if b"%PDF-" in content[:_PDF_STARTS_WITHIN]:
        return FileKind.PDF
    if content.startswith(_PICTURES):
        return FileKind.PICTURE
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    return _kind_of_media(content)


def _kind_of_media(content: bytes) -> FileKind | NotRead:
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], NotRead.OTHER_KIND)
    if content[4:8] == b"ftyp":
        brand = content[8:12]
        if brand in _STILL_BRANDS:
            return NotRead.PHONE_PICTURE
        return NotRead.SOUND if brand in _SOUND_BRANDS else NotRead.VIDEO
    if content.startswith(_MATROSKA):
        return NotRead.VIDEO
    return NotRead.SOUND if content.startswith(_SOUNDS) else NotRead.OTHER_KIND


def _kind_of_archive(content: bytes) -> FileKind | NotRead:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return NotRead.DAMAGED
    return FileKind.DOCX if "word/document.xml" in names else NotRead.OTHER_KIND


def _kind_of_ole(content: bytes) -> NotRead:
    """The container of old Office files, and of new ones with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return NotRead.ENCRYPTED
    is_word = "WordDocument".encode("utf-16-le") in content
    return NotRead.OLD_WORD if is_word else NotRead.OTHER_KIND
