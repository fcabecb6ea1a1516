"""What is owed, to whom and how late: lender, product, amount, overdue time."""

import re
from dataclasses import dataclass

from bot.concepts.fact_words import FactWords
from bot.facts.numbers import Number, read_numbers
from bot.facts.story import Story

_PRODUCT_OF_LENDER = {"platform": "online_loan", "consumer_finance": "consumer_finance"}
_REACH = 16
_UNITS = {"天": "D", "日": "D", "周": "W", "月": "M", "个月": "M", "年": "Y"}
_SMALL_UNIT = {"Y": ("M", 12), "M": ("D", 30), "W": ("D", 7)}
_WORTH_A_WORD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """`amount` in yuan, at least; `overdue` as an ISO 8601 duration."""

    lender: str | None
    lender_kind: str | None
    product: str | None
    amount: int | None
    overdue: str | None


def find_debt(story: Story, words: FactWords) -> Debt:
    """All that the story says of the debt."""
    lender, kind = _lender(story, words)
    return Debt(
        lender=lender,
        lender_kind=kind,
        product=_product(story, words, kind),
        amount=_amount(story, words),
        overdue=_overdue(story, words),
    )


def _lender(story: Story, words: FactWords) -> tuple[str | None, str | None]:
    """The lender named first, but for 不是招行; of two at one place the longer name."""
    found = [
        (place.start, -place.end, story.as_written(place), entry.kind)
        for entry in words.lenders
        for place in story.find(entry.written)
        if not words.stance.mistaken.search(story.before(place, story.clause(place)))
    ]
    if not found:
        return None, None
    _, _, name, kind = min(found)
    return name, kind


def _product(story: Story, words: FactWords, lender_kind: str | None) -> str | None:
    """One product; None when the story names several or none."""
    named = {
        product
        for product in ("credit_card", "bank_loan", "online_loan", "consumer_finance")
        if getattr(words.product, product).search(story.text)
    }
    if len(named) > 1:
        return None
    if named:
        return named.pop()
    return _PRODUCT_OF_LENDER.get(lender_kind or "")


def _amount(story: Story, words: FactWords) -> int | None:
    """The first sum that stands behind a word of owing, or before one of money owed."""
    before = re.compile(f"(?:{words.product.amount_before.pattern})$")
    sums = [
        number
        for number in read_numbers(story.text)
        if number.unit == "元" or (not number.unit and number.low >= _WORTH_A_WORD)
    ]
    owed = [number for number in sums if before.search(_before(story, number))]
    named = [number for number in sums if words.product.amount_after.match(story.text, number.end)]
    return next((int(number.low) for number in (*owed, *named)), None)


def _overdue(story: Story, words: FactWords) -> str | None:
    """The first span of time behind a word of being late."""
    overdue = re.compile(f"(?:{words.product.overdue.pattern})$")
    for number in read_numbers(story.text):
        if (unit := _UNITS.get(number.unit)) and overdue.search(_before(story, number)):
            return _duration(number, unit)
    return None


def _duration(number: Number, unit: str) -> str | None:
    """P3M; what is no whole number of a unit is told in the smaller one."""
    value = number.low
    if value != int(value) and unit in _SMALL_UNIT:
        unit, times = _SMALL_UNIT[unit]
        value *= times
    return f"P{int(value)}{unit}" if value else None


def _before(story: Story, number: Number) -> str:
    return story.text[max(0, number.start - _REACH) : number.start]
