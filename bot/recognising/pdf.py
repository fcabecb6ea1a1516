"""The one door to PDFium: the words of each page, or its picture where it was scanned."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
from PIL import Image

from bot.concepts.recognition import NotRead
from bot.recognising.boxes import Box
from bot.recognising.pictures import LONGEST_SIDE

_WRONG_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""
_WORDS_AT_LEAST = 12
"""Characters; a page with fewer is a scan, perhaps with a page number typed on it."""
_UNREADABLE = 0.2
"""Of the characters: with more that stand for nothing the font tells no words."""

Page = tuple[Box, ...] | Image.Image


def open_pdf(content: bytes) -> Any:
    """A document to be closed; NotRead when it asks for a password or cannot be opened."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _WRONG_PASSWORD
        return NotRead.ENCRYPTED if is_locked else NotRead.DAMAGED


def pages_of(document: Any) -> Iterator[Page]:
    """Each page as boxes of text, or as a picture where it has no text of its own."""
    for number in range(len(document)):
        with closing(document[number]) as page:
            boxes = _boxes_on(page)
            text = "".join(box.text for box in boxes)
            yield boxes if _is_readable(text) else _picture_of(page)


def _boxes_on(page: Any) -> tuple[Box, ...]:
    height = page.get_height()
    boxes = list[Box]()
    with closing(page.get_textpage()) as words:
        for number in range(words.count_rects()):
            left, bottom, right, top = words.get_rect(number)
            text = words.get_text_bounded(left, bottom, right, top).strip()
            if text:
                upper, lower = height - top, height - bottom
                corners = ((left, upper), (right, upper), (right, lower), (left, lower))
                boxes.append(Box(text=" ".join(text.split()), confidence=1.0, corners=corners))
    return tuple(boxes)


def _is_readable(text: str) -> bool:
    words = [each for each in text if not each.isspace()]
    strange = sum(each == "\ufffd" or "\ue000" <= each <= "\uf8ff" for each in words)
    return len(words) >= _WORDS_AT_LEAST and strange <= _UNREADABLE * len(words)


def _picture_of(page: Any) -> Image.Image:
    """A page as it looks; its size in points may be anything, the picture's is bounded."""
    scale = LONGEST_SIDE / max(*page.get_size(), 1.0)
    bitmap = page.render(scale=scale)
    try:
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture
    finally:
        bitmap.close()
