"""What a file is, by its content."""

import io
import zipfile

import pytest

from bot.concepts.recognition import NotRead
from bot.recognising.kinds import FileKind, kind_of


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0" + b"\x00" * 60
FILES = [
    (b"", NotRead.DAMAGED),
    (b"garbage of no kind at all", NotRead.OTHER_KIND),
    (b"\xff\xd8\xff\xe0 jpeg", FileKind.PICTURE),
    (b"\x89PNG\r\n\x1a\n", FileKind.PICTURE),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", FileKind.PICTURE),
    (b"RIFF\x00\x00\x00\x00WAVEfmt ", NotRead.SOUND),
    (b"RIFF\x00\x00\x00\x00AVI LIST", NotRead.VIDEO),
    (b"\x00\x00\x00\x18ftypisom\x00\x00", NotRead.VIDEO),
    (b"\x00\x00\x00\x18ftypM4A \x00\x00", NotRead.SOUND),
    (b"\x00\x00\x00\x18ftypheic\x00\x00", NotRead.PHONE_PICTURE),
    (b"\x1a\x45\xdf\xa3 webm", NotRead.VIDEO),
    (b"OggS opus", NotRead.SOUND),
    (b"#!AMR\n", NotRead.SOUND),
    (b"\n\n%PDF-1.7", FileKind.PDF),
    (archive("word/document.xml"), FileKind.DOCX),
    (archive("xl/workbook.xml"), NotRead.OTHER_KIND),
    (b"PK\x03\x04 broken", NotRead.DAMAGED),
    (OLE + "WordDocument".encode("utf-16-le"), NotRead.OLD_WORD),
    (OLE + "EncryptedPackage".encode("utf-16-le"), NotRead.ENCRYPTED),
    (OLE + "Workbook".encode("utf-16-le"), NotRead.OTHER_KIND),
]


@pytest.mark.parametrize(("content", "kind"), FILES)
def test_a_file_is_known_by_its_first_bytes(content: bytes, kind: FileKind | NotRead) -> None:
    assert kind_of(content) is kind
