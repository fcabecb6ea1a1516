"""From the files of one paper to its lines, page by page, within limits; runs in the child."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from PIL import Image

from bot.concepts.recognition import NotRead, Reading, ReadLine
from bot.recognising.boxes import Box
from bot.recognising.joining import joined
from bot.recognising.kinds import FileKind, kind_of
from bot.recognising.layout import lines_of
from bot.recognising.limits import Limits
from bot.recognising.pdf import open_pdf, pages_of
from bot.recognising.pictures import open_picture
from bot.recognising.pieces import Piece, assembled, pieces_of
from bot.recognising.word_file import lines_in, open_docx, pictures_in

_UNPACKED = 10
"""So many times the bytes of a file may a Word file have when it is unpacked."""

_Read = Callable[[bytes, int], Reading | NotRead]
"""Reads one file; the number is how many pages may still be read."""


class Sees(Protocol):
    """Finds words in a picture; `bot.recognising.engine.Engine` is one."""

    def boxes_in(self, picture: Image.Image, /) -> tuple[Box, ...]:
        """Every piece of text."""


class Reader:
    """Reads one paper at a time."""

    def __init__(
        self, limits: Limits, engine_of: Callable[[], Sees], clock: Callable[[], float]
    ) -> None:
        """`engine_of` is called when the first picture comes; ImportError where it is missing."""
        self._limits = limits
        self._engine_of = engine_of
        self._engine: Sees | None = None
        self._clock = clock
        self._until = 0.0

    def read(self, contents: Sequence[bytes]) -> Reading | NotRead:
        """The files as one paper; NotRead when nothing of them could be read."""
        self._until = self._clock() + self._limits.begin_seconds
        return self._read_together(contents, self._read_file)

    def _read_together(self, contents: Sequence[bytes], read: _Read) -> Reading | NotRead:
        readings, reasons, pages = list[Reading](), list[NotRead](), 0
        for content in contents:
            if readings and not self._may_begin(pages):
                break
            match _safely(read, content, self._limits.pages - pages):
                case Reading() as reading:
                    readings.append(reading)
                    pages += reading.pages
                case NotRead() as reason:
                    reasons.append(reason)
        if not readings:
            return next((each for each in reasons if each is not NotRead.EMPTY), NotRead.EMPTY)
        is_whole = len(readings) + len(reasons) == len(contents)
        whole = joined(readings)
        return replace(whole, is_cut=whole.is_cut or not is_whole)

    def _may_begin(self, pages: int) -> bool:
        """Whether a further page is read after so many."""
        return pages < self._limits.pages and self._clock() < self._until

    def _read_file(self, content: bytes, most_pages: int) -> Reading | NotRead:
        match kind_of(content):
            case FileKind.PICTURE:
                return self._read_picture(content, most_pages)
            case FileKind.PDF:
                return self._read_pdf(content, most_pages)
            case FileKind.DOCX:
                return self._read_docx(content)
            case reason:
                return reason

    def _read_picture(self, content: bytes, _: int) -> Reading | NotRead:
        picture = open_picture(content, self._limits.pixels)
        if isinstance(picture, NotRead):
            return picture
        pieces, height = list[Piece](), 0
        for piece, image in pieces_of(picture):
            if pieces and self._clock() >= self._until:
                break
            pieces.append(replace(piece, boxes=self._look(image)))
            height = piece.top + piece.height
        is_cut = height < picture.height
        return _reading(lines_of(assembled(pieces)), is_cut=is_cut)

    def _read_pdf(self, content: bytes, most_pages: int) -> Reading | NotRead:
        document = open_pdf(content)
        if isinstance(document, NotRead):
            return document
        lines, pages = list[ReadLine](), 0
        with closing(document):
            for page in pages_of(document):
                lines += lines_of(page if isinstance(page, tuple) else self._look(page))
                pages += 1
                if pages >= most_pages or self._clock() >= self._until:
                    break
            return _reading(tuple(lines), pages, is_cut=pages < len(document))

    def _read_docx(self, content: bytes) -> Reading | NotRead:
        document = open_docx(content, self._limits.file_bytes * _UNPACKED)
        if isinstance(document, NotRead):
            return document
        lines = lines_in(document)
        return (
            _reading(lines)
            if lines
            else self._read_together(pictures_in(document), self._read_picture)
        )

    def _look(self, picture: Image.Image) -> tuple[Box, ...]:
        if self._engine is None:
            self._engine = self._engine_of()
        return self._engine.boxes_in(picture)


def _safely(read: _Read, content: bytes, most_pages: int) -> Reading | NotRead:
    """What was read, whatever a library does over strange bytes; ImportError goes through."""
    try:
        return read(content, most_pages)
    except ImportError:
        raise
    except MemoryError:
        return NotRead.TOO_MANY_PIXELS
    except Exception:  # noqa: BLE001 each library has errors of its own, and some of the C beneath
        return NotRead.DAMAGED


def _reading(
    lines: tuple[ReadLine, ...], pages: int = 1, *, is_cut: bool = False
) -> Reading | NotRead:
    return Reading(lines=lines, pages=pages, is_cut=is_cut) if lines else NotRead.EMPTY
