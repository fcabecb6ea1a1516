"""What is owed, to whom and how late: lender, product, amount, overdue time."""

import re
from dataclasses import dataclass

from bot.concepts.fact_words import FactWords
from bot.facts.numerals import NUMBER, read_number
from bot.facts.story import Story

_PRODUCT_OF_LENDER = {"platform": "online_loan", "consumer_finance": "consumer_finance"}
_AMOUNT = rf"(?P<number>{NUMBER})(?P<unit>万|千|百)?[多余来]?(?P<money>块钱?|元|钱|w|k|万)?"
_UNITS = {"天": "D", "日": "D", "周": "W", "星期": "W", "礼拜": "W", "月": "M", "年": "Y"}
_DURATION = rf"(?P<number>{NUMBER}|半)个?半?(?P<unit>天|日|周|星期|礼拜|月|年)"
_TIMES = {"万": 10000, "千": 1000, "百": 100}


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
    before = words.product.amount_before.pattern
    after = words.product.amount_after.pattern
    for pattern in (rf"(?:{before}){_AMOUNT}", rf"{_AMOUNT}(?:{after})"):
        for match in re.finditer(pattern, story.text):
            value = read_number(match["number"])
            if value is None:
                continue
            value *= _TIMES.get(match["unit"] or "", 1)
            if match["money"] or value >= 100:
                return value
    return None


def _overdue(story: Story, words: FactWords) -> str | None:
    pattern = rf"(?:{words.product.overdue.pattern}){_DURATION}"
    for match in re.finditer(pattern, story.text):
        if match["number"] == "半":
            return {"年": "P6M", "月": "P15D"}.get(match["unit"])
        if value := read_number(match["number"]):
            return f"P{value}{_UNITS[match['unit']]}"
    return None
