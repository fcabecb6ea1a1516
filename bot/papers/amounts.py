"""Every sum of yuan that a paper names, each once, in its order."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from bot.concepts.paper_words import Pattern
from bot.facts.numerals import read_number
from bot.papers.text import PaperText

_NUMBER = (
    r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,3}\.[0-9]{3}(?![0-9])"
    r"|[0-9]+(?:\.[0-9]{1,2})?"
)
_ARABIC = re.compile(
    rf"(?<![0-9.,*a-z-])(?P<sign>人民币|rmb|[¥￥])?[:： ]?(?P<number>{_NUMBER})(?![0-9*])"
    r" ?(?P<unit>[万千百亿])?(?:多|余)? ?(?P<yuan>元|圆|块(?!儿))?"
)
_THOUSANDS = re.compile(r"[,，]|\.(?=[0-9]{3}$)")
_END = re.compile(r"[,，。;；!?、:\n]|$|以|左右|多|还|清空")
_COUNTED = re.compile(r"[0-9年月日号期天个次家人%-]|小时")
_REACH, _FEWEST, _MOST = 4, 3, 6
_CHINESE = re.compile(
    r"(?<![零一二两三四五六七八九十百千万])(?P<number>[零一二两三四五六七八九十百千万]{1,16})(?:元|块钱|(?<=万)(?=[,，。;!?、\n]|$))"
)
_CENTS = re.compile(r"整?(?:[零一二三四五六七八九]角)?(?:[零一二三四五六七八九]分)?")
_UNITS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, None: 1}
_FINE = re.compile(r"(?:罚款|以上|以下)")


def read_amounts(text: PaperText, before: Pattern) -> tuple[Decimal, ...]:
    """In the order of the text, each once. A bare number counts behind words of money."""
    found = [*_arabic(text.running, before), *_chinese(text.running)]
    return tuple(dict.fromkeys(amount for _, amount in sorted(found, key=lambda each: each[0])))


def _arabic(running: str, before: Pattern) -> Iterator[tuple[int, Decimal]]:
    for match in _ARABIC.finditer(running):
        is_bare = not match["yuan"] and not match["sign"]
        if is_bare and not _is_money(running, match, before):
            continue
        try:
            number = Decimal(_THOUSANDS.sub("", match["number"]))
        except InvalidOperation:
            continue
        if not _is_of_a_rule(running, match):
            yield match.start(), _plain(number * _UNITS[match["unit"]])


def _is_money(running: str, match: re.Match[str], before: Pattern) -> bool:
    """Whether a number without 元 is a sum: 4万多, 先付定金1980."""
    if match["unit"] and _END.match(running, match.end("unit")):
        return True
    head = running[max(0, match.start() - _REACH) : match.start()]
    digits = sum(sign.isdigit() for sign in match["number"])
    is_round = bool(match["unit"]) or _FEWEST <= digits <= _MOST
    return is_round and bool(before.search(head)) and not _COUNTED.match(running, match.end())


def _chinese(running: str) -> Iterator[tuple[int, Decimal]]:
    """Sums in words; those with 角 and 分 stand beside digits and are left to them."""
    for match in _CHINESE.finditer(running):
        rest = _CENTS.match(running, match.end())
        value = read_number(match["number"])
        has_cents = rest is not None and bool({"角", "分"} & {*rest[0]})
        if value and not has_cents and not _is_of_a_rule(running, match):
            yield match.start(), Decimal(value)


def _is_of_a_rule(running: str, match: re.Match[str]) -> bool:
    """Whether the sum is one of a rule: 十万元以下罚款, 每日万分之五."""
    return bool(_FINE.match(running, match.end()))


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
