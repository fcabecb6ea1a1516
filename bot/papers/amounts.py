"""Every sum of yuan that a paper names, each once, in its order."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.concepts.paper_words import Pattern
from bot.facts.numerals import read_number
from bot.papers.text import PaperText

_GROUPED = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,2}|[,，][0-9]{2}(?=元))?"
_SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+\.[0-9]{2}(?![0-9])"
_MISREAD = r"[0-9]{1,3}(?:[.,，][0-9]{3})+\.[0-9]{2}(?![0-9])|[0-9]{1,3}\.[0-9]{3}(?![0-9])"
"""A comma between thousands that recognition took for a point."""
_ARABIC = re.compile(
    rf"(?<![0-9.,*a-z-])(?P<sign>人民币\)?|rmb|[¥￥])?[:： ]?"
    rf"(?P<number>(?P<grouped>{_GROUPED}(?![0-9.]))|{_MISREAD}|{_SPACED}|[0-9]+[,，][0-9]{{2}}(?=元)"
    r"|[0-9]+\.[0-9]{3,6}(?=[万亿])|[0-9]+(?:\.[0-9]{1,2})?)(?![0-9*])"
    r" ?(?:(?:多|余)?(?P<unit>[万千百亿]|[wk](?![a-z0-9]))"
    r"(?:(?P<more>[1-9](?![0-9.,个]))千?|零(?P<rest>[0-9]{1,3})(?=元))?)?"
    r"(?:多|余)? ?(?P<yuan>元|圆|块(?!儿))?"
)
_RANGE = re.compile(
    r"(?<![0-9a-z*.-])([1-9][0-9]{2,4})(?:[-~—–至到]|--)(?=[0-9]{3,5}(?:元|块))"
    r"|(?<![0-9a-z*.-])([0-9]{1,3}(?:\.[0-9]{1,2})?)(?P<unit>万)?(?:[-~—–至到]|--)(?=[0-9.]{1,5}万)"
    rf"|(?<![0-9a-z*.-])({_GROUPED})(?:[-~—–至到]|--)(?={_GROUPED})"
)
"""From one sum to another: 800-1000元."""
_LINK = re.compile(
    r"(?:https?://|www\.|(?<![a-z0-9.-])[a-z0-9-]+\.[a-z]{2,6}/)[a-z0-9./_?=&#%@:-]*"
)
_TEN_THOUSANDTHS = re.compile(r"[0-9]+\.[0-9]{3,6}")
_POINT = re.compile(r"[,，](?=[0-9]{2}$)")
_SEPARATOR = re.compile(r"[,， ]|\.(?=[0-9]{3})")
_COUNTED = re.compile(
    r"(?<! )[0-9]| ?[余多]起|[0-9]{3}(?![0-9]*\.[0-9]{2})"
    r"| ?(?:多|余|来|几)?(?:[年月日号期天个次家人名位户条件份张栋楼室幢床单笔台辆字度分岁里米]"
    r"|[股级强万千%:*-]|/(?![天日月年次人件期家])|\+(?=[用人学客粉案])|借条|数科|小贷|金融|小时|分钟|公里|平[米方]|火急|分之|用户|学员|客户|粉丝|\.[0-9])"
)
_CENTS_SHOWN = re.compile(r"[0-9]\.[0-9]{2}$")
_CENTS_OF_MUCH = re.compile(r"(?!(?:19|20)[0-9]{2}\.(?:0[1-9]|1[0-2])$)[0-9]{3,}\.[0-9]{2}")
"""More than a hundred and its cents: a sum also where nothing says so, but no month of a year."""
_OTHER_THAN_SUMS = re.compile(r" ?[%股]")
_OF_MONEY = re.compile(
    r"(?:[费金款额息利欠还付交转缴元]|合计|实发)[^0-9。]{0,6}$|[0-9]\.[0-9]{2} $"
)
_HOTLINE = re.compile(r"0.*|1[12][0-9]{3}|1[012][0-9]|9[56][0-9]{3,4}|100[0-9]{2}|202[0-9]")
_REACH, _FEWEST, _MOST = 10, 3, 6
_CHINESE = re.compile(
    r"(?<![零一二两三四五六七八九十百千万第])"
    r"(?P<number>[零一二两三四五六七八九十百千万]{1,16})(?:多|余)?(?P<yuan>元|圆|块(?!儿))?"
)
_SIX = re.compile(r"陆(?=[十百千万元圆])|(?<=[十百千万零])陆(?=[元圆])")
"""A formal six beside other signs of a number, and no land."""
_LARGE = re.compile(r"[一二两三四五六七八九十][零一二两三四五六七八九十百千万]*[百千万]")
_CENTS = re.compile(
    r"整?(?:零?(?P<tenths>[1-9一二三四五六七八九陆])角)?"
    r"(?:零?(?P<cents>[1-9一二三四五六七八九陆])分(?!之|期))?"
)
_VALUES = {
    digit: value
    for digits in ("零一二三四五六七八九", "0123456789")
    for value, digit in enumerate(digits)
} | {"陆": 6}
_UNITS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "w": 10_000, "k": 1000, None: 1}
_FINE = re.compile(r"(?:罚款|以上|以下)")
_FOREIGN = re.compile(r"(?:usdt?|eth|btc|hkd|港币|美金)[:： ]?$")


def read_amounts(text: PaperText, before: Pattern) -> tuple[Decimal, ...]:
    """In the order of the text, each once. A bare number counts behind words of money."""
    running = _LINK.sub(lambda link: "。" * len(link[0]), text.running)
    found = [*_arabic(running, before), *_chinese(running)]
    named = (amount for _, amount in sorted(found, key=lambda each: each[0]) if amount)
    return tuple(dict.fromkeys(named))


def _arabic(running: str, before: Pattern) -> Iterator[tuple[int, Decimal]]:
    running = _RANGE.sub(_first_sum, running)
    for match in _ARABIC.finditer(running):
        is_bare = not match["yuan"] and not match["sign"]
        if is_bare and not _is_money(running, match, before):
            continue
        if not _is_of_a_rule(running, match):
            unit = _UNITS[match["unit"]]
            more = int(match["more"] or 0) * unit // 10 + int(match["rest"] or 0)
            value = _value(match) * unit + more + _cents_behind(running, match)
            yield match.start(), _plain(value)


def _first_sum(span: re.Match[str]) -> str:
    """The first sum of a span in yuan: 3—50万 begins with 3万元."""
    plain, of_ten_thousand, grouped = span.group(1, 2, 4)
    return f"{of_ten_thousand}万元 " if of_ten_thousand else f"{plain or grouped}元 "


def _value(match: re.Match[str]) -> Decimal:
    """The number as written: a point before three digits parts thousands, but not before 万."""
    if _TEN_THOUSANDTHS.fullmatch(match["number"]) and match["unit"]:
        return Decimal(match["number"])
    return Decimal(_SEPARATOR.sub("", _POINT.sub(".", match["number"])))


def _is_money(running: str, match: re.Match[str], before: Pattern) -> bool:
    """Whether a number without 元 is a sum: 4万多, 先付定金1980, 利息41.07."""
    number = match["number"]
    head = running[max(0, match.start() - _REACH) : match.start()]
    if _FOREIGN.search(head):
        return False
    if _CENTS_OF_MUCH.fullmatch(number) or (match["grouped"] and _CENTS_SHOWN.search(number)):
        return not _OTHER_THAN_SUMS.match(running, match.end())
    if _COUNTED.match(running, match.end()):
        return False
    if match["unit"] or match["grouped"]:
        return True
    if _CENTS_SHOWN.search(number):
        return bool(_OF_MONEY.search(head))
    if not number.isdigit() or _HOTLINE.fullmatch(number):
        return False
    return _FEWEST <= len(number) <= _MOST and bool(before.search(head))


def _chinese(running: str) -> Iterator[tuple[int, Decimal]]:
    running = _SIX.sub("六", running)
    for match in _CHINESE.finditer(running):
        if not match["yuan"] and not _is_large(running, match):
            continue
        value = read_number(match["number"])
        if value and not _is_of_a_rule(running, match):
            yield match.start(), _plain(value + _cents_behind(running, match))


def _cents_behind(running: str, match: re.Match[str]) -> Decimal:
    """陆角柒分 behind 元."""
    rest = _CENTS.match(running, match.end()) if match["yuan"] else None
    tenths, cents = rest.group("tenths", "cents") if rest else (None, None)
    return Decimal(_VALUES[tenths or "零"] * 10 + _VALUES[cents or "零"]) / 100


def _is_large(running: str, match: re.Match[str]) -> bool:
    """Whether a number without 元 is as large as sums are, and counts nothing else: 三万二."""
    is_counted = _COUNTED.match(running, match.end("number"))
    return _LARGE.match(match["number"]) is not None and not is_counted


def _is_of_a_rule(running: str, match: re.Match[str]) -> bool:
    """Whether the sum is one of a rule: 十万元以下罚款, 每日万分之五."""
    return match["yuan"] is not None and _FINE.match(running, match.end()) is not None


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
