"""The words of a Word file, and the pictures in one that holds only scans."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.table import Table

from bot.concepts.recognition import NotRead, ReadLine

_BETWEEN_CELLS = " "


def open_docx(content: bytes, most_bytes: int) -> Any:
    """A document; NotRead for one that unpacks to more than `most_bytes`, or cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            return NotRead.ENCRYPTED
        # The sizes may lie, but what unpacks to more than it says is refused by zipfile.
        if sum(entry.file_size for entry in entries) > most_bytes:
            return NotRead.TOO_LARGE
        return docx.Document(io.BytesIO(content))
    except Exception:  # noqa: BLE001 whatever the library makes of a strange archive
        return NotRead.DAMAGED


def lines_in(document: Any) -> tuple[ReadLine, ...]:
    """Paragraphs and rows of tables, in order; each is a whole paragraph."""
    found = (text.strip() for text in _texts(document))
    return tuple(ReadLine(text=text) for text in found if text)


def pictures_in(document: Any) -> list[bytes]:
    """The pictures of a document, in the order in which they were put in."""
    parts = (part.target_part for part in document.part.rels.values() if not part.is_external)
    return [part.blob for part in parts if part.content_type.startswith("image/")]


def _texts(document: Any) -> Iterator[str]:
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                # A cell that spans several columns is given once for each.
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)
                yield _BETWEEN_CELLS.join(cell for cell in cells if cell)
        else:
            yield from part.text.splitlines()
