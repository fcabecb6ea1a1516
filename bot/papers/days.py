"""The days that a paper names, each by what it is the day of."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bot.concepts.paper_reading import PaperDates
from bot.concepts.paper_words import DateWords, Pattern
from bot.facts.codes import blank_codes
from bot.facts.days import Day, days_in
from bot.papers.text import PaperText

_NAMED = re.compile(r"[年月/.-]|^[0-9]{8}$")
_ALONE = re.compile(
    r"(?:[\u4e00-\u9fff()]{0,20} ?)?[^\u4e00-\u9fff0-9]*"
    r"(?P<day>(?:20[0-9]{2}|二[〇零一二三四五六七八九]{3})[年/.-].{1,5}(?:日|号|(?<=[0-9])))"
    r"(?![0-9])[^。,，;；]{0,24}"
)
"""A day on a line of its own, behind the name of who signs at most, before a seal or a number."""
_REACH, _FOOT = 16, 8


def read_dates(text: PaperText, words: DateWords, received: date | None) -> PaperDates:
    """Full days first; a day without its year is reckoned from the day of issue or arrival."""
    blanked = _blanked(text)
    issued = _issued(text, words, _days(blanked, None))
    days = _days(blanked, received or issued)
    return PaperDates(
        issued=issued,
        received=_of_kind(text, days, words.received_before, words.received_after),
        hearing=_of_kind(text, days, words.hearing_before, words.hearing_after),
        due=max(
            (
                day
                for day in _all_of_kind(text, days, words.due_before, words.due_after)
                if issued is None or day >= issued
            ),
            default=None,
        ),
    )


def _blanked(text: PaperText) -> str:
    return blank_codes(text.running)


def _days(blanked: str, reference: date | None) -> tuple[Day, ...]:
    """Days that are named by month and day; today and 三日内 are none."""
    found = days_in(blanked, reference, prefers_future=True)
    return tuple(
        each
        for each in found
        if not each.is_uncertain and _NAMED.search(blanked[each.start : each.end])
    )


def _issued(text: PaperText, words: DateWords, days: Iterable[Day]) -> date | None:
    """The day that stands alone on a line near the end, or behind 日期."""
    foot = text.lines[max(len(text.lines) // 2, 1) :][-_FOOT:]
    for line in reversed(foot):
        if (alone := _ALONE.fullmatch(line)) is not None:
            found = days_in(blank_codes(alone["day"]), None)
            if found:
                return found[0].day
    named = [
        each.day
        for each in days
        if words.issued_before.search(text.running[max(0, each.start - _REACH) : each.start])
    ]
    return named[0] if named else None


def _of_kind(text: PaperText, days: Iterable[Day], before: Pattern, after: Pattern) -> date | None:
    """The first day that has such words right before or behind it."""
    return next(_all_of_kind(text, days, before, after), None)


def _all_of_kind(
    text: PaperText, days: Iterable[Day], before: Pattern, after: Pattern
) -> Iterator[date]:
    for each in days:
        head = text.running[max(0, each.start - _REACH) : each.start]
        tail = text.running[each.end : each.end + _REACH]
        if before.search(head) or after.match(tail):
            yield each.day
