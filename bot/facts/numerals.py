"""Reads one numeral from a place on: 三千五, 3万5, 两三千, 十几万, 二十多, 廿三, 一万半."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

Bounds = tuple[Decimal, Decimal]

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1}
_SMALL = {"十": 10, "百": 100, "千": 1000, "k": 1000}
_LARGE = {"万": 10**4, "w": 10**4, "亿": 10**8}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_ZERO = (Decimal(0), Decimal(0))
_SOME = (Decimal(2), Decimal(9))
_NONE_YET, _ALL = 10**12, 1
_LARGE_AFTER = {
    (10**4, _NONE_YET): 10**4,
    (10**8, _NONE_YET): 10**8,
    (10**8, 10**4): 10**8,  # 三万亿
    (10**4, 10**8): _ALL,  # 一亿三千万
}
"""A large unit, after the large unit before it; and what stands for both afterwards."""
_PAIRS = {(3, 5)}  # 三五个, besides neighbours such as 七八

STARTS = re.compile(r"[0-9零〇一二两俩三仨四五六七八九幺十廿卅卌几数好上成百千万小大近半]")
"""Where a numeral may begin."""

MEASURE = re.compile(
    r"(?: ?[个期]|天(?!天)|年(?!收|薪|底|初|末|终|利|化)|周(?![一二三四五六日末])"
    r"|[次通遍回条封趟岁位名张笔户口点号%]|星期|礼拜|分钟|小时|人(?!民|工)|月(?!底|初|中|供|租|薪|收|入)|家(?!里|人|用))"
)
"""What is counted by a full number: 三千一个月 is three thousand in one month."""

_TOKEN = re.compile(
    r"(?P<arabic>(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<digits>[零〇一二两俩三仨四五六七八九幺]+(?:点[零一二三四五六七八九]+(?=[万亿千百])|点五(?=[万亿]))?)"
    r"|(?P<large>万|亿|个?w(?![a-z]))|(?P<small>[十百千]|k(?![a-z]))|(?P<tens>[廿卅卌])"
    r"|(?P<some>好?几|数(?=[十百千万亿]))"
    r"|(?P<more>多(?!少|久|么)|余(?!额|下|款)|来(?=[个天块次条通万年岁人分期元遍月多钱家张笔]|$))"
    r"|(?P<half>半(?![天年月个小夜日辈路]))"
)
_BARE = re.compile(
    r"(?:(?P<sign>成[十百千]上|(?<![早晚马以天])上|[好小大近]|成)?(?P<unit>[百千万])"
    r"(?P<rest>八?十来?|把|来|多)?)(?=[元块个次通条天]|$|[^\u4e00-\u9fff]|电话|短信)"
)
_LINKING = re.compile(r"一[直共起定般样些下点边并旦切会]")
_SIGNS = re.compile("[好小大]+")


@dataclass(frozen=True, slots=True)
class Numeral:
    """From `low` to `high`; `scale` is the unit that ended it (千 of 三千), 1 without one.

    `is_short` when it is a word such as 一 or 十 or 三四, that only counts before a measure.
    """

    low: Decimal
    high: Decimal
    start: int
    end: int
    scale: Decimal
    is_approximate: bool
    is_short: bool


@dataclass(frozen=True, slots=True)
class _Sum:
    """What was read so far. `unit` is that named last, `place` what a next one must be below."""

    total: Bounds = _ZERO
    section: Bounds = _ZERO
    pending: Bounds | None = None
    kind: str = ""
    unit: int = 1
    place: int = 10**4
    large: int = _NONE_YET
    has_zero: bool = False
    is_vague: bool = False
    is_closed: bool = False
    is_approximate: bool = False
    tokens: int = 0
    end: int = 0


def read_numeral(text: str, start: int) -> Numeral | None:
    """The longest numeral that begins at this place of a folded text; None where there is none."""
    sign = _SIGNS.match(text, start)
    position = sign.end() if sign and text[sign.end() : sign.end() + 1] == "几" else start
    state, before = _Sum(end=position), None
    while (token := _TOKEN.match(text, state.end)) and (following := _take(state, token)):
        before, state = state, replace(following, end=token.end(), tokens=state.tokens + 1)
    if state.tokens == 0:
        return _bare(text, start)
    if before is not None and _belongs_to_what_follows(state, text):
        state = before
    bounds = _closed(state)
    if bounds is None:
        return None
    is_whole = state.pending is None and not state.is_vague and state.tokens > 1
    return Numeral(
        *bounds,
        start=start,
        end=state.end,
        scale=Decimal(state.unit) if is_whole else Decimal(1),
        is_approximate=state.is_approximate,
        is_short=text[start : state.end] == "十"
        or (state.unit == 1 and state.kind == "digits" and not state.is_closed),
    )


def read_number(word: str) -> int | None:
    """The value of a word that is one numeral, the lower bound of a vague one; else None."""
    numeral = read_numeral(word, 0)
    if numeral is None or numeral.end != len(word) or numeral.low != int(numeral.low):
        return None
    return int(numeral.low)


def _take(state: _Sum, token: re.Match[str]) -> _Sum | None:
    """The sum with one token more; None when the token begins something else."""
    if state.is_closed:
        return None
    match token.lastgroup:
        case "arabic":
            return _take_arabic(state, Decimal(token[0].replace(",", "")))
        case "digits":
            return _take_digits(state, token[0])
        case "some" if state.pending is None and not state.is_vague:
            return replace(state, pending=_SOME, kind="some", is_approximate=True)
        case "tens" if state.pending is None and state.place > 10 and not state.is_vague:
            section = _plus(state.section, (Decimal(_TENS[token[0]]),) * 2)
            return replace(state, section=section, unit=10, place=10)
        case "small":
            return _take_small(state, _SMALL[token[0]])
        case "large":
            return _take_large(state, _LARGE[token[0][-1]])
        case "more":
            return _take_more(state)
        case "half" if state.pending is None and state.unit >= 100:
            half = Decimal(state.unit) / 2
            return replace(state, section=_plus(state.section, (half, half)), is_closed=True)
    return None


def _take_arabic(state: _Sum, value: Decimal) -> _Sum | None:
    is_first = state.tokens == 0
    if state.pending is not None or state.is_vague or not (is_first or value < state.unit):
        return None
    return replace(state, pending=(value, value), kind="arabic")


def _take_digits(state: _Sum, word: str) -> _Sum | None:
    if state.pending is not None or state.is_vague:
        return None
    whole_part, _, fraction = word.partition("点")
    digits = [_DIGITS[each] for each in whole_part]
    if fraction:
        places = "".join(str(_DIGITS[each]) for each in fraction)
        value = Decimal(f"{''.join(map(str, digits))}.{places}")
        return replace(state, pending=(value, value), kind="arabic") if len(digits) == 1 else None
    named = [each for at, each in enumerate(digits) if any(digits[: at + 1])]
    if not named:
        if state.tokens:
            return replace(state, has_zero=True)
        return replace(state, pending=_ZERO, kind="digits", is_closed=len(digits) > 1)
    has_zero = state.has_zero or len(named) < len(digits)
    if _is_span(named):
        bounds = (Decimal(named[0]), Decimal(named[-1]))
        return replace(state, pending=bounds, kind="digits", has_zero=has_zero)
    if state.tokens or len(digits) < 3:
        return None
    value = Decimal("".join(map(str, digits)))
    return replace(state, pending=(value, value), kind="digits", is_closed=True)


def _is_span(digits: list[int]) -> bool:
    """One digit, or neighbours that mean from the first to the last."""
    steps = {after - before for before, after in pairwise(digits)}
    return len(digits) == 1 or (steps == {1} and len(digits) < 4) or tuple(digits) in _PAIRS


def _take_small(state: _Sum, unit: int) -> _Sum | None:
    pending = state.pending
    if pending is None and unit == 10 and not state.is_vague:
        pending = (Decimal(1), Decimal(1))
    if pending is None or unit >= state.place or state.is_vague:
        return None
    return replace(
        state,
        section=_plus(state.section, (pending[0] * unit, pending[1] * unit)),
        pending=None,
        unit=unit,
        place=unit,
        has_zero=False,
    )


def _take_large(state: _Sum, unit: int) -> _Sum | None:
    pending = state.pending or _ZERO
    if state.kind == "some" and state.pending and state.unit > 1:
        pending = (Decimal(0), Decimal(state.unit - 1))
    counted = _plus(state.section, pending)
    if counted[1] == 0 or (unit, state.large) not in _LARGE_AFTER:
        return None
    if unit == 10**8:
        counted, rest = _plus(state.total, counted), _ZERO
    else:
        rest = state.total
    return replace(
        state,
        total=_plus(rest, (counted[0] * unit, counted[1] * unit)),
        section=_ZERO,
        pending=None,
        unit=unit,
        place=10**4,
        large=_LARGE_AFTER[unit, state.large],
        has_zero=False,
        is_vague=False,
    )


def _take_more(state: _Sum) -> _Sum | None:
    """多, 来 or 余: up to the next of the place that was named last."""
    if state.is_vague:
        return None
    vague = replace(state, is_vague=True, is_approximate=True)
    if state.pending is None:
        place = state.unit
        return replace(vague, section=_plus(state.section, (Decimal(0), Decimal(place - 1))))
    if state.kind != "arabic" or state.unit > 1:
        return None
    low = state.pending[0]
    shown = low.as_tuple()
    zeros = len(shown.digits) - len("".join(map(str, shown.digits)).rstrip("0"))
    place = 10**zeros if low and low == int(low) else 1
    return replace(vague, pending=(low, low + place - 1))


def _closed(state: _Sum) -> Bounds | None:
    """The bounds when nothing follows: 一百二 is 120, 三千零五 is 3005, 几 alone is nothing."""
    known = _plus(state.total, state.section)
    if state.pending is None:
        return known
    if state.kind == "some":
        return None if state.unit == 1 else _plus(known, (Decimal(0), Decimal(state.unit - 1)))
    low, high = state.pending
    is_one_digit = high < 10 and low == int(low) and not state.is_vague
    if state.unit >= 100 and is_one_digit and not state.has_zero:
        tenth = Decimal(state.unit) / 10
        return _plus(known, (low * tenth, high * tenth))
    return _plus(known, (low, high))


def _belongs_to_what_follows(state: _Sum, text: str) -> bool:
    """三千一个月, 3万60期, 三万一直: the last digits count what stands behind them."""
    if state.pending is None or state.unit < 100 or state.has_zero or state.kind == "some":
        return False
    if MEASURE.match(text, state.end):
        return True
    return _LINKING.match(text, state.end - 1) is not None


def _bare(text: str, start: int) -> Numeral | None:
    """上百, 上万, 千把块, 百八十, 万元: a unit with nothing before it."""
    found = _BARE.match(text, start)
    if found is None:
        return None
    unit = Decimal({**_SMALL, **_LARGE}[found["unit"]])
    is_exact = not (found["sign"] or found["rest"])
    if is_exact and text[found.end() : found.end() + 1] not in ("元", "块"):
        return None  # 百分百, 千万
    high = unit if is_exact else unit * 2 - 1
    return Numeral(unit, high, start, found.end(), Decimal(1), not is_exact, is_short=False)


def _plus(first: Bounds, second: Bounds) -> Bounds:
    return first[0] + second[0], first[1] + second[1]
