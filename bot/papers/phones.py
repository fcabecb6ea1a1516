"""Telephone numbers in a paper, as written; also those that were masked."""

import re

from bot.papers.text import PaperText, with_figures

_D = r"[0-9*]"
_GAP = r"[ \-－—–]?"
_PHONES = re.compile(
    rf"(?<![0-9*a-zA-Z/.=_-])(?:"
    rf"(?P<foreign>(?:\+|00)(?!86)[0-9]{{2,4}}{_GAP}[0-9*][0-9* -]{{5,12}}[0-9*])"
    rf"|(?P<mobile>(?:\+?86{_GAP})?1(?:[3-9]{_D})?{_D}{{0,1}}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}|\*{{11}})"
    rf"|(?P<landline>[(（]?0[1-9][0-9*]{{1,2}}[)）]?{_GAP}[2-9*]{_D}{{2,3}}{_GAP}"
    rf"(?:{_D}{{3}}[0-9*l]|(?<=[0-9*]{{4}}[ -]){_D}{{3}})"
    rf"(?:{_GAP}转?[0-9]{{1,5}})?"
    rf"|\*{{3,4}}[-－—]\*{{7,8}})"
    rf"|(?P<channel>106[0-9*]{{5,15}})"
    rf"|(?P<service>[48]00{_GAP}[0-9]{{2,4}}{_GAP}[0-9]{{3,5}}(?:{_GAP}[0-9]{{1,4}})?)"
    rf"|(?P<short>(?:95[0-9]{{3,6}}|96[0-9]{{3,4}}|12(?:368|348|378|345|363|309|315|321|356|381)|1010[0-9]{{4}})(?:-[0-9])?)"
    rf")(?![0-9*%])"
)
_MONEY = re.compile(r" ?(?:元|万|块|日|天|期|号(?:文|令)|%)")
_CODE_BEFORE = re.compile(
    r"(?:尾号|案号|编号|合同|流水|工号|证号|号码段|短信|签收码|验证码)[:：为是]?$"
)
_GROUP_BEFORE = re.compile(r"(?<![0-9*])[0-9*]{3,5}[ -]$|[号户][:：为是]? ?$")
_ACCOUNT = re.compile(r"[账帐] ?[号户]|卡 ?号|户 ?名|专户")
_BEFORE, _NEAR = 8, 40
"""Signs before a number of an account in groups (6217 0012 3400 …), and around it its label."""
_SPREAD = re.compile(r"(?<![0-9])(?:[0-9] ){4,}[0-9](?![0-9])")
MOBILE, LANDLINE, FOREIGN, SHORT, SERVICE = "mobile", "landline", "foreign", "short", "service"


def read_phones(text: PaperText) -> tuple[tuple[str, str], ...]:
    """Each number once as written, with what sort it is."""
    found: dict[str, str] = {}
    plain = _SPREAD.sub(lambda spread: spread[0].replace(" ", ""), with_figures(text.raw))
    for match in _PHONES.finditer(plain):
        sort = str(match.lastgroup)
        before = plain[max(0, match.start() - _BEFORE) : match.start()]
        if _MONEY.match(plain, match.end()) or _CODE_BEFORE.search(before):
            continue
        around = plain[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if sort == FOREIGN and _GROUP_BEFORE.search(before) and _ACCOUNT.search(around):
            continue
        digits = sum(sign.isdigit() or sign == "*" for sign in match[0])
        if sort == MOBILE and digits not in (11, 13):
            continue
        found.setdefault(match[0].strip(), sort)
    return tuple(found.items())


def digits_of(number: str) -> str:
    """The digits alone, for comparing."""
    return re.sub(r"\D", "", number)
