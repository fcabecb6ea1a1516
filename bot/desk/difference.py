"""The difference between two texts, line by line, with the changed words in a line marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 2
"""Unchanged lines shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: "-" gone, "+" come, " " kept, "…" left out; pieces, of which some are changed."""

    sign: str
    number: int
    pieces: tuple[tuple[str, bool], ...]


def difference(old: str, new: str) -> list[Line]:
    """What changed, with some lines around it; nothing for equal texts."""
    was, now = old.splitlines(), new.splitlines()
    found: list[Line] = []
    for group in SequenceMatcher(None, was, now, autojunk=False).get_grouped_opcodes(_AROUND):
        if found or group[0][1] > 0:
            found.append(Line("…", 0, ()))
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                found += [_plain(" ", new_start + at, line)
                          for at, line in enumerate(was[start:end], 1)]  # fmt: skip
            else:
                found += _changed(was[start:end], now[new_start:new_end], start, new_start)
    return found


def counted(lines: list[Line]) -> tuple[int, int]:
    """How many lines went and came."""
    return sum(each.sign == "-" for each in lines), sum(each.sign == "+" for each in lines)


def _changed(was: list[str], now: list[str], start: int, new_start: int) -> Iterator[Line]:
    if len(was) != len(now):
        yield from (_plain("-", start + at, line) for at, line in enumerate(was, 1))
        yield from (_plain("+", new_start + at, line) for at, line in enumerate(now, 1))
        return
    for at, (old, new) in enumerate(zip(was, now, strict=True), 1):
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        codes = matcher.get_opcodes()
        before = tuple((old[i:j], tag != "equal") for tag, i, j, _, _ in codes if i < j)
        after = tuple((new[i:j], tag != "equal") for tag, _, _, i, j in codes if i < j)
        yield Line("-", start + at, before)
        yield Line("+", new_start + at, after)


def _plain(sign: str, number: int, line: str) -> Line:
    return Line(sign, number, ((line, False),))
