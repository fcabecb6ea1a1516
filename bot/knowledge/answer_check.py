"""Reads what a person answered to a question into one canonical text that can be stored.

Amounts become "12000.50" (of a month, where the question asks for that), counts "36", dates
"2026-11-23", times "23:30" or the part of the day as told, choices their ids joined by commas.
Personal numbers are masked before a text comes here, and not here.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.facts.answer_signs import is_question, is_unknown
from bot.facts.clock import read_clock
from bot.facts.days import Day, read_days
from bot.facts.folding import fold
from bot.facts.numbers import Number, read_numbers
from bot.knowledge.amount_check import check_amount
from bot.knowledge.checked_answer import IS_A_QUESTION, IS_UNKNOWN, CheckedAnswer
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.understood import day_text

_BETWEEN_CHOICES = re.compile(r"[\s,、;/和]+")
_UNWRITABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_ASKS_US = re.compile(r"[?]$|怎么办$|^(?:能不能|可不可以|怎么|为什么|请问)")
_COUNTED = frozenset("期个次家张笔遍通回条人")
_MONTHS = {"": 1, "期": 1, "个月": 1, "月": 1, "年": 12}
_MOST = 10**6
_PART_OF_DAY = re.compile(
    "一?整天|全天|白天|大白天|上班时间|工作时间|饭点|[午晚早]饭(?:时间|的时候)?|下班|24小时"
)
_FULL_DAY = re.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}")


def check_answer(
    question: Question,
    text: str,
    on: date,
    known: Mapping[str, str] | None = None,
    *,
    is_asked_again: bool = False,
) -> CheckedAnswer:
    """Read one answer given on that day or at that time; warnings do not refuse it.

    `known` are the answers to other questions, by id. What was asked back once already counts
    as the candidate: the lower bound of a range, an implausible sum, an uncertain day.
    """
    written = clean_text(text)
    if not written:
        return CheckedAnswer(problem="answer_empty")
    if len(written) > question.max_length:
        return CheckedAnswer(problem="answer_too_long")
    checked = _read(question, written, on, known or {})
    if is_asked_again and checked.is_to_confirm:
        checked = replace(checked, value=checked.candidate, problem=None, candidate=None)
    if checked.value is None:
        return checked
    warnings = tuple(warning.says for warning in question.warns if warning.pattern.search(written))
    return replace(checked, warnings=warnings)


def clean_text(text: str) -> str:
    """Without control characters, hidden marks of direction and empty lines."""
    lines = _UNWRITABLE.sub("", text.replace("\t", " ").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _read(question: Question, text: str, on: date, known: Mapping[str, str]) -> CheckedAnswer:
    match question.kind:
        case QuestionKind.TEXT:
            return _check_text(text)
        case QuestionKind.LONG_TEXT:
            return (
                CheckedAnswer(problem=IS_UNKNOWN)
                if is_unknown(text)
                else CheckedAnswer(value=text)
            )
        case QuestionKind.AMOUNT:
            return check_amount(question, text, known)
        case QuestionKind.COUNT:
            return _check_count(question, text)
        case QuestionKind.DATE:
            return _check_day(question, text, on)
        case QuestionKind.TIME:
            return _check_time(text)
        case QuestionKind.PHONE_TAIL:
            tails = re.findall("[0-9]+", unicodedata.normalize("NFKC", text))
            is_tail = len(tails) == 1 and len(tails[0]) == 4
            return (
                CheckedAnswer(value=tails[0]) if is_tail else _missing("answer_not_a_tail", text)
            )
        case QuestionKind.CHOICE:
            chosen = _choices(question, [text])
        case QuestionKind.CHOICES:
            parts = _BETWEEN_CHOICES.split(_fold(text).strip("、,; "))
            chosen = _choices(question, [text]) or _choices(question, parts)
    return (
        CheckedAnswer(value=",".join(chosen)) if chosen else _missing("answer_not_a_choice", text)
    )


def _missing(problem: str, text: str, candidate: str | None = None) -> CheckedAnswer:
    """What to say of a text without a value: it asks, or does not know, or is `problem`."""
    if is_unknown(text):
        return CheckedAnswer(problem=IS_UNKNOWN)
    if is_question(text):
        return CheckedAnswer(problem=IS_A_QUESTION, candidate=candidate)
    return CheckedAnswer(problem=problem)


def _check_text(text: str) -> CheckedAnswer:
    """Stands within a sentence of a letter: no question, and no 就那个粉色图标的."""
    if is_unknown(text):
        return CheckedAnswer(problem=IS_UNKNOWN)
    if _ASKS_US.search(fold(text)) and is_question(text):
        return CheckedAnswer(problem=IS_A_QUESTION)
    return CheckedAnswer(value=text.replace("\n", " ").rstrip("。；;，, "))


def _check_count(question: Question, text: str) -> CheckedAnswer:
    counts = [each for each in read_numbers(text) if _factor(question, each)]
    if len(counts) != 1:
        return _missing("answer_not_a_count", text)
    number = counts[0]
    low = number.low * _factor(question, number)
    value = str(int(low))
    if low != int(low) or low > _MOST:
        return CheckedAnswer(problem="answer_not_a_count")
    if is_question(text):
        return CheckedAnswer(problem=IS_A_QUESTION, candidate=value)
    understood = "" if value == fold(text).strip() else value
    if number.is_range:
        understood = f"{value}–{int(number.high * _factor(question, number))}"
        return CheckedAnswer(problem="answer_is_a_range", candidate=value, understood=understood)
    return CheckedAnswer(value=value, understood=understood)


def _factor(question: Question, number: Number) -> int:
    """By how much a number counts; 0 for one that counts something else."""
    if question.measure.is_in_months:
        return _MONTHS.get(number.unit, 0)
    return int(number.unit in _COUNTED or number.unit in ("", "个月"))


def _check_day(question: Question, text: str, on: date) -> CheckedAnswer:
    days = read_days(text, on, prefers_future=question.allows_future)
    if len({each.day for each in days}) > 1:
        return CheckedAnswer(problem="answer_has_several_days")
    if not days:
        return _missing("answer_not_a_date", text)
    day = next((each for each in days if each.time), days[0])
    value, time = day.day.isoformat(), _clock(day)
    if day.day > (on.date() if isinstance(on, datetime) else on) and not question.allows_future:
        return CheckedAnswer(problem="answer_in_the_future")
    if is_question(text):
        return CheckedAnswer(problem=IS_A_QUESTION, candidate=value)
    understood = day_text(day.day, time or "")
    if day.is_uncertain and day.time is None:
        return CheckedAnswer(
            problem="answer_day_uncertain", candidate=value, understood=understood
        )
    is_literal = _FULL_DAY.fullmatch(text) is not None
    return CheckedAnswer(value=value, understood="" if is_literal else understood, time=time)


def _clock(day: Day) -> str | None:
    return day.time.strftime("%H:%M") if day.time else None


def _check_time(text: str) -> CheckedAnswer:
    """Clock times, or the part of the day as it was told."""
    clock = read_clock(text)
    times = tuple(dict.fromkeys(each.time for each in clock.times))
    if is_question(text):
        return CheckedAnswer(problem=IS_A_QUESTION, candidate="、".join(times) or None)
    if times:
        value = "、".join(times)
        return CheckedAnswer(value=value, understood="" if value == fold(text) else value)
    parts = [text[each.start : each.end] for each in clock.parts]
    parts += [each[0] for each in _PART_OF_DAY.finditer(fold(text))]
    if parts:
        return CheckedAnswer(value="、".join(dict.fromkeys(parts)))
    return _missing("answer_not_a_time", text)


def _choices(question: Question, texts: list[str]) -> list[str] | None:
    """The ids that these texts name by id, label or number, in the question's order."""
    names: dict[str, str] = {}
    for number, choice in enumerate(question.choices, start=1):
        spoken = (choice.id, _fold(choice.label), str(number), *choice.facts)
        names |= dict.fromkeys(spoken, choice.id)
    wanted = [names.get(_fold(text).rstrip(".。")) for text in texts]
    if None in wanted:
        return None
    return [choice.id for choice in question.choices if choice.id in wanted]


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()
