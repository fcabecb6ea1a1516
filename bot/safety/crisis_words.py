"""Decides by words whether a person may be in danger. Works without Rasa and in every state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from bot.concepts.danger import Danger, DangerLevel, DangerPatterns, Patterns
from bot.safety.normalizing import squeeze

_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class CrisisWatch:
    """Looks for words of danger; a match inside a harmless span does not count.

    A message is looked at when it comes, while it waits and when it is answered: what was seen
    is remembered for a while, without the words.
    """

    patterns: DangerPatterns
    _seen: dict[bytes, Danger | None] = field(default_factory=dict, compare=False, repr=False)

    def look(self, text: str) -> Danger | None:
        """The strongest sign of danger in a message, or None."""
        key = sha256(text.encode("utf-8", "surrogatepass")).digest()
        if key not in self._seen:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[key] = self._look(text)
        return self._seen[key]

    def _look(self, text: str) -> Danger | None:
        spoken = squeeze(text)
        told = self.patterns
        cancelled = list(_spans(told.harmless, spoken))
        for level, patterns in ((DangerLevel.STRONG, told.strong), (DangerLevel.WEAK, told.weak)):
            if any(not _is_inside(span, cancelled) for span in _spans(patterns, spoken)):
                return Danger(level, self.is_about_other(text))
        return None

    def is_danger(self, text: str) -> bool:
        """Whether the words show any sign of danger."""
        return self.look(text) is not None

    def is_strong(self, text: str) -> bool:
        """Whether the words alone call for the card before everything else."""
        danger = self.look(text)
        return danger is not None and danger.level is DangerLevel.STRONG

    def is_about_other(self, text: str) -> bool:
        """Whether the writer speaks of somebody else."""
        spoken = squeeze(text)
        return any(pattern.search(spoken) for pattern in self.patterns.other_person)


def _spans(patterns: Patterns, text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        yield from (match.span() for match in pattern.finditer(text))


def _is_inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
