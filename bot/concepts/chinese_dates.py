"""Days as people type them: 2026-11-03, 11月3号, 昨天, 上周三, 三天前, 二〇二六年十一月三日."""

import re
import unicodedata
from datetime import date, timedelta

from bot.concepts.chinese_numbers import read_count

_NUMBER = r"[0-9〇零一二三四五六七八九十]"
_FULL = re.compile(
    rf"({_NUMBER}{{4}})(?:年|[-/.])({_NUMBER}{{1,3}})(?:月|[-/.])({_NUMBER}{{1,3}})[日号]?"
)
_COMPACT = re.compile(r"(20\d\d)([01]\d)([0-3]\d)")
_SHORT = re.compile(rf"(今年|去年|前年)?({_NUMBER}{{1,3}})(?:月|[-/.])({_NUMBER}{{1,3}})[日号]?")
_OF_MONTH = re.compile(rf"(上上|上|这|本|下)个?月({_NUMBER}{{1,3}})[日号]")
_WEEKDAY = re.compile(r"(上上|上|这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_AGO = re.compile(rf"({_NUMBER}{{1,3}}|两)(天|周|个星期|个礼拜|星期)(前|以前|之前|后|以后|之后)")
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "大前天": -3}
_DAYS |= {"明天": 1, "后天": 2, "大后天": 3}
_NAMED = re.compile("|".join(sorted(_DAYS, key=len, reverse=True)))
_WITHIN = re.compile(
    "|".join(
        f"(?:{form})"
        for form in (
            _FULL.pattern,
            rf"(?:今年|去年|前年)?{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}[日号]?",
            _OF_MONTH.pattern,
            _WEEKDAY.pattern,
            _AGO.pattern,
            _NAMED.pattern,
        )
    )
)
_OTHER_YEAR = re.compile("[去前明后]年")
_TURNS = {"上上": -2, "上": -1, "这": 0, "本": 0, "": 0, "下": 1}
_YEARS = {"今年": 0, "去年": -1, "前年": -2}
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_JUST_GONE = timedelta(days=92)
_SPACE = re.compile(r"\s")


def read_date(text: str, on: date, *, future: bool = False) -> date | None:
    """The day that a text names, seen from `on`; None when it names none.

    A day without a year is the latest one up to `on`, or with `future` the next one from `on`,
    unless it has just gone by: who names it then means the day that was missed.
    """
    spoken = _SPACE.sub("", unicodedata.normalize("NFKC", text)).rstrip("。.!,")
    try:
        return _absolute(spoken) or _relative(spoken, on) or _without_year(spoken, on, future)
    except (ValueError, OverflowError):
        return None  # Such as 2月30日.


def find_date(text: str, on: date, *, future: bool = False) -> date | None:
    """The only day that is named within a text; None when there is none, or more than one."""
    spoken = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    named = [found[0] for found in _WITHIN.finditer(spoken)]
    days = {read_date(each, on, future=future) for each in named}
    is_of_another_year = _OTHER_YEAR.search(_WITHIN.sub("", spoken))
    return days.pop() if len(days) == 1 and not is_of_another_year else None


def _absolute(text: str) -> date | None:
    match = _FULL.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    return date(int(match[1].translate(_DIGITS)), _number(match[2]), _number(match[3]))


def _relative(text: str, on: date) -> date | None:
    if text in _DAYS:
        return on + timedelta(days=_DAYS[text])
    if match := _AGO.fullmatch(text):
        days = _number(match[1]) * (1 if match[2] == "天" else 7)
        return on + timedelta(days=days if "后" in match[3] else -days)
    if match := _OF_MONTH.fullmatch(text):
        months = on.year * 12 + on.month - 1 + _TURNS[match[1]]
        return date(months // 12, months % 12 + 1, _number(match[2]))
    if match := _WEEKDAY.fullmatch(text):
        weekday = "一二三四五六日".find(match[2].replace("天", "日").translate(_TO_CHINESE))
        return on + timedelta(weeks=_TURNS[match[1] or ""], days=weekday - on.weekday())
    return None


_TO_CHINESE = str.maketrans("1234567", "一二三四五六日")


def _without_year(text: str, on: date, future: bool) -> date | None:
    match = _SHORT.fullmatch(text)
    if match is None:
        return None
    month, day = _number(match[2]), _number(match[3])
    if match[1]:
        return date(on.year + _YEARS[match[1]], month, day)
    this_year = date(on.year, month, day)
    if future and this_year < on - _JUST_GONE:
        return date(on.year + 1, month, day)
    if not future and this_year > on:
        return date(on.year - 1, month, day)
    return this_year


def _number(text: str) -> int:
    number = read_count(text)
    if number is None:
        raise ValueError(text)
    return number
