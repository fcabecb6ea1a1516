"""A paper as a Word file that shows Chinese everywhere and names no author."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.concepts.paper import Paper, Table

_BODY_FONT = "宋体"
_HEAD_FONT = "黑体"
_A4 = (Cm(21), Cm(29.7))
_PICTURE_AT_MOST = Cm(18)
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 the same file each time; Word wants a naive time


def paper_to_docx(paper: Paper) -> bytes:
    """The paper as .docx; the same paper gives the same text."""
    document = Document()
    _set_page(document, is_wide=paper.is_wide)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, paper.title, _HEAD_FONT, 16)
    for line in paper.opening:
        _write(document.add_paragraph(), line)
    if paper.picture is not None:
        room = _room(document)
        document.add_picture(io.BytesIO(paper.picture), width=min(room, _PICTURE_AT_MOST))
    _add_table(document, paper.table)
    document.add_paragraph()
    for line in paper.closing:
        _write(document.add_paragraph(), line)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _NO_DAY
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_page(document: Any, *, is_wide: bool) -> None:
    section = document.sections[0]
    width, height = reversed(_A4) if is_wide else _A4
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(2))


def _add_table(document: Any, table: Table) -> None:
    lines = [table.header, *table.rows] if table.header else list(table.rows)
    if not lines:
        return
    grid = document.add_table(rows=0, cols=len(lines[0]))
    grid.style = "Table Grid"
    if table.widths:
        _set_widths(document, grid, table.widths)
    for number, line in enumerate(lines):
        is_header = bool(table.header) and number == 0
        row = grid.add_row()
        row_properties = row._tr.get_or_add_trPr()  # noqa: SLF001 python-docx has no name for these
        row_properties.append(OxmlElement("w:cantSplit"))
        if is_header:
            row_properties.append(OxmlElement("w:tblHeader"))
        for cell, text in zip(row.cells, line, strict=True):
            _write(cell.paragraphs[0], text, _HEAD_FONT if is_header else _BODY_FONT, 10.5)


def _set_widths(document: Any, grid: Any, widths: tuple[int, ...]) -> None:
    """Share the width of the page among the columns; rows that are added take them over."""
    room = _room(document)
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = room * width // sum(widths)


def _room(document: Any) -> int:
    """The width between the margins."""
    section = document.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _write(paragraph: Any, text: str, font: str = _BODY_FONT, size: float = 12) -> None:
    """A run in a Chinese font: without the East Asian name Word falls back to a Latin one."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
