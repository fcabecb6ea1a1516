"""Sums that a message asks for: 三万三分60期一个月多少, 每月还800要还几年. Principal only."""

import re
from math import ceil

from bot.concepts.case import Case
from bot.dialogue.step import Effect, utterance
from bot.facts.amounts import read_amounts
from bot.facts.folding import fold
from bot.facts.numbers import read_numbers
from bot.facts.periods import ONCE

_LONGEST = 40
_ASKS_EACH = re.compile(
    "(?:每个?月|一个?月|每期|一期|月供)[^,，。0-9]{0,6}(?:多少|几[百千])|多少[^,，。]{0,4}(?:一个?月|一期|每期)"
)
_ASKS_TERM = re.compile("(?:多久|几年|多少年|几个月|多少个?[期月]|几期)[^,，。]{0,6}$")
_INTO = re.compile("分成?(?=[0-9一二两三四五六七八九十]+(?:期|个?月|年))")
"""33000分5年 is no sum in cents."""
_MONTHS = {"期": 1, "个月": 1, "月": 1, "年": 12}
_WORTH = 100


def sums_asked(text: str, case: Case) -> Effect | None:
    """What a month comes to, or how long it takes; None where no such sum is asked for."""
    if len(text) > _LONGEST:
        return None
    text = _INTO.sub("，", text)
    spoken = fold(text)
    sums = [each for each in read_amounts(text) if each.low >= _WORTH]
    whole = next((int(each.low) for each in sums if each.period == ONCE), None)
    monthly = next((int(each.a_month) for each in sums if each.period != ONCE), None)
    amount = case.amount if whole is None else whole
    months = _term_in(text)
    if amount and months and _ASKS_EACH.search(spoken):
        each_month = ceil(amount / months)
        return _told("sum_each_month", amount=amount, months=months, monthly=each_month)
    if amount and monthly and _ASKS_TERM.search(spoken):
        return _told("sum_term", amount=amount, monthly=monthly, months=ceil(amount / monthly))
    return None


def _term_in(text: str) -> int | None:
    """Months of a term; 一个月 alone is none."""
    terms = [
        int(each.low) * _MONTHS[each.unit] for each in read_numbers(text) if each.unit in _MONTHS
    ]
    return next((each for each in terms if each > 1), None)


def _told(name: str, *, amount: int, months: int, monthly: int) -> Effect:
    return utterance(name, amount=f"{amount:,}", months=str(months), monthly=f"{monthly:,}")
