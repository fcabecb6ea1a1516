"""The contacts of a log by day and hour, beside the dated quiet hours."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from bot.concepts.contact_chart import ChartDay, ContactChart
from bot.concepts.records import KeptRecord
from bot.facts.clock import read_clock
from bot.knowledge.base import KnowledgeBase

DAYS_SHOWN = 31
_QUIET = ("quiet_hours_start", "quiet_hours_end")


def contact_chart(
    kept: Iterable[KeptRecord], knowledge: KnowledgeBase, on: date
) -> ContactChart | None:
    """The chart of the last days with contacts; None where no record tells its day."""
    begins, ends = (knowledge.figures[name].value_on(on) for name in _QUIET)
    days = _days(kept)
    if not days or begins is None or ends is None:
        return None
    begin, end = (int(each.value.partition(":")[0]) for each in (begins, ends))
    return ContactChart(days=days, quiet_from=begin, quiet_to=end)


def _days(kept: Iterable[KeptRecord]) -> tuple[ChartDay, ...]:
    hours: dict[date, Counter[int | None]] = {}
    for each in kept:
        if (day := each.record.happened_on) is not None:
            hours.setdefault(day, Counter())[_hour_of(each.record.time)] += 1
    return tuple(
        ChartDay(
            day=day,
            by_hour=tuple(sorted((hour, n) for hour, n in hours[day].items() if hour is not None)),
            count=hours[day].total(),
        )
        for day in sorted(hours)[-DAYS_SHOWN:]
    )


def _hour_of(time: str) -> int | None:
    """The hour of 23:30 or 晚上11点半; None of 半夜 and of nothing."""
    times = read_clock(time).times
    return int(times[0].time.partition(":")[0]) if times else None
