"""Several pictures of one paper as one text: what two of them show stands once; pure."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from bot.concepts.recognition import Reading, ReadLine

_EDGE = 6
"""So many lines of a screenshot may be frame: time, title, keyboard."""
_ALIKE = 0.8
_CERTAIN_LENGTH = 12
"""One shared line of so many characters is no chance; shorter ones need a second beside them."""


def joined(readings: Sequence[Reading]) -> Reading:
    """One reading of all pictures, in their order."""
    lines: tuple[ReadLine, ...] = ()
    for reading in readings:
        lines = _appended(lines, reading.lines)
    return Reading(
        lines=lines,
        pages=sum(reading.pages for reading in readings),
        is_cut=any(reading.is_cut for reading in readings),
    )


def _appended(before: tuple[ReadLine, ...], after: tuple[ReadLine, ...]) -> tuple[ReadLine, ...]:
    """Two texts one after the other, without what the second repeats of the first's end."""
    if not before or not after:
        return before or after
    end, start = _seam(before, after)
    if start == 0:
        # A paper that goes on in the next picture: nobody knows whether the sentence does.
        return (*before[:-1], replace(before[-1], goes_on=False), *after)
    return (*before[:end], *after[start:])


def _seam(before: Sequence[ReadLine], after: Sequence[ReadLine]) -> tuple[int, int]:
    """How far the first text is taken, and where the second then goes on; (…, 0) for no overlap.

    The shared lines end near the end of the first and begin near the beginning of the second.
    """
    best, longest = (len(before), 0), 0
    for end in range(len(before), max(0, len(before) - _EDGE) - 1, -1):
        for start in range(min(_EDGE, len(after)) + 1):
            count = _shared(before, after, end, start)
            if count > longest:
                best, longest = (end, start + count), count
    return best


def _shared(before: Sequence[ReadLine], after: Sequence[ReadLine], end: int, start: int) -> int:
    """The most lines that stand before `end` in the one and from `start` on in the other."""
    for count in range(min(end, len(after) - start), 0, -1):
        ours, theirs = before[end - count : end], after[start : start + count]
        length = sum(len(line.text) for line in theirs)
        is_certain = count > 1 or length >= _CERTAIN_LENGTH
        if is_certain and all(
            _is_alike(one.text, other.text) for one, other in zip(ours, theirs, strict=True)
        ):
            return count
    return 0


def _is_alike(one: str, other: str) -> bool:
    """Read from the same line; two lines of a table differ in their numbers."""
    if _digits(one) != _digits(other):
        return False
    longer = max(len(one), len(other))
    if abs(len(one) - len(other)) > (1 - _ALIKE) * longer + 1:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())
