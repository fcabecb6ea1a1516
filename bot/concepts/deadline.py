"""A day by which something must be done, reckoned and ready to keep or to show."""

from dataclasses import dataclass
from datetime import date

from bot.concepts.citation import ArticleId, Binding


@dataclass(frozen=True, slots=True)
class Move:
    """Why an end moved: the day that was counted, and the holiday it fell on (None: weekend)."""

    counted: date
    holiday: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline of a kind. `due` is None when no firm day can be given.

    `is_calendar_known` is false when the notice on rest days of that time was not seen; `safe_day`
    is then the day before which to act: the last working day up to the counted end.
    """

    kind: str
    start: date
    due: date | None
    article: ArticleId | None
    binding: Binding | None
    rule: str
    moved_because: Move | None = None
    is_calendar_known: bool = True
    safe_day: date | None = None
