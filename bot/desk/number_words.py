"""The ways in which a figure is written in a sentence: 15 日, 十五天, 半个月."""

import re
from collections.abc import Iterator

_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_MYRIAD = 10_000
_DAYS = r"(?:个?自然)?[日天]"
_COUNTED = {
    "working_days": r"个?工作日",
    "days": _DAYS,
    "months": r"个?月",
    "years": r"年",
    "times": r"倍",
    "amount": r"元",
    "day": r"[次通遍个]",
    "year": r"[次份遍]",
}
"""What follows the number, by the last word of a figure's id: appeal_days, calls_per_day."""
_SAME: dict[tuple[str, int], tuple[str, ...]] = {
    ("days", 7): ("一周", "1 周", "一个?星期"),
    ("days", 10): ("十来天",),
    ("days", 14): ("两周", "2 周", "两个?星期"),
    ("days", 15): ("半个?月",),
    ("days", 30): ("一个月", "1 个月"),
    ("days", 60): ("两个月", "2 个月"),
    ("days", 90): ("三个月", "3 个月"),
    ("months", 6): ("半年",),
    ("months", 12): ("一年", "1 年"),
    ("months", 24): ("两年", "2 年"),
    ("years", 2): ("两年", "二十四个月"),
    ("months", 2): ("两个月",),
}
"""Other words for the same span; blanks stand for any or none."""
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_EVENING = 18


def chinese_number(number: int) -> str:
    """A number from 0 to 99,999,999 in Chinese digits: 15 is 十五."""
    if number >= _MYRIAD:
        rest = number % _MYRIAD
        zero = "零" if 0 < rest < _MYRIAD // 10 else ""
        return f"{chinese_number(number // _MYRIAD)}万{zero}{chinese_number(rest) if rest else ''}"
    if number < 10:
        return _DIGITS[number]
    words, left, is_gap = "", number, False
    for size, unit in _UNITS:
        count, left = divmod(left, size)
        if count:
            words += ("零" if is_gap else "") + _DIGITS[count] + unit
            is_gap = False
        else:
            is_gap = bool(words)
    if left:
        words += ("零" if is_gap else "") + _DIGITS[left]
    return words.removeprefix("一") if words.startswith("一十") else words


def figure_pattern(figure_id: str, value: str) -> re.Pattern[str]:
    """What finds the figure where it is written out; its mark is not among it."""
    return re.compile("|".join(_ways(figure_id, value)))


def hints(figure_id: str, value: str) -> frozenset[str]:
    """Something of each way of writing it: a text without any of these has none of the ways."""
    if clock := _CLOCK.fullmatch(value):
        hour = int(clock[1])
        return frozenset(
            {str(hour), chinese_number(hour), str(hour % 12), chinese_number(hour % 12)}
        )
    if not value.isdecimal():
        return frozenset({value})
    number = int(value)
    numbers = {number, number // _MYRIAD} - {0}
    same = _SAME.get((_unit_of(figure_id), number), ())
    words = {word for each in numbers for word in (str(each), f"{each:,}", chinese_number(each))}
    return frozenset({*words, *(each[0] for each in same), *(("两",) if number == 2 else ())})


def _ways(figure_id: str, value: str) -> Iterator[str]:
    if clock := _CLOCK.fullmatch(value):
        yield from _clock_ways(int(clock[1]), clock[2])
        return
    if not value.isdecimal():
        yield rf"(?<![\d.]){re.escape(value)}(?![\d.])"
        return
    number, unit = int(value), _unit_of(figure_id)
    if unit == "percent":
        yield rf"(?<![\d.]){number} ?[%％]"
        yield f"百分之{chinese_number(number)}"
        return
    after = _COUNTED.get(unit, r"[个日天年月次条份倍元]")
    yield rf"(?<![\d.:-]){number:d} ?{after}(?!前|后第|\d)"
    if number >= 1000:
        yield rf"(?<![\d.]){number:,} ?{after}"
    if number % _MYRIAD == 0:
        myriads = number // _MYRIAD
        yield rf"(?<![\d.]){myriads} ?万 ?{after}?"
        yield rf"{_alone(chinese_number(myriads))}万{after}?"
    yield f"{_alone(chinese_number(number))}{after}"
    if number == 2:
        yield f"(?<!十)两 ?{after}"
    for words in _SAME.get((unit, number), ()):
        yield words.replace(" ", " ?")


def _alone(words: str) -> str:
    """Not as the end of a larger number: 五日 in 十五日."""
    return f"(?<![一二三四五六七八九十百千万第]){words}"


def _clock_ways(hour: int, minutes: str) -> Iterator[str]:
    yield rf"(?<!\d)0?{hour}[:：]{minutes}(?!\d)"
    if int(minutes):
        return
    yield rf"(?<!\d)0?{hour} ?[点时](?![\d半一二三四五])"
    yield f"(?<![十]){chinese_number(hour)}[点时](?![半一二三四五])"
    if hour >= _EVENING:
        small = hour - 12
        yield f"晚(?:上|间)?(?:{small} ?|{chinese_number(small)})[点时](?![半一二三四五])"


def _unit_of(figure_id: str) -> str:
    if figure_id.endswith("_working_days"):
        return "working_days"
    return figure_id.rpartition("_")[2]
