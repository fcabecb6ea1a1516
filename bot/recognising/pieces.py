"""A long screenshot in pieces that share a strip, and their boxes as of one picture again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from bot.recognising.boxes import Box
from bot.recognising.pictures import is_long

_HEIGHT = 1600
_SHARED = 200
"""Pixels that two pieces share: more than two lines, so each line is whole in one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Where a piece begins in the whole, how high it is, and what was found on it."""

    top: int
    height: int
    boxes: tuple[Box, ...] = ()


def pieces_of(image: Image.Image) -> Iterator[tuple[Piece, Image.Image]]:
    """A picture of ordinary shape as it is, a long one from the top down."""
    if not is_long(image.size):
        yield Piece(top=0, height=image.height), image
        return
    top = 0
    while True:
        bottom = min(top + _HEIGHT, image.height)
        yield Piece(top=top, height=bottom - top), image.crop((0, top, image.width, bottom))
        if bottom == image.height:
            return
        top = bottom - _SHARED


def assembled(pieces: Sequence[Piece]) -> tuple[Box, ...]:
    """The boxes of all pieces; of what two of them saw, that of the one that saw it whole."""
    boxes = list[Box]()
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        upper = 0.0 if first else _SHARED / 2
        lower = float(piece.height) if last else piece.height - _SHARED / 2
        boxes += [
            _lowered(box, piece.top)
            for box in piece.boxes
            if (first or box.middle[1] >= upper) and (last or box.middle[1] < lower)
        ]
    return tuple(boxes)


def _lowered(box: Box, by: int) -> Box:
    return box.moved(lambda x, y: (x, y + by))
