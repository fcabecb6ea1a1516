"""The days that a story names, as ISO dates; relative ones need the day on which it is told."""

import re
from datetime import date, timedelta

from bot.facts.numerals import NUMBER, read_number
from bot.facts.story import Story

_FULL = re.compile(r"(20[0-9]{2})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})")
_MONTH_DAY = re.compile(rf"(?<![0-9年./-])({NUMBER})月({NUMBER})[日号]?")
_WEEKDAY = re.compile(r"(上上?个?)?(?:周|星期|礼拜)([一二三四五六日天])(?![个])")
_RELATIVE = {
    "今天": 0,
    "今早": 0,
    "今晚": 0,
    "昨天": 1,
    "昨晚": 1,
    "昨夜": 1,
    "前天": 2,
    "前晚": 2,
    "大前天": 3,
}
_WEEKDAYS = "一二三四五六日"


def find_dates(story: Story, on: date | None) -> tuple[str, ...]:
    """In order of the days, each once."""
    days = {day for match in _FULL.finditer(story.text) if (day := _day(*match.groups()))}
    if on is not None:
        days |= _month_days(story, on) | _relative(story, on) | _weekdays(story, on)
    return tuple(day.isoformat() for day in sorted(days))


def _month_days(story: Story, on: date) -> set[date]:
    """A month and day lie in the past: of this year, or else of the last."""
    found = set()
    for match in _MONTH_DAY.finditer(story.text):
        month, day = read_number(match[1]), read_number(match[2])
        this = _day(on.year, month, day)
        if this and this > on:
            this = _day(on.year - 1, month, day)
        found |= {this} if this else set()
    return found


def _relative(story: Story, on: date) -> set[date]:
    names = sorted(_RELATIVE, key=len, reverse=True)
    return {
        on - timedelta(days=_RELATIVE[name]) for name in re.findall("|".join(names), story.text)
    }


def _weekdays(story: Story, on: date) -> set[date]:
    """周三 is the last Wednesday up to today; 上周三 the one of the week before."""
    found = set()
    monday = on - timedelta(days=on.weekday())
    for match in _WEEKDAY.finditer(story.text):
        day = monday + timedelta(days=_WEEKDAYS.index(match[2].replace("天", "日")))
        weeks = len((match[1] or "").replace("个", ""))
        if weeks == 0 and day > on:
            weeks = 1
        found.add(day - timedelta(weeks=weeks))
    return found


def _day(year: str | int | None, month: str | int | None, day: str | int | None) -> date | None:
    try:
        return date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
