"""The sums of money in a message, each with the words beside it."""

import re
from dataclasses import dataclass

from bot.facts.amounts import Amount, read_amounts
from bot.facts.numbers import read_numbers
from bot.facts.periods import DAY, ONCE
from bot.facts.story import Span, Story

_MONEY = ("", "元")
_TERM = re.compile(r"(?:每|一)一?期[^,，。;!?0-9]{0,6}$")  # A term of an instalment is a month.


@dataclass(frozen=True, slots=True)
class Sum:
    """Whole yuan, the lower bound; `monthly` what it comes to in a month, None without a period.

    `before` and `after` are the words beside it, up to the clause's end or the next sum.
    """

    value: int
    monthly: int | None
    is_daily: bool
    place: Span
    before: str
    after: str


def find_sums(story: Story) -> tuple[Sum, ...]:
    """Every sum, in order."""
    numbers = [
        Span(each.start, each.end) for each in read_numbers(story.text) if each.unit in _MONEY
    ]
    sums: list[Sum] = []
    amounts = read_amounts(story.text)
    for index, amount in enumerate(amounts):
        place = _number_in(Span(amount.start, amount.end), numbers)
        clause = story.clause(place)
        last = amounts[index - 1].end if index else 0
        following = amounts[index + 1].start if index + 1 < len(amounts) else len(story.text)
        before = story.text[max(clause.start, last) : place.start]
        is_beside = _is_beside(amount, clause)
        is_monthly = (is_beside and amount.period != ONCE) or _TERM.search(before)
        sums.append(
            Sum(
                value=int(amount.low),
                monthly=int(amount.a_month) if is_monthly else None,
                is_daily=is_beside and amount.period == DAY,
                place=place,
                before=before,
                after=story.text[place.end : max(place.end, min(clause.end, following))],
            )
        )
    return tuple(sums)


def _is_beside(amount: Amount, clause: Span) -> bool:
    """The period stands in the clause of the sum; 每月，最多800 passes, not 每天催，工资4200."""
    is_after = amount.end > clause.end
    is_of_another_day = amount.period == DAY and amount.start < clause.start
    return not (is_after or is_of_another_day)


def _number_in(amount: Span, numbers: list[Span]) -> Span:
    """Where the number itself stands: an amount's place covers 每月 too."""
    inside = [each for each in numbers if amount.start <= each.start and each.end <= amount.end]
    return inside[-1] if inside else amount
