"""The words of a Word file, paragraph by paragraph, with the standard library alone."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADINGS = ("Title", "Heading")
BETWEEN_CELLS = "："


@dataclass(frozen=True, slots=True)
class DocxParagraph:
    """A paragraph, or a row of a table with its cells joined."""

    text: str
    is_heading: bool = False


def read_docx(document: bytes) -> tuple[DocxParagraph, ...]:
    """The paragraphs and rows of the body, without empty ones; ValueError for another file."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            # The files are our own templates and what was made from them.
            root = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise ValueError("not a docx file") from error
    found = []
    for element in root.iterfind(f"{_W}body/*"):
        if element.tag == f"{_W}p":
            found.append(DocxParagraph(_text(element), _is_heading(element)))
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [_text(cell) for cell in row.iter(f"{_W}tc")]
                found.append(DocxParagraph(BETWEEN_CELLS.join(cells)))
    return tuple(paragraph for paragraph in found if paragraph.text.strip())


def docx_as_text(document: bytes) -> str:
    """The same as plain text for a chat: one line a paragraph, an empty one before a heading."""
    lines: list[str] = []
    for paragraph in read_docx(document):
        if paragraph.is_heading and lines:
            lines.append("")
        lines.append(paragraph.text)
    return "\n".join(lines)


def _text(element: ElementTree.Element) -> str:
    pieces = []
    for part in element.iter():
        if part.tag == f"{_W}t":
            pieces.append(part.text or "")
        elif part.tag in {f"{_W}br", f"{_W}cr"}:
            pieces.append("\n")
        elif part.tag == f"{_W}tab":
            pieces.append(" ")
    return "".join(pieces).rstrip()


def _is_heading(paragraph: ElementTree.Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith(_HEADINGS)
