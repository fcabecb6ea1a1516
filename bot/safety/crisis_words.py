"""Decides by words whether a person may be in danger. Works without Rasa and in every state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.concepts.danger import Danger, DangerLevel
from bot.safety.normalizing import squeeze

Patterns = Sequence[re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisWatch:
    """Patterns over squeezed text; a match inside a `harmless` span does not count."""

    strong: Patterns
    weak: Patterns
    harmless: Patterns
    other_person: Patterns

    def look(self, text: str) -> Danger | None:
        """The strongest sign of danger in a message, or None."""
        spoken = squeeze(text)
        cancelled = list(_spans(self.harmless, spoken))
        for level, patterns in ((DangerLevel.STRONG, self.strong), (DangerLevel.WEAK, self.weak)):
            if any(not _is_inside(span, cancelled) for span in _spans(patterns, spoken)):
                is_other = any(pattern.search(spoken) for pattern in self.other_person)
                return Danger(level, is_other)
        return None


def _spans(patterns: Patterns, text: str) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        yield from (match.span() for match in pattern.finditer(text))


def _is_inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
