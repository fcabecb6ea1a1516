"""Accounts to pay into: number and holder, and whether it is a private person's."""

import re

from bot.concepts.paper_reading import Account
from bot.concepts.paper_words import PartyWords
from bot.papers.text import PaperText, with_figures

_NUMBER = re.compile(
    r"(?:[账帐] ?[号户]|卡 ?号|银行卡|专 ?户|转账?至|转入|汇至|打到|打入|存入)[^0-9*\n]{0,14}?"
    r"(?P<number>[0-9*](?:[ -]?[0-9*]){7,24})(?![0-9*])"
)
_LONG = re.compile(
    r"(?<![0-9*a-zA-Z/.=_-])(?P<number>(?:6 ?[02]|4 ?[05]|5 ?[25])(?: ?[0-9*]){14,17})(?! ?[0-9*])"
)
_SERVICE = re.compile(r"[48]00[0-9]{7}|9[56][0-9]{3,6}|1010[0-9]{4}")
_MASKED_MOBILE = re.compile(r"1[3-9][0-9]\*{4}[0-9*]{4}")
_REACH = 60


def read_accounts(text: PaperText, words: PartyWords) -> tuple[Account, ...]:
    """Those that stand near words of paying; a card of the person themselves is none."""
    holder = words.holder.search(text.running)
    name = next((each for each in holder.groups() if each), None) if holder else None
    found: dict[str, Account] = {}
    raw = with_figures(text.raw)
    for pattern in (_NUMBER, _LONG):
        for match in pattern.finditer(raw):
            number = match["number"].strip()
            before = raw[max(0, match.start() - _REACH) : match.start()]
            around = before + raw[match.start() : match.end() + _REACH]
            digits = re.sub(r"\D|\*", "", number)
            if len(digits) < 4 and "*" not in number:
                continue
            if _SERVICE.fullmatch(digits) or _MASKED_MOBILE.fullmatch(number):
                continue  # A number to call beside words of paying.
            if not words.paying.search(around.replace(" ", "")) or digits in found:
                continue
            found[digits or number] = Account(number, name, is_private(name, words))
    return tuple(found.values())


def is_private(holder: str | None, words: PartyWords) -> bool:
    """Whether the holder is named, and is no company or office."""
    return (
        holder is not None and len(holder) <= len("欧阳某某") and not words.company.search(holder)
    )
