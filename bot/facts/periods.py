"""How often a sum of money comes: 一天三十, 每月八百, 年薪十万, 5000/月, 房租半年一万二."""

import re
from dataclasses import dataclass

from bot.facts.numerals import read_number

ONCE, DAY, WEEK, MONTH, YEAR = "once", "day", "week", "month", "year"

_UNIT = {
    "天": (DAY, 1), "日": (DAY, 1), "周": (WEEK, 1), "星期": (WEEK, 1), "礼拜": (WEEK, 1),
    "月": (MONTH, 1), "年": (YEAR, 1), "半年": (YEAR, 2), "季度": (YEAR, 4), "季": (YEAR, 4),
    "期": (MONTH, 1),
}  # fmt: skip
_NAMES = "天|日|周|星期|礼拜|月|季度|季|年|期"
_NOT_BEFORE = "(?![前内后以之多没了未半起到底初般]|下午)"
_PAID = "(?=[薪结均收入供租还付缴交费能赚挣])"
_MONTHS = "[两二三四六2346]"
_BEFORE = re.compile(
    rf"(?:每一?个?|(?:(?<![十百])一|(?<![0-9])1)个?|按|平均每?个?)(?P<each>{_NAMES}){_NOT_BEFORE}"
    rf"|(?<![个0-9二两三四五六七八九十几上下团音滴手])(?P<pay>[日周月季年]){_PAID}"
    "|(?<![上下])(?P<half>半年)(?=[一交付给要是共]|[^\\u4e00-\\u9fff]|[0-9一二两三四五六七八九十]|房租)"
    f"|(?:每(?P<some>{_MONTHS})个月|(?P<paid>{_MONTHS})个月一?[交付](?=一次|房租|租))"
    "|(?P<all>天天|月月|年年|全年)"
)
_AFTER = re.compile(
    r" ?(?:左右|上下|多|吧|钱|块|元|的样子)?(?P<gap>[ ,，]?)"
    rf"(?:/|每一?个?|[一1]个?|(?=半年))(?P<each>半年|{_NAMES})"
    "(?![前内后以之多没了未半催打逾被接]|还[清完]|到期)"
    "(?P<often>(?P<times>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})[顿次趟回])?"
)
_EACH_TIME = re.compile(
    "(?P<times>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})[顿次趟回][^0-9]{0,3}[每一][顿次趟回][^0-9]{0,4}$"
)
_CLAUSE_END = re.compile(r"[ ,，。;!?\n]")
_ALONE = re.compile(r"(?:左右|上下|的?样子|[吧啊呀呢哈的了]|都?可以吗?|没问题|行[吗不]?行?)*")
_BARS = re.compile("[欠借贷逾拖。;!?\\n]|没还|总共|一共|本金|分期")
_LATE = re.compile("(?:逾期|拖|欠|借|还有|剩|过)(?:了|了快|快)?$")
_WAGE = re.compile(
    "日薪|日结|一天(?:能|可以)?(?:挣|赚|工钱|工资|收入)|[做干跑上]一天|工钱|[挣赚][^,，。]{0,8}一天"
)
_REACH, _CLOSE, _AHEAD = 16, 3, 4
_MONTHS_A_YEAR = 12
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Period:
    """A period, and how often the sum comes in it: 半年 is a year with two.

    `start` and `end` are the place of its words and the sum together.
    """

    name: str
    times: int
    start: int
    end: int
    is_wage: bool = False


def find_period(text: str, start: int, end: int, last: int, following: Place | None) -> Period:
    """The period of the sum between `start` and `end`.

    Nothing before `last`, the end of the sum before, belongs to it; `following` is the place of
    the next sum.
    """
    begin = max(last, start - _REACH)
    before = _nearest_before(text, begin, start)
    after = _right_behind(text, end, following)
    is_wage = _WAGE.search(text[begin : end + _REACH]) is not None
    if before and (after is None or start - before.end() <= _CLOSE):
        name, times = _named(before)
        each_time = _EACH_TIME.search(text[before.end() : start])
        times *= _often(each_time)
        return Period(name, times, before.start(), end, is_wage and name == DAY)
    if after:
        name, times = _UNIT[after["each"]]
        times *= _often(after)
        return Period(name, times, start, after.end(), is_wage and name == DAY)
    return Period(ONCE, 1, start, end)


def _right_behind(text: str, end: int, following: Place | None) -> re.Match[str] | None:
    """The period that stands directly behind a sum, unless the next sum of the clause takes it.

    欠19000 每月能还400: the period is that of 400. 400一个月 and 我能还400，每月 keep theirs.
    """
    after = _AFTER.match(text, end)
    if after is None:
        return None
    stop = _CLAUSE_END.search(text, after.end())
    clause_end = stop.start() if stop else len(text)
    if after["gap"]:
        return after if _ALONE.fullmatch(text, after.end(), clause_end) else None
    if following is None or following[0] >= clause_end:
        return after
    is_parted = _BARS.search(text, after.end(), following[0])
    return after if is_parted or _AFTER.match(text, following[1]) else None


def _nearest_before(text: str, begin: int, start: int) -> re.Match[str] | None:
    """The last period named before the sum, when nothing stands between that bars it."""
    found = None
    for each in _BEFORE.finditer(text, begin, start + _AHEAD):
        is_late = _LATE.search(text[max(0, each.start() - _AHEAD) : each.start()])
        if each.end() <= start and not is_late:
            found = each
    return None if found is None or _BARS.search(text, found.end(), start) else found


def _named(found: re.Match[str]) -> tuple[str, int]:
    if months := found["some"] or found["paid"]:
        return YEAR, _MONTHS_A_YEAR // (read_number(months) or 1)
    if found["all"]:
        return _UNIT[found["all"][-1]]
    return _UNIT[found["each"] or found["pay"] or found["half"]]


def _often(found: re.Match[str] | None) -> int:
    """一天三顿 beside the price of one."""
    return (read_number(found["times"] or "") or 1) if found else 1
