"""A story ready to be searched: normalised text, its clauses and its sentences."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Normalize = Callable[[str], str]

_CLAUSE_END = re.compile(r"(?<![0-9])\.|\.(?![0-9])|[,。!?;\n…~()（）【】\[\]]|\s+")
_SENTENCE_END = re.compile(r"[。!?;\n]")
_GAP = re.compile(r"(?<=[^\x00-\x7f])[ \t\u3000]+(?=[0-9])|(?<=[0-9])[ \t\u3000]+(?=[^\x00-\x7f])")
_END_MARKS = "。!?;…"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the text, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Story:
    """The text in one spelling. `written` is as it came, where lengths still agree."""

    text: str
    written: str | None
    clauses: tuple[Span, ...]
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, normalize: Normalize, spellings: Mapping[str, str]) -> "Story":
        """Normalise, join numbers to their words, and mend common misspellings."""
        spoken = normalize(text)
        written = text if len(text) == len(spoken) else None
        joined = _GAP.sub("", spoken)
        if joined != spoken:
            written = None
        for wrong, right in spellings.items():
            joined = joined.replace(wrong, right)
        return cls(
            text=joined,
            written=written if written and len(joined) == len(written) else None,
            clauses=_parts(joined, _CLAUSE_END),
            sentences=_parts(joined, _SENTENCE_END),
        )

    def find(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        """Where a pattern occurs."""
        yield from (Span(*match.span()) for match in pattern.finditer(self.text))

    def clause(self, place: Span) -> Span:
        """The clause around a place: from one comma, full stop or blank to the next."""
        return _around(place, self.clauses)

    def sentence(self, place: Span) -> Span:
        """The sentence around a place."""
        return _around(place, self.sentences)

    def before(self, place: Span, within: Span) -> str:
        """What stands in the clause or sentence before a place."""
        return self.text[within.start : place.start]

    def after(self, place: Span, within: Span) -> str:
        """What stands after it, with the mark that ends it (a question mark matters)."""
        end = within.end
        while end < len(self.text) and self.text[end] in _END_MARKS:
            end += 1
        return self.text[place.end : end]

    def as_written(self, place: Span) -> str:
        """The words of a place as the person wrote them, if that can still be told."""
        return (self.written or self.text)[place.start : place.end]


def _parts(text: str, ends: re.Pattern[str]) -> tuple[Span, ...]:
    """The stretches between the marks that end them."""
    starts, stops = [0], []
    for mark in ends.finditer(text):
        stops.append(mark.start())
        starts.append(mark.end())
    return tuple(Span(*each) for each in zip(starts, [*stops, len(text)], strict=True))


def _around(place: Span, parts: tuple[Span, ...]) -> Span:
    """From the start of the part in which a place begins to the end of that where it ends."""
    first = max(0, bisect_right(parts, place.start, key=lambda part: part.start) - 1)
    last = first
    while last + 1 < len(parts) and parts[last].end < place.end:
        last += 1
    return Span(parts[first].start, parts[last].end)
