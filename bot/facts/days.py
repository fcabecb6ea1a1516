"""Every day that a text names, seen from now: 昨晚, 上周三, 三天前, 十一月三号, 11/3 7点20."""

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from bot.facts.clock import Clock, ClockTime, clock_in
from bot.facts.codes import blank_codes
from bot.facts.day_words import DayWords, find_day_words
from bot.facts.folding import fold
from bot.facts.holidays import holiday
from bot.facts.numerals import read_number

_JUST_GONE = timedelta(days=92)
"""Who names a day within this time as one to come means the day that was missed."""
_LAST_CENTURY = 50
"""From which on a year of two digits is of the last century."""
_ABOUT = re.compile("(?:的?那几天|左右|前后|上下)")
_SOON = timedelta(days=60)
"""A day without a year that would lie so near ahead may as well be meant as one to come."""
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
_TURNS = {"上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1, "下下": 2}
_OFFSETS = {
    "minus3": -3,
    "minus2": -2,
    "minus1": -1,
    "today": 0,
    "plus1": 1,
    "plus2": 2,
    "plus3": 3,
}
_WEEKDAYS = "一二三四五六日"
_DAYS_OF = {"天": 1, "日": 1, "周": 7}
_AHEAD_AFTER = re.compile(
    "[日号]?(?:的|就|将|会|再|是|那天|之|以|早上|上午|下午|晚上|[0-9:点半]|我|他们?|法院|去|必须)*?"
    "(?:开庭|到期|截止|为止|还款|应诉|举证|答辩|调解|面谈|听证|拍卖|截稿"
    "|前(?:还|交|付|处理|结清|给|必须|要|一次|全|到|联系|[,，。;\\s]|$)"
    "|准备|打算|约了|约好|发工资|发薪|再还|还(?:上|清|款|钱|你)|要(?:还|交|开|去|给))"
)
_AHEAD_BEFORE = re.compile(
    "(?:开庭|到期|截止|还款日|定在|约在|答应|承诺|改到|推到|延到|宽限|最晚|最迟|务必|必须在|限|请于|将于"
    "|安排在|通知我|发薪日)[^。;!?，,]{0,8}$"
)
_STORY = re.compile("^[^。;!?，,]{0,12}(?:了|又|就打|打来|过)")
_REACH = 12
_GAP_TO_CLOCK = re.compile("[,， ]?[^。;!?，,0-9\\n]{0,10}")
_FIRST_OF_MONTHS = {"初": 1, "中旬": 15}


@dataclass(frozen=True, slots=True)
class Day:
    """A day, with the clock time that stands beside it.

    `is_uncertain` when another day may be meant: a holiday, a bare 5号, 月底, an unclear year.
    """

    day: date
    time: time | None
    start: int
    end: int
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    """From where days are reckoned, and the text around them."""

    text: str
    today: date
    moment: datetime | None
    prefers_future: bool

    def leans_ahead(self, words: DayWords) -> bool:
        """Whether the words around say that the day is still to come."""
        if self.prefers_future:
            return True
        before = self.text[max(0, words.start - _REACH) : words.start]
        after = self.text[words.end : words.end + 2 * _REACH]
        return bool(_AHEAD_AFTER.match(after) or _AHEAD_BEFORE.search(before))


_Found = tuple[date, bool]


def read_days(text: str, now: date | None, *, prefers_future: bool = False) -> tuple[Day, ...]:
    """In the order of the text. `now` may be a datetime, for 两小时前; without it only full dates.

    A day without its year has gone by, unless the words or `prefers_future` say otherwise.
    """
    return days_in(blank_codes(fold(text)), now, prefers_future=prefers_future)


def days_in(blanked: str, now: date | None, *, prefers_future: bool = False) -> tuple[Day, ...]:
    """The days of a text that is folded, and in which codes are blanked."""
    moment = now if isinstance(now, datetime) else None
    today = moment.date() if moment else now
    named = [
        words
        for words in find_day_words(blanked)
        if words.kind != "none" and (today is not None or words.kind == "full")
    ]
    frame = _Frame(blanked, today or date.min, moment, prefers_future)
    clock = clock_in(blanked)
    days: list[Day] = []
    for place, words in enumerate(named):
        found = _day_of(frame, words, named[place - 1] if place else None)
        if found is None:
            continue
        until = named[place + 1].start if place + 1 < len(named) else len(blanked)
        is_uncertain = found[1] or _ABOUT.match(blanked, words.end) is not None
        day = Day(found[0], None, words.start, words.end, is_uncertain)
        days.append(_with_time(frame, words, day, clock, until))
    return tuple(days)


def _day_of(frame: _Frame, words: DayWords, before: DayWords | None) -> _Found | None:
    """The day and whether it is uncertain; None for what is no day, such as 2月30日."""
    try:
        match words.kind:
            case "full":
                return _full(words)
            case "month_day" | "short":
                return _month_day(frame, words)
            case "of_month":
                turn = _TURNS[words.parts["turn"]]
                return _in_month(frame.today, turn, _number(words, "day")), False
            case "month_part":
                return _month_part(frame, words)
            case "relative":
                name = next(iter(words.parts))
                return frame.today + timedelta(days=_OFFSETS[name]), False
            case "weekday":
                is_habit = "on" in words.parts or _goes_on(words, before)
                return _weekday(frame, words), is_habit
            case "holiday":
                return _holiday(frame, words)
            case "span":
                return _span(frame, words)
            case "bare":
                return _bare(frame, words, before)
    except (ValueError, OverflowError):
        return None
    return None


def _number(words: DayWords, name: str) -> int:
    value = read_number(words.parts[name])
    if value is None:
        raise ValueError(words.parts[name])
    return value


def _full(words: DayWords) -> _Found:
    year = int(
        words.parts["year"].translate(str.maketrans("〇零一二三四五六七八九", "00123456789"))
    )
    if year < 100:
        year += 2000 if year < _LAST_CENTURY else 1900
    return date(year, _number(words, "month"), _number(words, "day")), False


def _month_day(frame: _Frame, words: DayWords) -> _Found:
    month, day = _number(words, "month"), _number(words, "day")
    is_unclear = "moon" in words.parts or (words.kind == "short" and "clear" not in words.parts)
    if year := words.parts.get("year"):
        return date(frame.today.year + _YEARS[year], month, day), is_unclear
    found, is_uncertain = _nearest_year(frame, words, month, day)
    return found, is_uncertain or is_unclear


def _nearest_year(frame: _Frame, words: DayWords, month: int, day: int) -> _Found:
    """Of this year or the last; of this or the next where it is still to come."""
    today = frame.today
    this = date(today.year, month, day)
    if frame.leans_ahead(words):
        return (this if this >= today - _JUST_GONE else date(today.year + 1, month, day)), False
    if this <= today:
        return this, False
    return date(today.year - 1, month, day), this - today <= _SOON


def _in_month(today: date, turn: int, day: int) -> date:
    months = today.year * 12 + today.month - 1 + turn
    return date(months // 12, months % 12 + 1, day)


def _month_part(frame: _Frame, words: DayWords) -> _Found:
    first = _in_month(frame.today, _TURNS[words.parts.get("turn", "这")], 1)
    if "month" in words.parts:
        first, _ = _nearest_year(frame, words, _number(words, "month"), 1)
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=_FIRST_OF_MONTHS.get(words.parts["part"], last)), True


def _weekday(frame: _Frame, words: DayWords) -> date:
    """周三 is the last one up to today; 上周三 and 下周三 are of the weeks beside this one."""
    name = words.parts["weekday"].replace("天", "日")
    index = int(name) - 1 if name.isdigit() else _WEEKDAYS.index(name)
    monday = frame.today - timedelta(days=frame.today.weekday())
    day = monday + timedelta(days=index)
    if "turn" in words.parts:
        return day + timedelta(weeks=_TURNS[words.parts["turn"]])
    if frame.leans_ahead(words):
        return day if day >= frame.today else day + timedelta(weeks=1)
    return day if day <= frame.today else day - timedelta(weeks=1)


def _goes_on(words: DayWords, before: DayWords | None) -> bool:
    """The second of 周一到周五."""
    return before is not None and "on" in before.parts and words.start - before.end <= 1


def _holiday(frame: _Frame, words: DayWords) -> _Found | None:
    name = "国庆" if "first" in words.parts else words.parts["name"]
    today = frame.today
    years = [today.year, today.year - 1]
    if year := words.parts.get("year"):
        years = [today.year + _YEARS[year]]
    elif frame.leans_ahead(words):
        years = [today.year, today.year + 1]
    days = [day for each in years if (day := holiday(name, each))]
    is_ahead = frame.leans_ahead(words)
    fitting = [day for day in days if (day >= today) == is_ahead or "year" in words.parts]
    return (fitting[0], "exact" not in words.parts) if fitting else None


def _span(frame: _Frame, words: DayWords) -> _Found:
    value, unit = Decimal(words.parts["value"]), words.parts["unit"]
    sign = -1 if words.parts["way"] == "ago" else 1
    is_rough = bool(words.parts["rough"])
    if words.parts["way"] == "ahead" and not frame.leans_ahead(words):
        is_rough = is_rough or bool(_STORY.match(frame.text[words.end : words.end + 20]))
    if unit in ("小时", "分钟"):
        minutes = float(value) * (60 if unit == "小时" else 1)
        moment = frame.moment or datetime.combine(frame.today, time(12))
        return (moment + sign * timedelta(minutes=minutes)).date(), True
    if unit in _DAYS_OF:
        days = int(value * _DAYS_OF[unit])
        return frame.today + timedelta(days=sign * days), is_rough
    months = value * (12 if unit == "年" else 1)
    if months != int(months):
        return frame.today + timedelta(days=sign * int(months * 30)), True
    first = _in_month(frame.today, sign * int(months), 1)
    last = monthrange(first.year, first.month)[1]
    return first.replace(day=min(frame.today.day, last)), True


def _bare(frame: _Frame, words: DayWords, before: DayWords | None) -> _Found:
    """3号 is of the month named right before it, else the last one up to today."""
    day = _number(words, "day")
    is_beside = before is not None and words.start - before.end <= len("日，还有")
    if before and is_beside and before.kind in ("month_day", "of_month"):
        found = _day_of(frame, before, None)
        if found:
            return found[0].replace(day=day), found[1]
    is_ahead = frame.leans_ahead(words)
    turns = (0, 1) if is_ahead else (0, -1)
    for turn in turns:
        found_day = _in_month(frame.today, turn, day)
        if (found_day >= frame.today) if is_ahead else (found_day <= frame.today):
            return found_day, True
    raise ValueError(day)


def _with_time(frame: _Frame, words: DayWords, day: Day, clock: Clock, until: int) -> Day:
    """With the first clock time behind the day, or the one right before it."""
    if words.kind == "span" and words.parts["unit"] in ("小时", "分钟") and frame.moment:
        value = float(Decimal(words.parts["value"]) * (60 if words.parts["unit"] == "小时" else 1))
        sign = -1 if words.parts["way"] == "ago" else 1
        return replace(day, time=(frame.moment + sign * timedelta(minutes=value)).time())
    index = bisect_left(clock.times, day.end, key=lambda each: each.start)
    for each in (*clock.times[index : index + 1], *clock.times[max(0, index - 1) : index]):
        is_beside = day.end <= each.start < until and _GAP_TO_CLOCK.fullmatch(
            frame.text, day.end, each.start
        )
        if is_beside or each.end == day.start:
            return _of_the_night(
                frame, words, replace(day, time=time.fromisoformat(each.time)), each
            )
    return day


def _of_the_night(frame: _Frame, words: DayWords, day: Day, clock: ClockTime) -> Day:
    """昨晚一点 is in the night that ends today; of other days nobody knows which night."""
    if clock.part not in ("evening", "midnight") or clock.time >= "06:00":
        return day
    is_told_from_today = words.kind in ("relative", "weekday")
    if not is_told_from_today:
        return replace(day, is_uncertain=True)
    if "today" in words.parts and clock.part == "midnight":
        return day
    is_night_named = frame.text[words.end - 1] in "晚夜" or clock.part == "evening"
    return replace(day, day=day.day + timedelta(days=1), is_uncertain=not is_night_named)
