"""For how long the oldest debt is late, in months."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bot.facts.numbers import Number, read_numbers
from bot.facts.numerals import read_number
from bot.facts.stages import is_settled
from bot.facts.story import Span, Story
from bot.facts.telling import Found, Telling

_DAYS = {"天": 1, "日": 1, "周": 7}
_MONTHS = {"个月": 1, "月": 1, "年": 12, "期": 1}
_OF_THE_CALENDAR = "月"  # 三月没还 is of March, 逾期3月 is three months.
_LEVEL = re.compile(r"(?<![a-z0-9])m(?P<months>[1-9])(?![0-9a-z])")  # M3: the third month late.
_YEAR = r"(?P<year>20\d\d年?|去年|大前年|前年|今年|(?<!\d)[012]\d年)"
_CALENDAR = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})"  # 俩月 is no month of the calendar.
_SINCE = (
    rf"(?:{_YEAR}的?(?:(?P<month>{_CALENDAR})月(?:份|底|初)?)?"
    rf"|(?<![0-9年])(?P<only>{_CALENDAR})月(?:份|底|初)?)"
)
_MIDDLE = 6
_MOST = 600  # Months; nobody is later.
_YEARS = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}


def find_overdue(telling: Telling) -> Found[float] | None:
    """The longest delay that is told; None when it is paid, asked about, or yet to come."""
    told = [
        each
        for each in (*_durations(telling), *_levels(telling), *_since(telling))
        if _is_told(telling, each.place) and not is_settled(telling, each.place)
    ]
    return max(told, key=lambda each: each.value, default=None)


def find_months(story: Story) -> float | None:
    """The first length of time of a text, whatever it is of."""
    for number in read_numbers(story.text):
        if (months := _months(number)) is not None:
            return months
    return None


def _durations(telling: Telling) -> Iterator[Found[float]]:
    """逾期三个月, 三个月没还, 三年前就没还了."""
    words, text = telling.words.owed, telling.story.text
    for number in read_numbers(text):
        months = _months(number)
        if months is None:
            continue
        before = re.search(rf"(?:{words.late_before.pattern})$", text[: number.start])
        if before and not words.not_late_after.match(text, number.end):
            yield Found(months, Span(before.start(), number.end))
        elif number.unit != _OF_THE_CALENDAR and words.late_after.match(text, number.end):
            yield Found(months, Span(number.start, number.end))


def _months(number: Number) -> float | None:
    if number.unit in _DAYS:
        return float(round(number.low * _DAYS[number.unit] / 30, 1))
    if number.unit in _MONTHS and number.low < _MOST:
        return float(round(number.low * _MONTHS[number.unit], 1))
    return None


def _levels(telling: Telling) -> Iterator[Found[float]]:
    for match in _LEVEL.finditer(telling.story.text):
        yield Found(float(Decimal(match["months"])), Span(*match.span()))


def _is_told(telling: Telling, place: Span) -> bool:
    before = telling.story.before(place, telling.story.clause(place))
    if telling.words.owed.not_late.search(before) or telling.is_mistaken(place):
        return False
    return telling.is_done(place)


def _since(telling: Telling) -> Iterator[Found[float]]:
    """去年八月开始逾期, 2018年以后就没还过."""
    pattern = rf"{_SINCE}(?:{telling.words.owed.late_since.pattern})"
    for match in re.finditer(pattern, telling.story.text):
        since = _months_since(match, telling.now.date())
        if since is not None:
            yield Found(float(since), Span(*match.span()))


def _months_since(match: re.Match[str], today: date) -> int | None:
    """Whole months from then to today; a year without a month counts from its middle."""
    number = match["month"] or match["only"]
    month = read_number(number) if number else None
    if number and (month is None or not 1 <= month <= 12):
        return None
    year = _year_of(match["year"], month, today)
    months = (today.year - year) * 12 + today.month - (month or _MIDDLE)
    return months if 0 <= months <= _MOST else None


def _year_of(word: str | None, month: int | None, today: date) -> int:
    """A month without a year is the last one up to today."""
    if word is None:
        return today.year - (1 if (month or 0) > today.month else 0)
    if word in _YEARS:
        return today.year - _YEARS[word]
    written = word.removesuffix("年")
    return int(written) + (0 if len(written) == 4 else 2000)
