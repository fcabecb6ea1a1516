"""Case numbers: of courts with a check of their form, and of bodies that are no courts."""

import re
from collections.abc import Iterator

from bot.concepts.paper_reading import CaseNumber
from bot.concepts.paper_words import CourtNumbers
from bot.papers.text import PaperText

_OPEN, _CLOSE = r"[(〔\[【{]?", r"[)〕\]】}]?"
_LETTERS = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军"
_COURT = re.compile(
    rf"{_OPEN}(?P<year>(?:19|20)[0-9]{{2}}){_CLOSE}(?:年)?"
    rf"(?P<code>最高法|[{_LETTERS}滇蜀贵陇秦蒙申粵][0-9]{{0,4}})(?P<court>知)?"
    r"(?P<kind>[\u4e00-\u9fff]{1,6}?)(?P<old>字?第)?(?P<number>[0-9]{1,6})号"
    r"(?P<part>(?:之[一二三四五六七八九十]{1,2})*)"
)
_BARE = re.compile(
    rf"{_OPEN}(?P<year>(?:19|20)[0-9]{{2}}){_CLOSE}(?P<kind>[民执财刑][\u4e00-\u9fff]{{0,3}}?)"
    r"(?P<old>字?第)?(?P<number>[0-9]{1,6})号"
)
_OTHER = re.compile(
    r"[(〔\[【](?P<year>20[0-9]{2})[)〕\]】](?P<kind>[^\s,，。;:()〔〕\[\]【】]{1,20}?)第?[0-9-]{1,12}号"
    r"|(?P<front>[\u4e00-\u9fff]{1,10})[(〔\[](?P<later>20[0-9]{2})[)〕\]](?:第)?[0-9-]{1,12}号"
)
_DIGITS_OF_LEVEL = {"高级": 0, "中级": 2}
_BASIC = 4
_PROVINCE_END = re.compile(r"^(?:省|市|[\u4e00-\u9fff]{0,4}自治区)")
_DISTRICT_ENDS = ("区", "县", "旗")
_HEAD = 4
_COURT_LINE = re.compile(
    r"[【\[(]?(?P<court>[\u4e00-\u9fff]{2,16}人民法院)"
    r"(?:$|[】\])(]|民事|执行|传票|支付令|应诉|举证|通知|裁定|判决|限制|报告)"
)
_COURT_NAME = re.compile(
    r"(?<!向)(?<!于)(?<!由)(?<!经)(?<!到)(?P<court>(?:(?!向|于|由|经|到|在|你|您|是)[\u4e00-\u9fff]){2,16}?人民法院)"
)
_HIGHER = re.compile(
    r"上诉[于至](?P<above>[\u4e00-\u9fff]{2,20}?人民法院)"
    r"|向(?P<asked>[\u4e00-\u9fff]{2,20}?人民法院)(?:申请复议|提[出起]上诉)"
)
"""The court to which one appeals: never the one whose paper it is."""


def read_case_numbers(text: PaperText, words: CourtNumbers) -> tuple[CaseNumber, ...]:
    """Every case number, those of courts first, in the order of the text."""
    running = text.running.replace(" ", "")
    court = court_of(text)
    found = [*_of_courts(running, court, words)]
    if not found:
        found = [_bare(match) for match in _BARE.finditer(running)]
    if not found:
        lines = (line.replace(" ", "") for line in text.lines)
        found = [
            CaseNumber(written=match[0].upper(), year=int(match["year"] or match["later"]))
            for line in lines
            for match in _OTHER.finditer(line)
            if words.numbered.search(match[0])
        ]
    return tuple({each.written: each for each in found}.values())


def own_number(numbers: tuple[CaseNumber, ...], text: PaperText) -> CaseNumber | None:
    """The number of the paper itself: one that stands on a line of its own, else the first."""
    for line in text.lines[:8]:
        plain = line.replace(" ", "")
        for each in numbers:
            if each.written in plain and len(plain) - len(each.written) <= len("案号::"):
                return each
    return numbers[0] if numbers else None


def court_of(text: PaperText) -> str:
    """The court whose paper it is: alone on a line, else the first that is named in full."""
    running = text.running.replace(" ", "")
    higher = {each for match in _HIGHER.finditer(running) for each in match.groups()}
    for line in (*text.lines[:_HEAD], *reversed(text.lines[_HEAD:])):
        alone = _COURT_LINE.match(line.replace(" ", ""))
        if alone is not None and (line in text.lines[:_HEAD] or alone["court"] not in higher):
            return alone["court"]
    named = _COURT_NAME.search(_HIGHER.sub("", running))
    return "" if named is None else named["court"]


def _of_courts(running: str, court: str, words: CourtNumbers) -> Iterator[CaseNumber]:
    for match in _COURT.finditer(running):
        kind = match["kind"]
        if words.not_court.search(kind):
            continue
        written = (
            f"（{match['year']}）{match['code']}{match['court'] or ''}{kind}"
            f"{match['old'] or ''}{match['number']}号{match['part']}"
        )
        yield CaseNumber(
            written=written,
            year=int(match["year"]),
            code=match["code"],
            kind=kind,
            stage=words.types.get(kind, ""),
            faults=tuple(_faults(match, court, words)),
        )


def _bare(match: re.Match[str]) -> CaseNumber:
    written = f"（{match['year']}）{match['kind']}{match['old'] or ''}{match['number']}号"
    return CaseNumber(written=written, year=int(match["year"]), faults=("no_code",))


def _faults(match: re.Match[str], court: str, words: CourtNumbers) -> Iterator[str]:
    year, code = int(match["year"]), match["code"]
    if code[0] in words.not_used:
        yield "wrong_letter"
    if match["old"] and year >= words.since:
        yield "old_form"
    if match["kind"] not in words.types:
        yield "unknown_type"
    if words.types.get(match["kind"]) == "criminal":
        yield "criminal"
    if not court or words.special.search(court) or code[0] in {"最", "军", "兵"}:
        return
    if (expected := _digits(court)) != len(code) - 1:
        yield "wrong_level" if abs(expected - len(code) + 1) > 1 else "wrong_digits"
    if is_elsewhere(court, code, words):
        yield "wrong_place"


def _digits(court: str) -> int:
    return next((count for level, count in _DIGITS_OF_LEVEL.items() if level in court), _BASIC)


def is_elsewhere(court: str, code: str, words: CourtNumbers) -> bool:
    """Whether the place in a court's name is not the one that the code stands for."""
    province, rest = _province_at_head(court, words)
    if province is not None and province != code[0]:
        return True
    named = [key for key in _cities_at_head(rest, words) if province in (None, key[0])]
    return bool(named) and all(
        not code.startswith(key) and not key.startswith(code) for key in named
    )


def fits(number: CaseNumber, court: str, words: CourtNumbers) -> bool:
    """Whether code and court surely belong together: their place is known and the same."""
    if number.faults or not number.code or not court:
        return False
    province, rest = _province_at_head(court, words)
    return province == number.code[0] or number.code[:3] in _cities_at_head(rest, words)


def _province_at_head(court: str, words: CourtNumbers) -> tuple[str | None, str]:
    """The letter of the province with which a court's name begins, and what follows it.

    河北区 in Tianjin is no province, but like one.
    """
    for letter, province in words.provinces.items():
        rest = court.removeprefix(province)
        if rest != court and not rest.startswith(_DISTRICT_ENDS):
            return letter, _PROVINCE_END.sub("", rest)
    return None, court


def _cities_at_head(name: str, words: CourtNumbers) -> list[str]:
    """The codes of the cities with which a name begins; 朝阳区 is no city, but like one."""
    return [
        key
        for key, city in words.cities.items()
        if name.startswith(_stem(city))
        and not name.removeprefix(_stem(city)).startswith(_DISTRICT_ENDS)
    ]


def _stem(city: str) -> str:
    return city.removesuffix("市").removesuffix("地区")
