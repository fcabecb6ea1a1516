"""Every sum of money in a text with its period, and what a sum means as an answer.

60期, 逾期4个月, telephone numbers, days and clock times are no sums.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from itertools import zip_longest
from typing import Literal

from bot.facts.answer_signs import (
    is_irregular,
    is_nothing,
    is_story,
    is_unknown,
    without_questions,
)
from bot.facts.clock import clock_in
from bot.facts.codes import blank_codes
from bot.facts.day_words import blanked_at, find_day_words
from bot.facts.folding import fold
from bot.facts.numbers import Number, numbers_in
from bot.facts.periods import DAY, MONTH, ONCE, WEEK, YEAR, find_period

AmountProblem = Literal[
    "question", "not_an_amount", "unknown", "irregular", "range", "several", "daily_wage"
]
"""Why an answer is not simply one sum."""

_A_MONTH = {ONCE: Decimal(1), MONTH: Decimal(1), DAY: Decimal(30), WEEK: Decimal(4)}
_MONTHS_A_YEAR, _MOST_DAYS = 12, 31
_FEN = Decimal("0.01")
_WORTH_A_WORD = 100
"""Yuan from which a bare number is taken for money; a smaller one needs a word of money."""
_SEVERAL_TIMES = 2
"""几千 is as good as nothing: who says so is asked back, who says 三千多 is not."""

_MONEY_BEFORE = re.compile(
    "(?:[欠还花挣赚付交给借贷费钱剩存薪租额息款]|工资|收入|到手|月供|本金|一共|总共|开销|支出|开支"
    "|奶粉|吃饭|伙食|补贴|奖金|低保|退休金|生活费|物业|水电|燃气|地铁|公交|交通)"
    "[了有是要大概约差不多就:的共得去掉 ]{0,4}$"
)
_NO_MONEY_AFTER = re.compile(
    "[ 多来]?(?:电话(?![费卡])|来电|短信|骚扰|未接|[条个次名岁%股级楼℃]"
    "|人(?![家民工事均情人])|平(?![安时常均台])|度(?!小满|假)|公里|分(?![钱期]))"
)
_SMALL_COINS = re.compile("[角毛]|分钱")
_REACH = 8
_BETWEEN = "[^,，。0-9一二两三四五六七八九十]{0,4}$"
_BAD_MONTH = re.compile(
    f"(?:[差坏淡少闲低]的?(?:时候?|月份?|季|个月)|不好的?时候?|最[少低差]|没活|生意差|活少){_BETWEEN}"
)
_GOOD_MONTH = re.compile(
    f"(?<!不)(?:[好旺多忙高]的?(?:时候?|月份?|季|个月)|最[多高好]|生意好|活多){_BETWEEN}"
)
_NO_PAY = re.compile(
    "(?:还款|额度|消费|利息|[欠花]|房租|租金|吃饭|伙食|生活费|月供|房贷|那笔|这笔)[^,，。0-9]*$"
)
"""最低还款2300, 房租最少1200: the least or the most of something else."""
_TENS_EACH = re.compile("(?<=十)(?=一(?:天|个月|周|年))")
"""三十一天, where a sum is asked for, is thirty a day."""
_BY_SUM = re.compile(
    "[按照用取](?P<sum>[0-9.一二两三四五六七八九十百千万]+)(?:元|块)?[来去]?[算计填写吧]"
)
_PLUS = re.compile(r" ?(?:元|块钱?)? ?(?:\+|加上?|再加) ?")
_LEADING_MINUS = re.compile(r"\s*-\s*[0-9]")


@dataclass(frozen=True, slots=True)
class Amount:
    """From `low` to `high` yuan each `period`: once, day, week, month or year.

    `start` to `end` covers the words of the period too. `is_wage` for pay by the day worked.
    """

    low: Decimal
    high: Decimal
    period: str
    start: int
    end: int
    is_approximate: bool = False
    is_wage: bool = False
    is_range: bool = False

    @property
    def a_month(self) -> Decimal:
        """Yuan a month, the lower bound; a day counts thirty times, a week four times."""
        if self.period == YEAR:
            return (self.low / _MONTHS_A_YEAR).quantize(Decimal(1), ROUND_FLOOR)
        return self.low * _A_MONTH[self.period]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountAnswer:
    """What was answered: yuan in `period`. `problem` says what to ask back.

    Beside range and daily_wage `amount` is the sum that is asked about; beside question that
    which was given along with the question, if any.
    """

    amount: Amount | None = None
    is_none: bool = False
    problem: AmountProblem | None = None

    @property
    def value(self) -> Decimal | None:
        """The sum, or the lower bound of a range; 0 when there is none."""
        if self.is_none:
            return Decimal(0)
        return self.amount.low if self.amount else None

    @property
    def range(self) -> tuple[Decimal, Decimal] | None:
        """Both bounds, when they differ."""
        if self.amount is None or self.amount.low == self.amount.high:
            return None
        return self.amount.low, self.amount.high


def read_amounts(text: str, *, is_answer: bool = False) -> tuple[Amount, ...]:
    """The sums of money of a text, in order; of an answer small bare numbers are some too."""
    folded = fold(text)
    blanked = _without_days(folded, is_answer=is_answer)
    amounts = _amounts(blanked, folded, is_answer=is_answer)
    return _with_days_worked(amounts, blanked) if is_answer else amounts


def read_amount_answer(text: str) -> AmountAnswer:
    """What a text means as the answer to a question for a sum."""
    folded = fold(text)
    told = without_questions(folded)
    amounts = _amounts(_without_days(told, is_answer=True), told, is_answer=True)
    if told != folded:
        only = amounts[0] if len(amounts) == 1 else None
        return AmountAnswer(amount=only, problem="question")
    if _LEADING_MINUS.match(folded) or is_story(text):
        return AmountAnswer(problem="not_an_amount")
    amounts = _merged(_with_days_worked(amounts, told), folded)
    if not amounts and (parted := _TENS_EACH.sub(" ", folded)) != folded:
        return read_amount_answer(parted)
    if not amounts:
        return _without_amount(text)
    if len(amounts) > 1:
        return _of_several(text, amounts)
    return answer_of(amounts[0])


def _without_amount(text: str) -> AmountAnswer:
    if is_nothing(text):
        return AmountAnswer(is_none=True)
    if is_unknown(text):
        return AmountAnswer(problem="unknown")
    if is_irregular(text):
        return AmountAnswer(problem="irregular")
    return AmountAnswer(problem="not_an_amount")


def irregular_pay(text: str) -> Amount | None:
    """Pay of good months and of bad ones, from the lowest to the highest; None where not told.

    好的时候九千 差的时候四千五: what is told for a day, or beside another matter, is none of it.
    """
    folded = fold(text)
    low: list[Amount] = []
    high: list[Amount] = []
    for each in _amounts(_without_days(folded, is_answer=True), folded, is_answer=True):
        before = folded[max(0, each.start - _REACH) : each.start]
        if each.period in (ONCE, MONTH) and not _NO_PAY.search(before):
            low += [each] if _BAD_MONTH.search(before) else []
            high += [each] if _GOOD_MONTH.search(before) else []
    if not low or not high:
        return None
    least, most = min(low, key=lambda each: each.low), max(each.high for each in high)
    return replace(least, high=most, is_range=True)


def names_again(text: str, value: Decimal) -> bool:
    """Whether a sum that was asked back is said to be counted with: 就按2800算."""
    match = _BY_SUM.search(fold(text))
    sums = read_amounts(match["sum"], is_answer=True) if match is not None else ()
    return len(sums) == 1 and sums[0].low == value


def answer_of(amount: Amount) -> AmountAnswer:
    """What one sum means as an answer; a range or pay by the day is asked back."""
    if amount.low != amount.low.quantize(_FEN):
        return AmountAnswer(problem="not_an_amount")
    if amount.is_range or amount.high > amount.low * _SEVERAL_TIMES:
        return AmountAnswer(amount=amount, problem="range")
    if amount.is_wage:
        return AmountAnswer(amount=amount, problem="daily_wage")
    return AmountAnswer(amount=amount)


def _of_several(text: str, amounts: Sequence[Amount]) -> AmountAnswer:
    """有时3000有时5000 is a range; other sums together are not one answer."""
    if not is_irregular(text):
        return AmountAnswer(problem="several")
    low = min(amounts, key=lambda each: each.low)
    high = max(each.high for each in amounts)
    place = amounts[0].start, amounts[-1].end
    spanning = Amount(low.low, high, low.period, *place, is_range=low.low < high)
    return AmountAnswer(amount=spanning, problem="range")


def _merged(amounts: Sequence[Amount], text: str) -> tuple[Amount, ...]:
    """4500+300 is one sum; so is 一天30 beside 一个月900."""
    merged: list[Amount] = []
    for each in amounts:
        last = merged[-1] if merged else None
        if last and last.period == each.period and _PLUS.fullmatch(text, last.end, each.start):
            merged[-1] = Amount(
                last.low + each.low,
                last.high + each.high,
                last.period,
                last.start,
                each.end,
                is_range=last.is_range or each.is_range,
            )
        elif last and last.period != each.period and last.a_month == each.a_month:
            merged[-1] = each if each.period == MONTH else last
        else:
            merged.append(each)
    return tuple(merged)


def _with_days_worked(amounts: Sequence[Amount], text: str) -> tuple[Amount, ...]:
    """日薪200 beside 一个月干26天 is pay by the month."""
    days = [int(each.low) for each in numbers_in(text) if each.unit == "天" and each.low > 1]
    if len(days) != 1 or days[0] > _MOST_DAYS:
        return tuple(amounts)
    return tuple(
        replace(
            each,
            low=each.low * days[0],
            high=each.high * days[0],
            period=MONTH,
            is_wage=False,
        )
        if each.is_wage
        else each
        for each in amounts
    )


def _without_days(folded: str, *, is_answer: bool) -> str:
    """The text without codes, days and clock times; 5.3 may be a sum where one is asked for."""
    text = blank_codes(folded)
    days = [
        (each.start, each.end)
        for each in find_day_words(text)
        if each.kind != "short" or (not is_answer and "clear" in each.parts)
    ]
    text = blanked_at(text, days)
    return blanked_at(text, [(each.start, each.end) for each in clock_in(text).times])


def _amounts(blanked: str, folded: str, *, is_answer: bool) -> tuple[Amount, ...]:
    found: list[Amount] = []
    last = 0
    numbers = [each for each in numbers_in(blanked) if each.unit in ("", "元")]
    for number, after in zip_longest(numbers, numbers[1:]):
        if number.start < last:
            continue
        following = (after.start, after.end) if after else None
        period = find_period(folded, number.start, number.end, last, following)
        if not _is_money(number, blanked, has_period=period.name != ONCE, is_answer=is_answer):
            continue
        times = period.times
        start, end = min(number.start, period.start), max(number.end, period.end)
        found.append(
            Amount(
                number.low * times,
                number.high * times,
                period.name,
                start,
                end,
                number.is_approximate,
                period.is_wage,
                number.is_range,
            )
        )
        last = end
    return tuple(found)


def _is_money(number: Number, text: str, *, has_period: bool, is_answer: bool) -> bool:
    if number.unit == "元":
        return True
    if _NO_MONEY_AFTER.match(text, number.end) or _SMALL_COINS.match(text, number.end):
        return False
    if is_answer or has_period or number.low >= _WORTH_A_WORD:
        return True
    before = text[max(0, number.start - 8) : number.start]
    return before.endswith("¥") or _MONEY_BEFORE.search(before) is not None
