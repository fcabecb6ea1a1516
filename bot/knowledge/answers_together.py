"""Reads the answers to several questions out of one message: 工资4500 房租1200 分48期."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.facts.amounts import irregular_pay, read_amounts
from bot.facts.answer_signs import without_questions
from bot.facts.clock import read_clock
from bot.facts.days import read_days
from bot.facts.folding import fold
from bot.facts.numbers import read_numbers
from bot.knowledge.amount_check import check_amounts, check_irregular
from bot.knowledge.answer_check import check_answer
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.named_amounts import denied, told_amounts, told_without_name
from bot.knowledge.questions import Question, QuestionKind

_LATE = re.compile("(?:逾期|拖|欠|断供|没还)[了快有已经大概差不多约]*$")
_REACH = 10
_CENTS = re.compile("(?<=[0-9元块万千百]) ?(?=分[0-9一二三四五六七八九十])")
"""9000分12期 is no sum in cents."""


def read_answers(
    questions: Iterable[Question], text: str, now: date, *, asked: str | None = None
) -> Mapping[str, str]:
    """The canonical answers, by question id, of the questions that a message names.

    The first sum without a name answers the question `asked`. What would have to be asked back
    is left out; `read_checked` tells that too.
    """
    checked = read_checked(questions, text, now, asked=asked)
    return {name: each.value for name, each in checked.items() if each.value is not None}


def read_checked(
    questions: Iterable[Question], text: str, now: date, *, asked: str | None = None
) -> Mapping[str, CheckedAnswer]:
    """The answers that a message gives, by question id, with what is to be asked back."""
    return _read(tuple(questions), without_questions(text), now, asked)


def read_wish(questions: Iterable[Question], text: str, now: date) -> Mapping[str, str]:
    """The answers in a wish, where the question stands beside the sums: 6万的案子诉讼费多少.

    One sum alone needs no name, and a choice is told by its words.
    """
    known, told = tuple(questions), _CENTS.sub("，", fold(text))
    checked = _read(known, told, now, None)
    values = {name: each.value for name, each in checked.items() if each.value is not None}
    open_ones = [
        each
        for each in known
        if each.kind is QuestionKind.AMOUNT and not each.is_optional and each.id not in checked
    ]
    if len(open_ones) == 1:
        unnamed = told_without_name(open_ones[0], known, told)
        alone = check_amounts(open_ones[0], unnamed, values) if len(unnamed) == 1 else None
        if alone is not None and alone.value is not None:
            values[open_ones[0].id] = alone.value
    return {**values, **said_choices(known, told)}


def said_choices(questions: Iterable[Question], text: str) -> dict[str, str]:
    """Of each question the choice whose words stand first."""
    found: dict[str, str] = {}
    for question in questions:
        if question.kind is QuestionKind.CHOICE:
            places = [
                (match.start(), each.id)
                for each in question.choices
                if each.said and (match := each.said.search(text))
            ]
            found |= {question.id: min(places)[1]} if places else {}
    return found


def _read(
    known: Sequence[Question], told: str, now: date, asked: str | None
) -> dict[str, CheckedAnswer]:
    return {
        **_amounts(known, told, asked),
        **_counts(known, told),
        **_of_one_kind(known, told, now),
    }


def _amounts(
    questions: Sequence[Question], text: str, asked: str | None
) -> dict[str, CheckedAnswer]:
    by_id = {question.id: question for question in questions}
    named = told_amounts(questions, text, asked)
    found = {
        name: CheckedAnswer(value="0.00") for name in denied(questions, text) if name not in named
    }
    values: dict[str, str] = {}
    pay = irregular_pay(text)
    if pay is not None:
        earned = [each for each in questions if each.measure.is_earned]
        found |= {each.id: check_irregular(each, pay) for each in earned}
    for name, amounts in named.items():
        if name not in found:
            found[name] = check_amounts(by_id[name], amounts, values)
        if value := found[name].value:
            values[name] = value
    return found


def _counts(questions: Sequence[Question], text: str) -> dict[str, CheckedAnswer]:
    """分48期 for the one question that asks for months; 逾期4期 is none."""
    asking = [each for each in questions if each.kind is QuestionKind.COUNT]
    folded = fold(text)
    sums = [(each.start, each.end) for each in read_amounts(text, is_answer=True)]
    told = [
        number
        for number in read_numbers(text)
        if not any(start <= number.start < end for start, end in sums)  # 一个月900
        and number.unit in ("期", "个月", "年")
        and _is_named(asking, folded[max(0, number.start - _REACH) : number.start], number.unit)
    ]
    if len(asking) != 1 or len(told) != 1:
        return {}
    return {asking[0].id: check_answer(asking[0], text[told[0].start : told[0].end], date.min)}


def _is_named(asking: Sequence[Question], before: str, unit: str) -> bool:
    if _LATE.search(before):
        return False
    words = [word for question in asking for word in question.words]
    return unit == "期" or any(word in before for word in words)


def _of_one_kind(questions: Sequence[Question], text: str, now: date) -> dict[str, CheckedAnswer]:
    """The day and the clock time, where one question alone asks for each."""
    found = {}
    times = read_clock(text).times
    for kind, is_told in (
        (QuestionKind.DATE, bool(read_days(text, now))),
        (QuestionKind.TIME, bool(times)),
    ):
        asking = [each for each in questions if each.kind is kind]
        if len(asking) == 1 and is_told:
            found[asking[0].id] = check_answer(asking[0], text, now)
            is_told_at_length = found[asking[0].id].problem == "answer_too_long"
            if kind is QuestionKind.TIME and is_told_at_length and len(times) == 1:
                found[asking[0].id] = check_answer(asking[0], times[0].time, now)
    return {name: each for name, each in found.items() if each.problem != "answer_too_long"}
