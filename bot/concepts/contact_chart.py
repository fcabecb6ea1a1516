"""The contacts of a log by day and hour, as they are drawn: without any words."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDay:
    """One day: how many contacts in each hour that is known (0 to 23), and how many in all."""

    day: date
    by_hour: tuple[tuple[int, int], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChart:
    """The days in order, and the hours (0 to 24) at which the quiet ones begin and end."""

    days: tuple[ChartDay, ...]
    quiet_from: int
    quiet_to: int
