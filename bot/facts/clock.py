"""Every clock time in a text as "HH:MM": 早上7点20, 下午三点半, 23:40, 凌晨两三点."""

import re
from dataclasses import dataclass

from bot.facts.codes import blank_codes
from bot.facts.folding import fold
from bot.facts.numerals import read_number

_DAYPARTS = {
    "dawn": (
        "凌晨|大?清早|清晨|一大早|大早上|天(?:都|还)?[没不未]亮|今晨|拂晓|黎明|天(?:刚|蒙蒙)亮"
    ),
    "morning": "早上|早晨|早间|上午|[今明昨每]早|一早|早起|早(?=[0-9六七八九十五])|上班前",
    "noon": "中午|午间|晌午|正午|午休",
    "afternoon": "下午|午后|傍晚",
    "evening": "晚上|晚间|[昨今当每前明]晚|晚饭|夜晚|夜里?(?=[78七八])|晚(?=[0-9七八九十])|入夜",
    "midnight": "[后大]?半夜|三更半夜|深更半夜|深夜|夜里|夜间|午夜|[昨当前]夜|夜半|夜(?=[0-9十零])"
    "|睡[着觉]",
}
_DAYPART = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _DAYPARTS.items()))
_REACH = 16
_QUARTER = 15
_CHINESE = "[零〇一二两三四五六七八九十]"
_MEASURE = r"(?![0-9零〇一二三四五六七八九十多几余]|来(?![电打敲短])|[个次通遍回条天块元万千])"
_CLOCK = re.compile(
    rf"(?P<hour>[0-9]{{1,2}}|{_CHINESE}{{1,3}})"
    r"(?:(?P<mark>点|(?<!小)时|:)(?!候))"
    rf"(?:(?P<half>半)|(?P<quarters>[一三13])刻"
    rf"|(?P<minute>[0-5][0-9](?![0-9])(?:分|:[0-5][0-9](?![0-9]))?|{_CHINESE}{{2,3}}){_MEASURE}分?"
    rf"|(?P<single>[0-9]|{_CHINESE})分)?"
)
_SENTENCE_END = re.compile(r"[。!?;\n]")
_EVENING_CUE = re.compile(
    "多?钟?了?还[在打来给响有不]|多?钟?才(?:停|消停|不打)"  # 十点了还打
)
_NOT_CLOCK = re.compile(r"[有差多少快早晚这那哪每0-9]$")
_NOT_CLOCK_AFTER = re.compile("也|都不|都没|不|儿|点|办法|钱|事|小|面子|余地|建议|要求|疑问")
_FRACTION = re.compile("[0-9零一二三四五六七八九]{1,4}[万亿%倍]")  # 1点5万
_NOT_AT_ONE = re.compile("也[没不]|都[没不]|办法|儿?[也都]")  # 晚上一点都没睡
_PART_ENDS = ("上", "晨", "夜", "午", "里", "晚十", "昨晚", "今晚", "前晚", "当晚", "每晚")
_TWO_HOURS = re.compile("[三四五六七八九]十")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """`time` is "HH:MM"; `part` the part of the day that is named before it, "" for none."""

    time: str
    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayPart:
    """早上, 半夜 and the like: `name` is dawn, morning, noon, afternoon, evening or midnight."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock times and the parts of the day of a text, each in order."""

    times: tuple[ClockTime, ...]
    parts: tuple[DayPart, ...]


def read_clock(text: str) -> Clock:
    """The times that a text names; a telephone number is none."""
    return clock_in(blank_codes(fold(text)))


def clock_in(blanked: str) -> Clock:
    """The times of a text that is folded, and in which codes are blanked."""
    parts = tuple(
        DayPart(found.lastgroup or "", *found.span()) for found in _DAYPART.finditer(blanked)
    )
    ends = (found.start() for found in _SENTENCE_END.finditer(blanked))
    clocks = _CLOCK.finditer(blanked)
    events: list[tuple[int, DayPart | re.Match[str] | None]] = [
        *((part.start, part) for part in parts),
        *((end, None) for end in ends),
        *((clock.start(), clock) for clock in clocks),
    ]
    times: list[ClockTime] = []
    part, reach = None, 0
    for start, event in sorted(events, key=lambda each: each[0]):
        if not isinstance(event, re.Match):
            part, reach = event, (event.end if event else start) + _REACH
            continue
        named = part.name if part and part.end <= start <= reach else ""
        reach += event.end() - start  # Times between do not count as distance.
        if time := _time(blanked, event, named):
            times.append(ClockTime(time, named, *event.span()))
    return Clock(tuple(times), parts)


def _time(text: str, clock: re.Match[str], part: str) -> str | None:
    hour, minute = _hour(clock["hour"]), _minute(clock)
    if hour is None or hour > 24 or minute is None or _is_no_clock(text, clock, part):
        return None
    if clock["mark"] == ":" and clock["minute"] is None:
        return None
    if hour <= 12:
        is_evening = _EVENING_CUE.match(text, clock.end()) is not None
        hour = _of_the_day(hour, part, is_evening)
    return f"{hour % 24:02d}:{minute:02d}"


def _is_no_clock(text: str, clock: re.Match[str], part: str) -> bool:
    """一点 and 两点 often mean "a little" or "two points"."""
    if clock["mark"] != "点" or clock["half"] or clock["minute"] or clock["quarters"]:
        return False
    if _FRACTION.match(text, clock.end()):
        return True
    before = text[max(0, clock.start() - 2) : clock.start()]
    if clock["hour"] not in ("一", "两", "几"):
        return before.endswith(tuple("0123456789第"))
    if part and before.endswith(_PART_ENDS):
        return _NOT_AT_ONE.match(text, clock.end()) is not None
    is_a_little = _NOT_CLOCK.search(before) or _NOT_CLOCK_AFTER.match(text, clock.end())
    return not part or is_a_little is not None


def _hour(word: str) -> int | None:
    """九十点 is nine or ten: the lower bound."""
    return read_number(word[0]) if _TWO_HOURS.fullmatch(word) else read_number(word)


def _minute(clock: re.Match[str]) -> int | None:
    if clock["half"]:
        return 30
    if clock["quarters"]:
        return _QUARTER * (3 if clock["quarters"] in "三3" else 1)
    word = (clock["minute"] or clock["single"] or "0").partition(":")[0].rstrip("分")
    value = read_number(word.lstrip("零〇") or "0")
    return value if value is not None and value < 60 else None


def _of_the_day(hour: int, part: str, is_evening: bool) -> int:
    """The hour of 24 for an hour of twelve in a part of the day."""
    match part:
        case "dawn":
            return hour % 12
        case "noon":
            return hour + 12 if hour <= 3 else hour
        case "afternoon":
            return hour % 12 + 12
        case "evening":
            return hour % 12 + 12 if 5 <= hour < 12 else hour % 12
        case "midnight":
            return hour % 12 + 12 if 7 <= hour < 12 else hour % 12
        case "" if is_evening and 7 <= hour < 12:
            return hour + 12
    return hour
