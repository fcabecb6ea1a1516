"""Days and sums whose figures stand apart, by spaces or lines that recognition puts in: joined."""

import re

_APART = "[ \n]?"
_FIGURE = "[〇零一二三四五六七八九]"
_F = "[0-9oil]"
_YEAR, _LAST = ("(?<![0-9])2", "[0o]", _F, _F), f"[0-3oil]?{_F}(?= [0-9]{{1,2}}:)"
_CHINESE_YEAR = ("二", "[〇零]", _FIGURE, _FIGURE, "年")
_ENDS = rf"[0-3oil]? ?{_F}(?=[ )]*(?:[\n,，。;日前)]|$))"
_DAYS = (
    re.compile(_APART.join((*_YEAR, "年", "[01oil]?", _F, "月", "[0-3oil]?", _F, "[日号]"))),
    re.compile(
        _APART.join(
            (*_CHINESE_YEAR, "十?", f"{_FIGURE}?", "月", "[二三]?", "[十廿]?", f"{_FIGURE}?", "日")
        )
    ),
    re.compile(
        " ?".join((*_YEAR, "(?P<sign>[./-])", "[01oil]?", _F, "(?P=sign)", f"(?:{_ENDS}|{_LAST})"))
    ),
    re.compile(f"(?<=[\u4e00-\u9fff:，。(])1 [0-2o] ?月 ?[0-3oil]? ?{_F} ?[日号]"),
    re.compile(f"(?<![0-9] )(?<![0-9\n]){_F}{{1,2}} ?月 ?[0-3oil]? ?{_F} ?[日号]"),
)
"""2O26 年 1 1 月 3 日, 2026. 2 .10, 定于1 1月3日."""
_NUMBER_OF_DAY = "[0-9〇零一二三四五六七八九十廿]"
_BROKEN_DAY = re.compile(
    rf"(?<=[0-9零一二三四五六七八九〇])\n+(?=年\n*{_NUMBER_OF_DAY}{{1,3}}\n*月)"
    rf"|(?<=年)\n+(?={_NUMBER_OF_DAY}{{1,3}}\n*月)|(?<={_NUMBER_OF_DAY})\n+(?=月\n*{_NUMBER_OF_DAY}{{1,3}}\n*日)"
    rf"|(?<=月)\n+(?={_NUMBER_OF_DAY}{{1,3}}\n*日)|(?<={_NUMBER_OF_DAY})\n+(?=日(?:$|[\n(至止前起]))"
)
"""Within a day that goes on in the next line."""
_PARTED_TERM = re.compile(r"(?<=十) (?=[一二三四五六七八九][日天])")
_PARTED_DAY = re.compile(r"(?<=[年月])([0-3])[ \n]+([0-9])(?=[月日目])")
_PARTED_SUM = re.compile(
    r"(?<=[款息金额费计还欠币¥￥:清付交由为度的取纳]) ?(?=[0-9 \n]{3,4} ?[,，])([1-9][0-9]?)"
    r"[ \n]([0-9]{1,2}) ?([,，] ?[0-9]{3}(?:\.[0-9]{2})?(?![0-9,，]))"
    r"|(?<=[款息金额费计还欠币¥￥:清付交由为度的取纳]) ?([1-9][0-9]?)[ \n]"
    r"([0-9]{1,4}(?:\.[0-9]{1,2})?)(?<!000)(?<!\.0)(?=[ \n]?元)"
)
"""Parted where a number could end, but no other thing is counted there."""
_PARTED = re.compile(
    r"(?<![0-9a-z.,，])[0-9il][0-9oil,，.]*(?:[ \n][0-9oil,，.]*[0-9oil])+(?![0-9a-z])"
    r"(?P<yuan>[ \n]?[元圆])?"
)
_WHOLE = re.compile(
    r"[1-9][0-9]{0,2}(?:,[0-9]{3})*(?:\.[0-9]{2})?|(?:0|[1-9][0-9]*)(?:\.[0-9]{2})|[1-9][0-9]*"
)
_PLAIN = re.compile(r"[1-9][0-9]{0,7}(?P<cents>\.[0-9]{2})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
_SIGNS = str.maketrans("oil，", "011,")


def with_whole_days(flat: str) -> str:
    """The text whose days have no gap within."""
    for day in _DAYS:
        flat = day.sub(lambda found: re.sub(r"\s", "", found[0]).translate(_SIGNS), flat)
    return flat


def with_unbroken_days(flat: str) -> str:
    """The text with no day broken by a line."""
    return _PARTED_TERM.sub("", _BROKEN_DAY.sub("", flat))


def with_whole_sums(flat: str) -> str:
    """The text whose sums have no gap within, and days none that is left."""
    flat = _PARTED_SUM.sub(r"\1\2\3\4\5", _PARTED_DAY.sub(r"\1\2", flat))
    return _PARTED.sub(_whole_sum, flat)


def _whole_sum(parted: re.Match[str]) -> str:
    """A sum that a space or a line parts where no sum can end: 1,21 6.00."""
    number = parted[0].removesuffix(parted["yuan"] or "")
    parts = [part.translate(_SIGNS) for part in re.split(r"[ \n]", number)]
    joined = "".join(parts)
    plain = _PLAIN.fullmatch(joined)
    is_one = _GROUPED.fullmatch(joined) or (plain and (plain["cents"] or parted["yuan"]))
    if is_one and not all(map(_WHOLE.fullmatch, parts)):
        return joined + (parted["yuan"] or "").strip()
    return parted[0]
