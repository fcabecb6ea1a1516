"""Which sum in a message belongs to which question: 工资4500 房租1200 吃饭1000. Only reads."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.facts.amounts import Amount, read_amounts
from bot.facts.folding import fold
from bot.facts.periods import MONTH, ONCE
from bot.knowledge.questions import Question, QuestionKind

_REACH = 14
_BARS = re.compile(r"[。;!?\n]")
_FILLERS = re.compile(
    "(?:大概|差不多|大约|每个?月|一个月|平均|现在|基本上?|一般|只有|也就|平常"
    "|[我约就有是元块吧了,，。、: ])*"
)
_OWED = re.compile("[借欠贷]")  # 给孩子看病借了三万 is no cost of a month.
_GAP_AFTER = re.compile(r"[ ,，、:]")
_PAID = re.compile("[还付交]了?(?:款|清)?(?:总共|一共|共)?$|[共计]$")
_INSTEAD, _LESS = "/instead", "/less"


def named_amounts(
    questions: Iterable[Question], text: str, asked: str | None = None
) -> Mapping[str, tuple[Amount, ...]]:
    """The sums by the question named beside them; the first without a name goes to `asked`."""
    asking = [each for each in questions if each.kind is QuestionKind.AMOUNT]
    folded = fold(text)
    amounts = read_amounts(text, is_answer=True)
    names = _names(asking, folded, amounts)
    if asked not in names and any(each.id == asked for each in asking):
        alone = _alone(folded, amounts, names)
        names[alone : alone + 1] = [asked] if alone < len(names) else []
    found: dict[str, tuple[Amount, ...]] = {}
    for amount, name in zip(amounts, names, strict=True):
        if name is not None:
            found[name] = (*found.get(name, ()), amount)
    return found


def told_amounts(
    questions: Sequence[Question], text: str, asked: str | None = None
) -> Mapping[str, tuple[Amount, ...]]:
    """`named_amounts`, and what is named instead: 借一万 扣了一千 tells what was received.

    Where both are told, a sum that is their difference is no answer of its own.
    """
    shadows = [shadow for each in questions for shadow in _shadows(each)]
    found = dict(named_amounts([*questions, *shadows], text, asked))
    for question in questions:
        others = found.pop(f"{question.id}{_INSTEAD}", ())
        taken = _sum(found.pop(f"{question.id}{_LESS}", ()))
        if question.id in found:
            between = _sum(others) - _sum(found[question.id])
            found = {name: each for name, each in found.items() if _sum(each) != between}
        elif others:
            first = others[0]
            kept = replace(first, low=first.low - taken, high=first.high - taken)
            found[question.id] = (kept, *others[1:])
    return found


def told_without_name(
    question: Question, questions: Sequence[Question], text: str
) -> tuple[Amount, ...]:
    """The sums that no question is named beside and that may answer this one: 花呗8000 分12期.

    What was paid in all is neither what was received nor what is paid each month.
    """
    folded = fold(text)
    shadows = [shadow for each in questions for shadow in _shadows(each)]
    amounts = read_amounts(text, is_answer=True)
    period = MONTH if question.measure.is_monthly else ONCE
    return tuple(
        amount
        for amount, name in zip(
            amounts, _names([*questions, *shadows], folded, amounts), strict=True
        )
        if name is None
        and amount.period == period
        and not (period == ONCE and _PAID.search(folded[: amount.start]))
    )


def _shadows(question: Question) -> Iterator[Question]:
    """Questions that nobody is asked, for the words that name a sum instead."""
    measure = question.measure
    if measure.instead:
        yield replace(question, id=f"{question.id}{_INSTEAD}", words=measure.instead)
        yield replace(question, id=f"{question.id}{_LESS}", words=measure.less)


def _sum(amounts: Iterable[Amount]) -> Decimal:
    return sum((each.low for each in amounts), Decimal(0))


def denied(questions: Iterable[Question], text: str) -> frozenset[str]:
    """The questions for sums whose words for nothing are there: 跟爸妈住.

    没保险 is not enough: who has no insurance may still pay for medicine.
    """
    folded = fold(text)
    return frozenset(
        each.id for each in questions if each.measure.none and each.measure.none.search(folded)
    )


def _alone(folded: str, amounts: Sequence[Amount], names: Sequence[str | None]) -> int:
    """The place of the first sum that stands for itself; behind the last when none does."""
    last = 0
    for place, (amount, name) in enumerate(zip(amounts, names, strict=True)):
        if name is None and _FILLERS.fullmatch(folded, last, amount.start):
            return place
        last = amount.end
    return len(names)


def _names(
    questions: Sequence[Question], folded: str, amounts: Sequence[Amount]
) -> list[str | None]:
    """The question of each sum; words stand before their sums, or all behind them.

    A sum of a month is no total, whatever stands before it: 服务费，每月还2500.
    """
    places = [(each.start, each.end) for each in amounts]
    starts = [0, *(end for _, end in places)]
    stops = [*(start for start, _ in places), len(folded)]
    gaps = [folded[start:stop] for start, stop in zip(starts, stops, strict=True)]
    before = [_last_named(questions, gap) for gap in gaps[:-1]]
    behind = [_first_named(questions, gap) for gap in gaps[1:]]
    is_behind = bool(amounts) and before[0] is None and behind[-1] is not None
    named = behind if is_behind else before
    inside = [_last_named(questions, folded[slice(*place)]) for place in places]
    totals = {each.id for each in questions if each.measure.is_total}
    return [
        within if within and amount.period != ONCE and name in totals else name or within
        for amount, name, within in zip(amounts, named, inside, strict=True)
    ]


def _last_named(questions: Sequence[Question], gap: str) -> str | None:
    """The question whose word ends last in the words before a sum."""
    barred = max((found.end() for found in _BARS.finditer(gap)), default=0)
    near = gap[max(barred, len(gap) - _REACH) :]
    ends = [
        (near.rfind(word) + len(word), len(word), question.id)
        for question in questions
        for word in question.words
        if word in near
    ]
    if not ends:
        return None
    end, _, name = max(ends)
    return None if _OWED.search(near, end) else name


def _first_named(questions: Sequence[Question], gap: str) -> str | None:
    """The question whose word begins right behind a sum."""
    parted = _GAP_AFTER.search(gap)
    near = gap[: parted.start() if parted else _REACH]
    starts = [
        (near.find(word), -len(word), question.id)
        for question in questions
        for word in question.words
        if word in near
    ]
    return min(starts)[2] if starts else None
