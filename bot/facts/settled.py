"""One of several debts that is paid off: 美团那个还清了."""

from dataclasses import replace
from datetime import datetime

from bot.concepts.case import Case
from bot.facts.answer_signs import is_question
from bot.facts.stages import is_settled
from bot.facts.story import Span
from bot.facts.telling import CaseVocabulary, Telling

_LONGEST = 30
_SHORT_NAME = 2
"""Characters by which a lender is called among others: 美团 for 美团借钱."""


def paid_off(text: str, case: Case, words: CaseVocabulary, now: datetime) -> str | None:
    """The lender of several who got all, of those that the case knows; None where none did."""
    if len(case.lenders) < 2 or len(text) > _LONGEST or is_question(text):
        return None
    telling = Telling.of(text, words, now)
    spoken = telling.story.text
    named: dict[str, int] = {}
    for lender in case.lenders:
        ways = (words.normalize(lender), words.normalize(lender)[:_SHORT_NAME])
        place = next((spoken.find(each) for each in ways if each in spoken), -1)
        if place >= 0:
            named[lender] = place
    if len(named) != 1:
        return None
    lender, start = named.popitem()
    return lender if is_settled(telling, Span(start, start + _SHORT_NAME)) else None


def without_paid(case: Case, lender: str) -> Case:
    """The case with one debt less."""
    share, amount = case.shares.get(lender), case.amount
    left = None if amount is None or share is None else amount - share
    return replace(
        case,
        lenders=tuple(each for each in case.lenders if each != lender),
        shares={name: value for name, value in case.shares.items() if name != lender},
        amount=amount if left is None else left or None,
        debts=case.debts - 1 if case.debts is not None and case.debts > 1 else case.debts,
    )
