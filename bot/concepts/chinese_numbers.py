"""Numbers and amounts as people type them: 三万五, 1.2万, 2k, 12,345.67, 两千五左右."""

import re
import unicodedata
from decimal import Decimal

_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5}
_DIGITS |= {"陆": 6, "柒": 7, "捌": 8, "玖": 9}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "w": 10**4, "亿": 10**8}
_NOTHING = {"没有", "没", "无", "0"}
_AROUND = re.compile(r"^(?:人民币|大概|大约|差不多|总共|一共|每个?月|一个月|约|共|欠|¥|rmb)+")
_BEHIND = re.compile(r"(?:人民币|左右|上下|块钱|元|块|圆|整|多|个月|个|次|期|rmb)+$")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\d.]")
_COMMAS = re.compile(r"(?<=\d),(?=\d{3})|\s")
LARGEST = Decimal(10**9)
"""Nobody's debt is larger: such a number is an account or a slip."""


def read_number(text: str) -> Decimal | None:
    """The one number that a text consists of, never negative; None when it is not one."""
    spoken = _COMMAS.sub("", unicodedata.normalize("NFKC", text).lower())
    spoken = _BEHIND.sub("", _AROUND.sub("", spoken.rstrip("。.!")))
    if spoken in _NOTHING:
        return Decimal(0)
    tokens = _TOKEN.findall(spoken)
    if not tokens or "".join(tokens) != spoken:
        return None
    number = _add_up(tokens)
    return number if number is not None and number <= LARGEST else None


def read_amount(text: str) -> Decimal | None:
    """An amount in yuan, to the fen; None when the text is not one amount."""
    number = read_number(text)
    if number is None or number != number.quantize(Decimal("0.01")):
        return None
    return number.quantize(Decimal("0.01"))


def read_count(text: str) -> int | None:
    """A whole number; None when the text is not one."""
    number = read_number(text)
    return int(number) if number is not None and number == int(number) else None


def _add_up(tokens: list[str]) -> Decimal | None:
    """The sum of what stands before each unit; None when a unit has nothing to count."""
    total, section, unit = Decimal(0), Decimal(0), 1
    pending: str = ""
    for token in tokens:
        if token in _DIGITS:
            pending += str(_DIGITS[token])
        elif token[0].isdecimal() and not pending:
            pending = token
        elif token in _TENS:
            unit = _TENS[token]
            if not pending and unit > 10:
                return None
            section += Decimal(pending or 1) * unit
            pending = ""
        elif token in _MYRIADS:
            unit = _MYRIADS[token]
            counted = section + Decimal(pending or 0)
            if not counted:
                return None
            total = (total + counted) * unit if unit == 10**8 else total + counted * unit
            section, pending = Decimal(0), ""
        else:
            return None
    if len(pending) == 1 and unit >= 100:
        return total + section + Decimal(pending) * unit / 10  # 三万五 is 35,000, not 30,005.
    return total + section + Decimal(pending or 0)
