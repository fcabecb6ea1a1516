"""A paper's text laid out for reading: folded, mended where recognition errs, without spaces."""

import re
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from bot.concepts.paper_words import PaperWords
from bot.facts.folding import fold
from bot.papers.parted import with_unbroken_days, with_whole_days, with_whole_sums

_SPACE = re.compile(r"[^\S\n]+")
_BETWEEN_WORDS = re.compile(r"(?<=[^\x00-\x7f])[^\S\n]+|[^\S\n]+(?=[^\x00-\x7f])")
_WITHIN_NUMBERS = re.compile(r"(?<=[0-9oil])[^\S\n]*([.,，])[^\S\n]*(?=[0-9oil]{2,3}(?![0-9oil]))")
_SPREAD = re.compile(r"(?<![0-9oil.,])(?:[0-9oil.,，] ){2,}[0-9oil](?![0-9])")
_MIXED = re.compile(
    r"(?<![0-9a-z/.])(?<![0-9a-z]:)(?=[oil|,，.]*[0-9])[0-9oil|][0-9oil|〇,，.]*(?=[元年月日号万%期])"
)
_DATE = re.compile(
    r"(?<=年)[0-9oil|]{1,2}(?=月)|(?<=月)[0-9oil|]{1,2}(?=日)"
    r"|(?<![0-9a-z])2[0o][0-9oil|]{2}(?P<sign>[./-])[0-9oil|]{1,2}(?P=sign)[0-9oil|]{1,2}(?![0-9a-z])"
)
_SUM = re.compile(
    r"(?<![0-9a-z/.-])(?<![0-9a-z]:)(?=[oil,，.]*[0-9])(?:[0-9oil]{1,3}(?:[,，][0-9oil〇]{3})+(?:\.[0-9oil]{1,2})?"
    r"|[0-9il][0-9oil]*(?:\.[0-9oil]{3})?\.[0-9oil]{2})(?![0-9a-z.])"
)
_ZEROS = re.compile(r"(?<![0-9a-z/.-])[0-9]{1,3}o{2,3}(?![0-9a-z./])")
_CODE = re.compile(
    r"(?<=[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新])[0-9oil|]{2,4}(?=[\u4e00-\u9fff])"
)
_SIGNS = str.maketrans("oil|〇", "01110")
_LIKE = str.maketrans("曰冃辨", "日月辩")
_LONG = re.compile(
    r"(?<![0-9A-Za-z./_*-])(?=(?:[OolI -]*[0-9*]){5})[0-9OolI+][0-9OolI* -]{5,}[0-9OolI*]"
    r"(?![A-Za-z0-9./_])"
)
_LETTERS = str.maketrans("OolI", "0011")
_WIDE = str.maketrans("０１２３４５６７８９＊（）－", "0123456789*()-")
_BREAK = re.compile(r"(?<![0-9a-z*])\n+|\n+(?![0-9a-z*])")
_BROKEN = re.compile(
    r"(?<=[\u4e00-\u9fff¥￥])([0-9]{1,3})\n+(?=[0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?元|[0-9][日月])"
    r"|(?<=[0-9])(\.[0-9]?)\n+(?=[0-9]{1,2}元)"
)
"""A sum or a day that goes on in the next line."""
_FRAME = re.compile(r"(?!.*20[0-9]{2}[./-])[0-9:+<>%() .gh-]{1,24}")
"""What a screen shows above a message: the clock, the number of the sender."""
_YEAR_OF_TWO = re.compile(
    r"(?:(?<=\n)|(?<=日期:))(2[0-9])(?=([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12][0-9]|3[01])(?:\n|$))"
)
"""A day alone on its line whose year has two figures: 26.11.3."""
_BARS = 2
_BAR_OF_SUMS = re.compile(r"(?<=\.[0-9]{2})\|(?=[0-9])")
_NOT_BETWEEN_NUMBERS = re.compile(r"(?<![0-9]{2}) | (?![0-9oil]{2})")
_SPACED, _SPACED_FROM = 0.7, 6
"""From how large a share of spaces, in how many signs, a line is one whose signs are all apart."""
_DIGIT_LIKE = (
    (re.compile(r"(?<=[0-9])[o○◯](?=[0-9.,年月日号元o])|(?<=[0-9]o)o(?=[0-9])"), "0"),
    (re.compile(r"(?<=[0-9.年月])[lｌ|](?=[0-9月日年.,])|(?<=[0-9.])[l|](?=[0-9])"), "1"),
    (re.compile(r"(?<=[一二〇零])[o○◯0]|[o○◯0](?=[二三四五六七八九一]年)"), "〇"),
    (re.compile(r"(?<=20[0-9]{2})[午牛](?=[0-9])"), "年"),
    (re.compile(r"(?<=[二月])陆(?=[年日])|(?<=年)陆(?=月)"), "六"),
    (
        re.compile(r"(?<=[0-9])[目口](?![0-9a-z])"),
        "日",
    ),
    (re.compile(r"(?<=[0-9])[兀亓](?![0-9])"), "元"),
    (re.compile(r"(?<=[0-9])[日目](?=[0-9]{1,2}日)"), "月"),
    (re.compile(r"(?<=[0-9.,])〇(?=[0-9.,元日])"), "0"),
    (re.compile(r"(?<=20[0-9])[ \n]+(?=[0-9]年)"), ""),
)


@dataclass(frozen=True, slots=True)
class PaperText:
    """`raw` as it came, `lines` and `running` for reading; `running` breaks no word by a line."""

    raw: str
    lines: tuple[str, ...]
    running: str


def lay_out(raw: str, words: PaperWords) -> PaperText:
    """The text as readers want it."""
    whole = raw.encode(errors="replace").decode()
    folded = fold(_simplified().convert(whole)).replace("\r", "\n").translate(_LIKE)
    folded = _YEAR_OF_TWO.sub(r"20\1", folded)
    flat = "\n".join(_drawn_together(_without_bars(line)) for line in folded.split("\n"))
    flat = _BETWEEN_WORDS.sub("", flat)
    flat = _SPREAD.sub(lambda spread: spread[0].replace(" ", ""), _SPACE.sub(" ", flat))
    flat = with_whole_days(flat)
    flat = _WITHIN_NUMBERS.sub(r"\1", flat)
    for mixed in (_MIXED, _ZEROS, _CODE, _DATE, _SUM):
        flat = mixed.sub(lambda found: found[0].translate(_SIGNS), flat)
    for pattern, sign in _DIGIT_LIKE:
        flat = pattern.sub(sign, flat)
    for pattern, sign in words.repairs:
        flat = pattern.sub(sign, flat)
    flat = with_whole_sums(flat)
    whole_lines = with_unbroken_days("\n".join(line.strip() for line in flat.split("\n")))
    lines = _without_frame([line.strip() for line in whole_lines.split("\n") if line.strip()])
    return PaperText(whole, lines, _BREAK.sub("", _BROKEN.sub(r"\1\2", "\n".join(lines))))


def with_figures(raw: str) -> str:
    """The text as it came, of the same length, with figures where long numbers have letters."""
    return _LONG.sub(lambda found: found[0].translate(_LETTERS), raw.translate(_WIDE))


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def _without_bars(line: str) -> str:
    """A row of a table without what parts its cells."""
    line = _BAR_OF_SUMS.sub(" ", line)
    is_row = line.lstrip().startswith("|") and line.count("|") >= _BARS
    return line.replace("|", " ") if is_row else line


def _drawn_together(line: str) -> str:
    """A line without its spaces where nearly every sign has one behind it."""
    signs = line.split(" ")
    single = sum(len(each) == 1 for each in signs)
    is_spaced = len(signs) >= _SPACED_FROM and single >= _SPACED * len(signs)
    return _NOT_BETWEEN_NUMBERS.sub("", line) if is_spaced else line


def _without_frame(lines: list[str]) -> tuple[str, ...]:
    """The lines from the first that says more than a screen's own figures."""
    first = next((n for n, line in enumerate(lines) if not _FRAME.fullmatch(line)), 0)
    return tuple(lines[first:])
