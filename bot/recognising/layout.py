"""From boxes of text anywhere on a page to lines in the order of reading; pure."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.concepts.recognition import ReadLine
from bot.recognising.boxes import Box

_SAME_ROW = 0.5
"""Of the height of a line: nearer middles than this are in one row."""
_WORD_GAP = 0.6
"""Of the height of a line: a wider gap in a row is a space."""
_COLUMN_LINES = 4
_COLUMN_WIDTH = 0.25
"""Of the page: lines narrower than this are labels beside values, no column."""
_CROSSING = 0.25
"""Of the lines: so many may run across both columns, as headings do."""


_INDENT = 1.2
"""Of the height of a line: what begins further in begins a paragraph."""
_LETTER = 0.5
"""Of the height of a line: the width of a Latin letter or a digit."""
_SLACK = 0.6
"""Of the height of a line: right margins are no straighter than this."""
_FIRST_WORD = re.compile(r"[!-~]+")
"""What is not broken at the end of a line; between Chinese characters a line breaks anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Pieces beside each other, as one line with its place."""

    text: str
    confidence: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(boxes: Sequence[Box]) -> tuple[ReadLine, ...]:
    """The lines in the order of reading: tilt taken out, columns one after the other."""
    if not boxes:
        return ()
    straight = _straightened(boxes)
    lines = list[ReadLine]()
    for part in _parts_in_order(straight):
        lines += _marked(_rows_of(part))
    return tuple(lines)


def _straightened(boxes: Sequence[Box]) -> list[_Row]:
    """Each box with its sides upright, after the page was turned by its tilt."""
    wide = [box for box in boxes if not box.is_standing and len(box.text) > 1]
    tilt = median(_angle(box) for box in wide) if wide else 0.0
    cosine, sine = math.cos(-tilt), math.sin(-tilt)
    rows = list[_Row]()
    for box in boxes:
        turned = box.moved(lambda x, y: (x * cosine - y * sine, x * sine + y * cosine))
        xs, ys = zip(*turned.corners, strict=True)
        # The middles of the sides: of a box that leans by itself the corners stick out.
        top, bottom = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2
        rows.append(
            _Row(
                text=box.text,
                confidence=box.confidence,
                left=min(xs),
                right=max(xs),
                top=min(top, bottom),
                bottom=max(top, bottom),
            )
        )
    return rows


def _angle(box: Box) -> float:
    (left, upper), (right, lower) = box.corners[0], box.corners[1]
    return math.atan2(lower - upper, right - left)


def _parts_in_order(pieces: list[_Row]) -> list[list[_Row]]:
    """The page as one part, or band by band its left column, its right one, what runs across."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [pieces]
    across = sorted(
        (each for each in pieces if each.left < gutter < each.right), key=lambda each: each.middle
    )
    ends = [*(each.middle for each in across), math.inf]
    parts, above = list[list[_Row]](), -math.inf
    for number, below in enumerate(ends):
        band = [each for each in pieces if above < each.middle < below and each not in across]
        parts.append([each for each in band if each.right <= gutter])
        parts.append([each for each in band if each.left >= gutter])
        if number < len(across):
            parts.append([across[number]])
        above = below
    return [part for part in parts if part]


def _gutter(pieces: Sequence[_Row]) -> float | None:
    """Where a page of two columns is parted; None for a page of one."""
    left, right = min(each.left for each in pieces), max(each.right for each in pieces)
    middle = (left + right) / 2
    places = list[float]()
    for end in {each.right for each in pieces if each.right < right}:
        beginnings = [each.left for each in pieces if each.left >= end]
        if beginnings:
            places.append((end + min(beginnings)) / 2)
    places.sort(key=lambda place: abs(place - middle))
    return next((place for place in places if _is_gutter(place, pieces, right - left)), None)


def _is_gutter(place: float, pieces: Sequence[_Row], width: float) -> bool:
    sides = (
        [each for each in pieces if each.right <= place],
        [each for each in pieces if each.left >= place],
    )
    across = len(pieces) - len(sides[0]) - len(sides[1])
    if across > _CROSSING * len(pieces):
        return False
    return all(
        len(side) >= _COLUMN_LINES
        and median(each.right - each.left for each in side) >= _COLUMN_WIDTH * width
        for side in sides
    )


def _rows_of(pieces: Sequence[_Row]) -> list[_Row]:
    """Pieces beside each other joined to rows, from the top down."""
    rows = list[list[_Row]]()
    for piece in sorted(pieces, key=lambda each: each.middle):
        last = rows[-1] if rows else []
        is_beside = bool(last) and _is_in_row(piece, last)
        if is_beside:
            last.append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda each: each.left)) for row in rows]


def _is_in_row(piece: _Row, row: Sequence[_Row]) -> bool:
    middle = sum(each.middle for each in row) / len(row)
    height = min(piece.height, *(each.height for each in row))
    overlaps = any(
        min(piece.right, each.right) - max(piece.left, each.left) > height for each in row
    )
    return abs(piece.middle - middle) <= _SAME_ROW * height and not overlaps


def _joined(row: Sequence[_Row]) -> _Row:
    text = row[0].text
    for before, after in pairwise(row):
        is_apart = after.left - before.right > _WORD_GAP * min(before.height, after.height)
        text += (" " if is_apart else "") + after.text
    return _Row(
        text=text,
        confidence=min(each.confidence for each in row),
        left=row[0].left,
        right=max(each.right for each in row),
        top=min(each.top for each in row),
        bottom=max(each.bottom for each in row),
    )


def _marked(rows: Sequence[_Row]) -> list[ReadLine]:
    """The rows as lines, each with whether it goes on in the next."""
    going_on = [False] * len(rows)
    for block in _blocks(rows):
        left, right = min(rows[i].left for i in block), max(rows[i].right for i in block)
        for here, after in pairwise(block):
            going_on[here] = _goes_on(rows[here], rows[after], left, right)
    return [
        ReadLine(text=row.text, confidence=round(row.confidence, 3), goes_on=goes_on)
        for row, goes_on in zip(rows, going_on, strict=True)
    ]


def _goes_on(row: _Row, after: _Row, left: float, right: float) -> bool:
    """Whether a row broke off for want of room: what follows would not have fitted in it."""
    if after.left > left + _INDENT * row.height:
        return False
    first = _FIRST_WORD.match(after.text)
    needed = len(first[0]) * _LETTER if first else 1.0
    return row.right + (needed + _SLACK) * row.height > right


def _blocks(rows: Sequence[_Row]) -> list[list[int]]:
    """Rows of one size that follow each other closely: paragraphs of one column or one bubble."""
    blocks = list[list[int]]()
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else None
        if before is not None and _follows(before, row):
            blocks[-1].append(number)
        else:
            blocks.append([number])
    return blocks


def _follows(before: _Row, row: _Row) -> bool:
    gap, height = row.top - before.bottom, min(before.height, row.height)
    is_alike = max(before.height, row.height) <= 1.5 * height
    is_below = min(before.right, row.right) > max(before.left, row.left)
    return is_alike and is_below and gap <= 1.5 * height
