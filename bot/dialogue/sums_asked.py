"""Sums that a message asks for: 三万三分60期一个月多少, 一个月600够吗. Principal only."""

import re
from math import ceil

from bot.concepts.case import Case
from bot.dialogue.step import Effect, task, utterance
from bot.facts.amounts import Amount, read_amounts
from bot.facts.folding import fold
from bot.facts.numbers import read_numbers
from bot.facts.periods import ONCE

PLAN_LINE, SUM_TOTAL = "plan_line", "sum_total"
"""What a month's sum means for what is owed, and what is owed in all."""
DEBT_ADDED, DEBT_PAID = "debt_added", "debt_paid"
"""That a further debt, or that the end of one, was heard."""

_LONGEST, _FEW_WORDS = 40, 20
_ASKS_EACH = re.compile(
    "(?:每个?月|一个?月|每期|一期|月供)[^,，。0-9]{0,6}(?:多少|几[百千])|多少[^,，。]{0,4}(?:一个?月|一期|每期)"
)
_ASKS_TERM = re.compile("(?:多久|几年|多少年|几个月|多少个?[期月]|几期)[^,，。]{0,6}$")
_INTO = re.compile("分成?(?=[0-9一二两三四五六七八九十]+(?:期|个?月|年))")
"""33000分5年 is no sum in cents."""
_NUMBER = "[0-9.一二两三四五六七八九十百千万]+"
_ASIDE = "(?:那|这样|要是|如果|我|就|嗯|哦|按|照|改|换|的话|[,，。! ])*"
_SUPPOSED = "(?:呢|喃|的话|咧|怎么样|咋样|来算|[?？ ])+"
_TERM_ALONE = re.compile(
    f"{_ASIDE}(?:分|拉长|延长|拖)(?:成|到)?{_NUMBER}(?:期|个月|年){_SUPPOSED}"
)
"""分36期呢: another term is supposed; 分60期行不行 asks whether one may."""
_ENOUGH = re.compile(
    "够不够|够了?(?:吗|么|没|不|迈|[?？]|$)|正好|刚好|(?:行|中|成)不|[行可]以?吗|得唔得|可不可以"
)
_A_MONTHS = re.compile(
    "(?:每个?月|一个?月|每期|一期|月供)[^,，。]{0,8}$|^[^,，。]{0,4}(?:一个?月|每个?月)"
)
_PLAN_ALONE = re.compile(
    f"{_ASIDE}(?:现在|一起|一共|总)*(?:够了?(?:吗|么|没|不)?|够不够|正好|刚好|刚够|还?差多少)"
    "(?:了|是吧|对吧|吧|呢|[?？ ])*"
)
_ASKS_WHEN_PAID = re.compile(
    "(?:要|得|需要?|能|会)(?:还|付)(?:到)?(?:多久|多长时间|好久|几耐|几年|几个月|多少个?[期月年])"
    "|(?:多久|多长时间|好久|几年|几个月|啥时候|什么时候|哪年)(?:才)?(?:能|可以)?(?:还得?|付)(?:完|清)"
)
_ASKS_TOTAL = re.compile(
    "(?:一共|总共|总计|加起来|加一起|加一块儿?|拢共|统共|合起来|全部|总数)"
    "(?:是|有|欠|到底|现在|我)*(?:多少|好多|几多)"
)
_OTHER_TOTALS = re.compile("利息|违约金|罚息|费|还过|还了|借过|打了|催")
_OF_DEBT = re.compile("欠|债|账|来着|现在|剩")
_ASKS_LEAST = re.compile(
    f"{_ASIDE}(?:最少|至少|起码|最低)?(?:每个?月|一个?月)(?:最少|至少|起码|最低|到底|应该|该|要|得|需要|给|拿)*"
    "还(?:他们?|银行)?(?:多少|几多|好多)(?:钱|合适|才行|才够|才好|呢|啊|[?？ ])*"
)
_MONTHS = {"期": 1, "个月": 1, "月": 1, "年": 12}
_WORTH = 100
_PARTS = 4
"""A sum of which so many would pay all that is owed is no month's."""


def sums_asked(text: str, case: Case, *, is_planned: bool = False) -> Effect | None:
    """What is asked of the sums of a case; None where no such sum is asked for.

    `is_planned` where a plan was worked out before: then 够吗 and 那正好 are of it.
    """
    if len(text) > _LONGEST:
        return None
    spoken = fold(text)
    told = _INTO.sub("，", text)
    sums = [each for each in read_amounts(told) if each.low >= _WORTH]
    return (
        _each_month(told, spoken, sums, case)
        or _term(spoken, sums, case)
        or _of_plan(spoken, sums, case, is_planned=is_planned)
        or _total(spoken, sums, case, is_planned=is_planned)
    )


def _each_month(text: str, spoken: str, sums: list[Amount], case: Case) -> Effect | None:
    """What a month comes to in a number of terms."""
    whole = next((int(each.low) for each in sums if each.period == ONCE), None)
    amount, months = whole or case.amount, _term_in(text)
    if not amount or not months:
        return None
    is_asked = _ASKS_EACH.search(fold(text)) or _TERM_ALONE.fullmatch(spoken)
    return _told("sum_each_month", amount, months, ceil(amount / months)) if is_asked else None


def _term(spoken: str, sums: list[Amount], case: Case) -> Effect | None:
    """How long it takes at a month's sum that is named."""
    whole = next((int(each.low) for each in sums if each.period == ONCE), None)
    monthly = next((int(each.a_month) for each in sums if each.period != ONCE), None)
    amount = whole or case.amount
    if amount and monthly and _ASKS_TERM.search(spoken):
        return _told("sum_term", amount, ceil(amount / monthly), monthly)
    return None


def _of_plan(spoken: str, sums: list[Amount], case: Case, *, is_planned: bool) -> Effect | None:
    """Whether a month's sum is enough, and how long it takes at what was told."""
    if not case.amount or len(spoken) > _FEW_WORDS:
        return None
    if len(sums) == 1:
        monthly = int(sums[0].a_month)
        is_small = monthly * _PARTS <= case.amount
        is_monthly = sums[0].period != ONCE or _A_MONTHS.search(spoken) or is_planned
        is_asked = is_small and is_monthly and _ENOUGH.search(spoken)
        return task(PLAN_LINE, monthly=monthly) if is_asked else None
    if is_planned and not sums and _ASKS_LEAST.fullmatch(spoken):
        return task(PLAN_LINE, is_least=True)
    if sums or not case.monthly_ability:
        return None
    is_asked = is_planned and _PLAN_ALONE.fullmatch(spoken)
    return task(PLAN_LINE) if is_asked or _ASKS_WHEN_PAID.search(spoken) else None


def _total(spoken: str, sums: list[Amount], case: Case, *, is_planned: bool) -> Effect | None:
    """What is owed in all; among other matters only where it is said that this is asked."""
    if sums or not case.amount or len(spoken) > _FEW_WORDS or _OTHER_TOTALS.search(spoken):
        return None
    is_meant = is_planned or _OF_DEBT.search(spoken)
    return task(SUM_TOTAL) if is_meant and _ASKS_TOTAL.search(spoken) else None


def _term_in(text: str) -> int | None:
    """Months of a term; 一个月 alone is none."""
    terms = [
        int(each.low) * _MONTHS[each.unit] for each in read_numbers(text) if each.unit in _MONTHS
    ]
    return next((each for each in terms if each > 1), None)


def _told(name: str, amount: int, months: int, monthly: int) -> Effect:
    return utterance(name, amount=f"{amount:,}", months=str(months), monthly=f"{monthly:,}")
