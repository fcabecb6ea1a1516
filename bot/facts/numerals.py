"""Chinese and Arabic numerals as people write them; vague ones give their lower bound."""

import re

_DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_ARABIC_UNITS = {"百": 100, "千": 1000, "k": 1000, "万": 10000, "w": 10000}
_SOME = "几数"  # 几十 is at least twenty
_VAGUE = re.compile(r"[多来余]")

NUMBER = (
    r"(?:[0-9]{1,12}(?:\.[0-9]{1,4})?(?:[百千万]|[kw](?![a-z]))?(?:[0-9](?![0-9])千?)?[多来余]?"
    r"|上[百千]|[零〇一二两俩三仨四五六七八九十百千万几数]{1,12}(?:[多来余](?:[十百千万]+)?)?(?:好几)?)"
)
"""A number as a pattern without groups, with 多 or 来 where it belongs to the number."""


def read_number(word: str) -> int | None:
    """The value of a numeral, the lower bound of a vague one; None for 几 alone or nonsense."""
    word = _VAGUE.sub("", word.removesuffix("好几")).removeprefix("上")
    if word[:1].isdigit():
        return _arabic(word)
    word = re.sub(rf"(?<=[十百千万])[{_SOME}]$", "", word)
    word = re.sub(rf"(?<=[十百千])[{_SOME}](?=万)", "", word)
    word = re.sub(rf"[{_SOME}](?=[十百千万])", "二", word)
    if not word or any(each not in _DIGITS and each not in _UNITS for each in word):
        return None
    if re.fullmatch(r"[十百千万]{2,}", word) and word[0] == "百":
        return 100  # 百十个, 百八十个
    digits = [_DIGITS[each] for each in word if each in _DIGITS]
    if len(digits) == len(word) and (len(word) > 2 or "零" in word or "〇" in word):
        return int("".join(map(str, digits)))
    return _chinese(_lower_bound(word))


def _arabic(word: str) -> int | None:
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([百千万kw]?)([0-9]?)千?", word)
    if match is None:
        return None
    unit = _ARABIC_UNITS.get(match[2], 1)
    tail = int(match[3]) * unit // 10 if match[3] and unit > 1 else 0
    return round(float(match[1]) * unit) + tail


def _lower_bound(word: str) -> str:
    """Of two digits in a row (七八, 二三十, 十七八) keep the first."""
    names = "".join(name for name in _DIGITS if name not in "零〇")
    return re.sub(rf"([{names}])[{names}]+(?=[十百千万]|$)", r"\1", word)


def _chinese(word: str) -> int:
    total = section = digit = 0
    unit = 1
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS[character]
            unit = 1 if digit == 0 else unit
            continue
        value = _UNITS[character]
        if value == _UNITS["万"]:
            total += (section + digit or 1) * value
            section = 0
        else:
            section += (digit or (1 if section == 0 or digit == 0 else 0)) * value
        digit, unit = 0, value
    # 一百二 is 120, 三万五 is 35 000; 二十五 and 一百零二 are as written.
    return total + section + digit * (unit // 10 if unit > 10 else 1)
