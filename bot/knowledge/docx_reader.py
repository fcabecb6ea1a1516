"""The words of a Word file, paragraph by paragraph, with the standard library alone."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADINGS = ("Title", "Heading")
BETWEEN_CELLS = "："
_AT_MOST = 20_000_000
"""Bytes of all parts, unpacked."""
_BODY, _COMMENTS = "word/document.xml", "word/comments.xml"
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
_LIVE = re.compile(r"vbaProject|/embeddings/|/activeX/", re.IGNORECASE)
_FOREIGN = re.compile(rb'<Relationship\b(?![^>]*/hyperlink")[^>]*TargetMode="External"')
_REVISED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|commentReference)[ />]")
_TAG = re.compile(rb"\{[{%]")


@dataclass(frozen=True, slots=True)
class DocxParagraph:
    """A paragraph, or a row of a table with its cells joined."""

    text: str
    is_heading: bool = False


def read_docx(document: bytes) -> tuple[DocxParagraph, ...]:
    """The paragraphs and rows of the body, without empty ones; ValueError for another file."""
    try:
        with _opened(document) as archive:
            body = archive.read(_BODY)
        # Entities, with which a small text is blown up, stand only in a type of one's own.
        if b"<!DOCTYPE" in body:
            raise ValueError("not a docx file")
        root = ElementTree.fromstring(body)  # noqa: S314
    except ElementTree.ParseError as error:
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


def docx_words(document: bytes) -> str:
    """A paragraph a line; nothing for another file, which the check tells."""
    try:
        return "\n".join(paragraph.text for paragraph in read_docx(document))
    except ValueError:
        return ""


def docx_problems(document: bytes) -> Iterator[str]:
    """What a template carries beside its words that may not go to people; ValueError as above."""
    with _opened(document) as archive:
        names = archive.namelist()
        if any(_LIVE.search(name) for name in names):
            yield "里面有宏或嵌入的东西，请删掉，另存为普通的 .docx。"
        if any(_FOREIGN.search(archive.read(name)) for name in names if name.endswith(".rels")):
            yield "里面连着别处的文件或图片，请断开链接，放进文件里。"
        if _COMMENTS in names or _REVISED.search(archive.read(_BODY)):
            yield "还有修订或批注：请接受全部修订，删掉批注，再存。"
        if any(_TAG.search(archive.read(name)) for name in names if _BESIDE.fullmatch(name)):
            yield "页眉、页脚、脚注里不能有 {{ }} 和 {% %}，请写在正文里。"


def docx_as_text(document: bytes) -> str:
    """The same as plain text for a chat: one line a paragraph, an empty one before a heading."""
    lines: list[str] = []
    for paragraph in read_docx(document):
        if paragraph.is_heading and lines:
            lines.append("")
        lines.append(paragraph.text)
    return "\n".join(lines)


@contextmanager
def _opened(document: bytes) -> Iterator[zipfile.ZipFile]:
    """Its parts; ValueError for another file, and for one that grows beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _AT_MOST:
                raise ValueError("too large a docx file")
            yield archive
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise ValueError("not a docx file") from error


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
