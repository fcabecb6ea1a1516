"""Where a text names days, and how; which days they are is reckoned in `days`. Knows no today."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.facts.folding import blank
from bot.facts.holidays import NAMES
from bot.facts.numbers import numbers_in

N = "(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_YEAR_WORD = "(?P<year>大?前年|去年|今年|本年|明年|后年)"
_COUNTED = r"(?![0-9几多个次通遍回条天期万千百元块点:%岁倍人家])"
_VERB = (
    "打|来|收|接|给我|发|上门|寄|签|开庭|到期|早|上午|中午|下午|晚|凌晨|半夜|夜里"
    "|[0-9一二三四五六七八九十]{1,3}[点:]"
)


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words that name a day: `kind` is the name of their shape, `parts` what they consist of."""

    kind: str
    parts: Mapping[str, str]
    start: int
    end: int


Guard = Callable[[str, re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: str
    pattern: re.Pattern[str]
    is_meant: Guard = lambda _text, _found: True


def _is_short_day(text: str, found: re.Match[str]) -> bool:
    """11.3 and 11/3 may be a sum, a rate or a part as well."""
    month, day = int(found["month"]), int(found["day"])
    before = text[max(0, found.start() - 4) : found.start()]
    return 1 <= month <= 12 and 1 <= day <= 31 and not _MONEY_BEFORE.search(before)


_MONEY_BEFORE = re.compile(
    "(?:[欠还约共是¥借贷剩花薪费租供额利率息化涨只]|本金|余额|工资|收入|每月|个月|每天|逾期)"
    "[了有要为到]?[ :]?$"
)

_SHAPES = (
    _Shape(
        "full",
        re.compile(
            rf"(?<![0-9])(?:(?P<year>(?:19|20)[0-9]{{2}})(?P<sign>[-/.])"
            r"(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9])[日号]?"
            r"|(?P<long_year>(?:19|20)?[0-9]{2}|[一二][〇零一二三四五六七八九]{3})"
            rf" ?年 ?(?P<long_month>{N}) ?月份? ?(?P<long_day>{N})(?: ?[日号]|{_COUNTED}))"
        ),
    ),
    _Shape(
        "full",
        re.compile(
            r"(?<![0-9a-z])(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])"
            r"(?![0-9元块万千])"
        ),
    ),
    _Shape(
        "none",  # what comes again, and days of the moon
        re.compile(
            rf"每(?:个)?月的?{N}[日号]|每月[底初末]|每(?:个)?(?:周|星期|礼拜)[一二三四五六日天]"
            r"|(?:农历|阴历|旧历)[^,，。;\s]{2,9}|闰?[正腊冬]月[初十廿]?[一二三四五六七八九十]*|大年[三二][十]"
            r"|除夕|(?<![月年0-9])初[一二三四五六七八九十]{1,2}(?![中审])"
        ),
    ),
    _Shape(
        "month_day",
        re.compile(
            rf"(?<![0-9./-])(?<![0-9]年)(?:{_YEAR_WORD}的? ?)?"
            rf"(?P<month>{N}) ?月份?的? ?(?P<moon>初)?(?P<day>{N})(?: ?[日号]|{_COUNTED})"
        ),
    ),
    _Shape(
        "of_month",
        re.compile(
            rf"(?P<turn>上上|上|这|本|当|下下|下)个?月的? ?(?P<day>{N})(?:[日号]|{_COUNTED})"
        ),
    ),
    _Shape(
        "month_part",
        re.compile(
            rf"(?:(?P<turn>上上|上|这|本|下)个?|(?P<month>{N})|(?<![每年个满0-9]))月(?P<part>底|末|初|中旬)"
        ),
    ),
    _Shape(
        "short",
        re.compile(
            rf"(?<![0-9./¥*-])(?<![0-9]:)(?:{_YEAR_WORD}的?)?(?P<month>[0-9]{{1,2}})(?P<sign>[./-])(?P<day>[0-9]{{1,2}})"
            rf"(?![0-9./%:*-]|[万千百元块亿kw倍折个次条天周期小年人的成分岁]|多|左右|公里)"
            rf"(?P<clear>[日号]| ?(?={_VERB}))?"
        ),
        _is_short_day,
    ),
    _Shape(
        "relative",
        re.compile(
            "(?P<minus3>大前[天儿])|(?P<minus2>(?<![目以之提面当跟眼])前(?:天(?!天)|晚|日(?!期)|夜|儿))"
            "|(?P<minus1>昨(?:[天日晚夜儿早晨]|[上下中]午))"
            "|(?P<today>今(?:[天日早晚晨夜儿]|[上下中]午)|刚才|方才)"
            "|(?P<plus3>大后天)|(?P<plus2>(?<![今以之然最])后(?:天(?![天性])|日))"
            "|(?P<plus1>(?<![说证声表透鲜聪])明(?:[天日早晚儿晨]|[上下中]午))"
        ),
    ),
    _Shape(
        "weekday",
        re.compile(
            "(?:(?P<turn>上上|上|这|本|下下|下)(?:一?个)?|(?<![一二两三四五六七八九十几半每0-9个]))"
            "(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
            "(?![个次回遍趟条通年共直般定样均报常十百千万点折倍0-9]|天(?!天))"
            "(?P<on>(?=(?:到|至|-)(?:周|星期|礼拜)?[一二三四五六日天]))?"
        ),
    ),
    _Shape(
        "holiday",
        re.compile(
            rf"(?:{_YEAR_WORD}的?)?(?P<name>{NAMES})节?(?P<exact>当天|当日|那天|当晚)?"
            "|(?P<first>(?<![0-9二三四五六七八九])十一)(?:假期|期间|长假|黄金周|那天)"
        ),
    ),
    _Shape(
        "bare",
        re.compile(
            rf"(?<![0-9月工尾账卡编单案民初督终执第字型楼线路微帐牌暗信])(?<!(?<!支付)令)(?:(?P<day>{N})号"
            r"|(?<=[于在至到、，,(\s])(?P<plain_day>[0-9]{1,2})日)"
            "(?![楼线院店铺门窗床机客文令选公码台桌病子召称内以后])"
        ),
    ),
)

_AGO = re.compile("(?:以|之)?前(?![台面后往途期三两几段阵])")
_AHEAD = re.compile("(?:以|之|过)?后(?![台面续期悔果来])")
_UNTIL = re.compile("[还交付缴结处联必要全一]")
_STILL = re.compile("(?:再过|还有|还剩|再有|只剩)(?:最后)?$")
_SPANS = frozenset({"天", "日", "周", "个月", "年", "小时", "分钟"})


def find_day_words(blanked: str) -> tuple[DayWords, ...]:
    """All of them, in order; of a text that is folded, and in which codes are blanked."""
    found: list[DayWords] = []
    text = blanked
    for shape in _SHAPES:
        taken = [each for each in shape.pattern.finditer(text) if shape.is_meant(text, each)]
        found += [_named(shape.kind, each) for each in taken]
        text = blanked_at(text, [each.span() for each in taken])
        if shape.kind == "month_part":
            spans = _spans(text)
            found += spans
            text = blanked_at(text, [(each.start, each.end) for each in spans])
    return tuple(sorted(found, key=lambda each: each.start))


def blanked_at(text: str, places: list[tuple[int, int]]) -> str:
    """The text with these places, in order, blanked."""
    pieces, end = [], 0
    for start, stop in places:
        pieces += [text[end:start], blank(stop - start)]
        end = stop
    return "".join((*pieces, text[end:]))


def _named(kind: str, found: re.Match[str]) -> DayWords:
    parts = {
        name.removeprefix("long_").removeprefix("plain_"): value
        for name, value in found.groupdict().items()
        if value is not None
    }
    return DayWords(kind, parts, *found.span())


def _spans(text: str) -> list[DayWords]:
    """三天前, 两周后, 还有15天."""
    found = []
    for number in numbers_in(text):
        if number.unit not in _SPANS:
            continue
        before = text[max(0, number.start - 4) : number.start]
        ago, ahead = _AGO.match(text, number.end), _AHEAD.match(text, number.end)
        if ago and number.unit == "日" and _UNTIL.match(text, ago.end()):
            continue  # 3日前还清: until the third.
        still = _STILL.search(before)
        if not (ago or ahead or still):
            continue
        is_rough = number.is_approximate or number.low != number.high
        parts = {
            "value": str(number.low),
            "unit": number.unit,
            "way": "ago" if ago else "still" if still else "ahead",
            "rough": "yes" if is_rough else "",
        }
        end = ago.end() if ago else ahead.end() if ahead else number.end
        found.append(DayWords("span", parts, number.start, end))
    return found
