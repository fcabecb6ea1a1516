"""Checks a sum against its question: the right period, the usual size, one sum and no range."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.facts.amounts import (
    Amount,
    AmountProblem,
    answer_of,
    irregular_pay,
    read_amount_answer,
    read_amounts,
)
from bot.facts.folding import fold
from bot.facts.periods import DAY, ONCE
from bot.knowledge.checked_answer import IS_A_QUESTION, IS_UNKNOWN, CheckedAnswer
from bot.knowledge.named_amounts import denied, named_amounts
from bot.knowledge.questions import Question
from bot.knowledge.understood import amounts_text, range_text, yuan

_UTTERANCES: Mapping[AmountProblem, str] = {
    "question": IS_A_QUESTION,
    "not_an_amount": "answer_not_an_amount",
    "unknown": IS_UNKNOWN,
    "irregular": "answer_is_irregular",
    "range": "answer_is_a_range",
    "several": "answer_has_several_amounts",
    "daily_wage": "answer_is_a_daily_wage",
}
_LITERAL = re.compile(r"[0-9]+(?:\.[0-9]{1,2})? ?[元块]?")
_FEN = Decimal("0.01")
_NOTHING = Decimal(0)


def check_amount(question: Question, text: str, known: Mapping[str, str]) -> CheckedAnswer:
    """The yuan of an answer; `known` are the answers to other questions, by id."""
    if question.measure.is_earned and (pay := irregular_pay(text)) is not None:
        return check_irregular(question, pay)
    answer = read_amount_answer(text)
    if answer.is_none or (answer.problem == "not_an_amount" and denied([question], text)):
        return CheckedAnswer(value=_written(_NOTHING), understood=yuan(_NOTHING))
    if answer.problem == "several":
        own = named_amounts([question], text).get(question.id, ())
        if len(own) == len(read_amounts(text, is_answer=True)):
            return check_amounts(question, own, known)
    if answer.amount is not None and answer.problem != "question":
        checked = check_amounts(question, (answer.amount,), known)
        is_literal = checked.value is not None and _LITERAL.fullmatch(fold(text).strip())
        return replace(checked, understood="") if is_literal else checked
    problem = _UTTERANCES[answer.problem or "not_an_amount"]
    candidate = _written(_value(question, answer.amount)) if answer.amount else None
    return CheckedAnswer(problem=problem, candidate=candidate)


def check_irregular(question: Question, pay: Amount) -> CheckedAnswer:
    """Pay that differs is asked back once: the lowest month counts."""
    return CheckedAnswer(
        problem=_UTTERANCES["irregular"],
        candidate=_written(_value(question, pay)),
        understood=range_text(pay.low, pay.high),
    )


def check_amounts(
    question: Question, amounts: Sequence[Amount], known: Mapping[str, str]
) -> CheckedAnswer:
    """The yuan of one sum, or of several that together answer the question."""
    value = sum((_value(question, each) for each in amounts), _NOTHING)
    for amount in amounts:
        problem = _problem(question, amount)
        if problem == "answer_is_a_range":
            understood = range_text(amount.low, amount.high)
            return CheckedAnswer(problem=problem, candidate=_written(value), understood=understood)
        if problem:
            return CheckedAnswer(problem=problem, understood=yuan(amount.low))
    understood = amounts_text(amounts, value)
    if _is_implausible(question, value, known):
        return CheckedAnswer(
            problem="answer_implausible", candidate=_written(value), understood=understood
        )
    return CheckedAnswer(value=_written(value), understood=understood)


def _problem(question: Question, amount: Amount) -> str | None:
    if amount.period != ONCE and question.measure.is_total:
        return "answer_is_not_a_total"
    if question.measure.is_earned and amount.period == DAY:
        return _UTTERANCES["daily_wage"]
    problem = answer_of(amount).problem
    return None if problem is None or problem == "daily_wage" else _UTTERANCES[problem]


def _is_implausible(question: Question, value: Decimal, known: Mapping[str, str]) -> bool:
    """Outside what is usual, or above the answer that bounds it; nothing at all is usual."""
    if not value:
        return False
    if (
        question.measure.usual
        and not question.measure.usual[0] <= value <= question.measure.usual[1]
    ):
        return True
    bound = known.get(question.measure.at_most or "")
    return bool(bound) and value > Decimal(bound or 0)


def _value(question: Question, amount: Amount) -> Decimal:
    return amount.a_month if question.measure.is_monthly else amount.low


def _written(value: Decimal) -> str:
    return str(value.quantize(_FEN))
