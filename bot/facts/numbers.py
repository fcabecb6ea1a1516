"""Every number in a text with what it counts: 两三千块, 3-5千, 半年, 三个半月, 十来个, 3万5."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.facts.codes import blank_codes
from bot.facts.folding import fold
from bot.facts.numerals import STARTS, Numeral, read_numeral

LARGEST = Decimal(10**9)
"""Nobody owes or counts more: a larger number is an account or a slip."""

_UNIT = re.compile(
    r" ?(?:(?P<money>块钱?|元|圆|人民币|rmb|cny)"
    r"|(?P<span>(?:个多|个半|多个|个)?(?:月(?!底|初|中(?!旬)|供|租|薪|入|均|收|付|光|末)"
    r"|星期|礼拜|小时|钟头|季度))"
    r"|(?P<plain>年(?!底|初|末|终|化|利率|薪|收|关|轻|龄|会|货|费)|天(?!天|津|猫|涯|然)"
    r"|日(?!薪|均|常|用|结|子)|周(?!末|转|围|边|[一二三四五六日天](?![天个次回遍趟条通]))"
    r"|分钟|分(?!期|手|享|行|之|开|批|给)|秒|期(?!间|限|待|末)|次(?!日|月|要)"
    r"|通(?!知|过|讯|话费|告|信|勤|用|常|州)|遍(?!布)|回(?!来|家|去|款|电|复|收|信|我|老)|条(?!件|款)|封|趟|岁"
    r"|人(?!家|民|工|事|均|情|人)|位|名(?!字|下|单)|家(?!里|人|庭|长|属|用|电|中)|张|笔(?!记)"
    r"|户(?!口|籍)|口(?!子|袋|头|粮)|点(?!外卖)|时(?!候|间|常|不时|差|光)|号|%|倍|折|公里"
    r"|米(?!面|饭|粉|油)|斤|平(?!安|时|常|均|台)|部(?!分)|台|套(?!餐|现)|页"
    r"|层|级|度(?!小满|假)|个(?!人(?:贷|信|消|征|所|经)|体|税|别|性)))"
    r"(?P<after>多(?!次|个|少|家|人|久)|半(?!夜|路|载|天|年))?"
)
_SAME = {"块": "元", "块钱": "元", "圆": "元", "人民币": "元", "rmb": "元", "cny": "元",
         "星期": "周", "礼拜": "周", "钟头": "小时"}  # fmt: skip
_HALF = re.compile(
    r"(?<![上下前后一])半(?:个?(?P<more>多)?(?P<span>月|星期|礼拜|小时|钟头)|(?P<plain>[年天日])(?!夜))"
    r"(?P<after>多)?"
)
_TO = re.compile(r" ?(?P<sign>到|至|--?|~|或者?|、) ?")
_LISTED = ("、", "或", "或者")
_ABOUT = re.compile(
    r"(?:大概|大约|差不多|约|将近|接近|快|近|不到|至少|最少|起码|顶多|最多)[有是]?$"
)
_NEARLY = re.compile(r" ?(?:左右|上下|出头|以上|以内|以下|不到|的样子)")
_REACH = 5
_WORD = re.compile(r"[\u4e00-\u9fffa-z0-9]")
_WITH_MEASURE = {"俩": "个", "仨": "个"}
_TENTH = re.compile(
    r"(?P<tenth>[1-9]|[一二三四五六七八九])(?![0-9一二三四五六七八九十百千万个天年月次点号])毛?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """From `low` to `high` of a `unit`: 元, 天, 周, 个月, 年, 小时 … or the measure as written.

    "" without a unit. `end` stands behind the unit. 月 is a month of the calendar, 个月 a span.
    `is_range` for 三四千 and 3到5千; 十几, 三千多 and 大概三千 are approximate.
    """

    low: Decimal
    high: Decimal
    unit: str
    start: int
    end: int
    is_approximate: bool
    is_range: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A number; `scale` and `is_short` as in its numeral, `body` where that ends."""

    number: Number
    scale: Decimal
    is_short: bool
    body: int


def read_numbers(text: str) -> tuple[Number, ...]:
    """In order; telephone numbers, cards, case numbers and ordinals are none."""
    return numbers_in(blank_codes(fold(text)))


def numbers_in(blanked: str) -> tuple[Number, ...]:
    """The numbers of a text that is folded, and in which codes are blanked."""
    return tuple(
        _nearly(found.number, blanked)
        for found in _with_ranges(blanked)
        if found.number.high <= LARGEST and not _is_part_of_a_word(found, blanked)
    )


def _with_ranges(text: str) -> Iterator[_Found]:
    """Two numbers joined by 到, - or the like become one."""
    last: _Found | None = None
    for found in _each(text):
        joined = _joined(last, found, text) if last else None
        if last and joined is None:
            yield last
        last = joined or found
    if last:
        yield last


def _each(text: str) -> Iterator[_Found]:
    position = 0
    while start := STARTS.search(text, position):
        position = start.end()
        if half := _HALF.match(text, start.start()):
            yield _half(half, text)
            position = half.end()
        elif numeral := read_numeral(text, start.start()):
            found = _counted(numeral, text)
            yield found
            position = found.number.end


def _half(found: re.Match[str], text: str) -> _Found:
    is_more = bool(found["more"] or found["after"])
    is_about = is_more or text[found.start() - 1 : found.start()] in ("大", "小")
    unit = found["plain"] or ("个月" if found["span"] == "月" else found["span"])
    low, high = Decimal("0.5"), Decimal(1) if is_more else Decimal("0.5")
    number = Number(low, high, _SAME.get(unit, unit), *found.span(), is_about)
    return _Found(number, Decimal(1), False, found.end())


def _counted(numeral: Numeral, text: str) -> _Found:
    """A numeral with the unit behind it."""
    number = Number(
        numeral.low, numeral.high, "", numeral.start, numeral.end, numeral.is_approximate
    )
    if numeral.low < numeral.high and not numeral.is_approximate:
        number = replace(number, is_range=True)
    has_measure = text[numeral.end - 1] in _WITH_MEASURE
    unit = _UNIT.match(text, numeral.end)
    if unit is None:
        number = replace(number, unit="个") if has_measure else number
    elif unit["money"]:
        number = _money(replace(number, unit="元", end=unit.end()), unit["money"], text)
    else:
        number = _with_unit(number, unit, has_measure)
    return _Found(number, numeral.scale, numeral.is_short, numeral.end)


def _money(number: Number, written: str, text: str) -> Number:
    """三块五 is 3.5 yuan."""
    tenth = _TENTH.match(text, number.end) if written == "块" and number.low < 1000 else None
    value = read_numeral(tenth["tenth"], 0) if tenth else None
    if tenth is None or value is None or number.low != number.high:
        return number
    more = value.low / 10
    return replace(number, low=number.low + more, high=number.high + more, end=tenth.end())


def _with_unit(number: Number, unit: re.Match[str], has_measure: bool) -> Number:
    """三个半月, 两年半, 一个多月, 俩月."""
    span = unit["span"] or unit["plain"]
    inner = span[: -len(span.lstrip("个多半"))] if unit["span"] else ""
    name = span[len(inner) :]
    if name == "月" and (inner or has_measure):
        name = "个月"
    part = inner.strip("个") or unit["after"] or ""
    half = Decimal("0.5") if part == "半" else Decimal(0)
    more = Decimal(1) if part == "多" else Decimal(0)
    return replace(
        number,
        low=number.low + half,
        high=number.high + half + more,
        unit=_SAME.get(name, name),
        end=unit.end(),
        is_approximate=number.is_approximate or part == "多",
    )


def _joined(first: _Found, second: _Found, text: str) -> _Found | None:
    """The range from the first to the second; 3到5千 counts thousands on both sides."""
    sign = _TO.match(text, first.number.end)
    if sign is None or sign.end() != second.number.start:
        return None
    one, other = first.number, second.number
    if one.unit not in ("", other.unit):
        return None
    coefficient = other.low / second.scale
    is_scaled = one.high < coefficient and (second.scale >= 10**4 or one.high < 10)
    scale = second.scale if is_scaled and first.scale < 10**4 else Decimal(1)
    low = one.low * scale
    if sign["sign"] in _LISTED and not (one.high < 10 and coefficient - one.high == 1):
        return None
    if low >= other.low:
        return None
    is_approximate = one.is_approximate or other.is_approximate
    number = Number(
        low, other.high, other.unit, one.start, other.end, is_approximate, is_range=True
    )
    return _Found(number, second.scale, first.is_short and second.is_short, second.body)


def _is_part_of_a_word(found: _Found, text: str) -> bool:
    """一 in 一直, 十 in 十分: nothing is counted. It is a number where it stands alone."""
    if found.number.unit or not found.is_short:
        return False
    start = found.number.start
    around = text[max(0, start - 1) : start] + text[found.body : found.body + 1]
    return _WORD.search(around) is not None


def _nearly(number: Number, text: str) -> Number:
    before = text[max(0, number.start - _REACH) : number.start]
    is_near = bool(_ABOUT.search(before) or _NEARLY.match(text, number.end))
    return replace(number, is_approximate=number.is_approximate or is_near)
