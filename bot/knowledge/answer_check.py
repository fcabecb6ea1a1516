"""Reads what a person answered to a question into one canonical text that can be stored.

Amounts become "12000.50", counts "36", dates "2026-11-23", choices their ids joined by commas.
Personal numbers are masked before a text comes here, and not here.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bot.concepts.chinese_dates import read_date
from bot.concepts.chinese_numbers import read_amount, read_count
from bot.knowledge.questions import Question, QuestionKind

_BETWEEN_CHOICES = re.compile(r"[\s,、;/和]+")
_UNWRITABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnswer:
    """Either the canonical value or the name of the utterance that says what is wrong."""

    value: str | None = None
    problem: str | None = None
    warnings: tuple[str, ...] = ()


def check_answer(question: Question, text: str, on: date) -> CheckedAnswer:
    """Read one answer given on that day; warnings do not refuse it."""
    written = clean_text(text)
    if not written:
        return CheckedAnswer(problem="answer_empty")
    if len(written) > question.max_length:
        return CheckedAnswer(problem="answer_too_long")
    value, problem = _read(question, written, on)
    if problem:
        return CheckedAnswer(problem=problem)
    warnings = tuple(warning.says for warning in question.warns if warning.pattern.search(written))
    return CheckedAnswer(value=value, warnings=warnings)


def clean_text(text: str) -> str:
    """Without control characters, hidden marks of direction and empty lines."""
    lines = _UNWRITABLE.sub("", text.replace("\t", " ").replace("\r", "\n")).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def _read(question: Question, text: str, on: date) -> tuple[str, str]:
    """The canonical value and the problem: one of them is empty."""
    match question.kind:
        case QuestionKind.TEXT:
            return text.replace("\n", " ").rstrip("。；;，, "), ""  # Stands within a sentence.
        case QuestionKind.LONG_TEXT:
            return text, ""
        case QuestionKind.AMOUNT:
            amount = read_amount(text)
            return ("", "answer_not_an_amount") if amount is None else (str(amount), "")
        case QuestionKind.COUNT:
            count = read_count(text)
            return ("", "answer_not_a_count") if count is None else (str(count), "")
        case QuestionKind.DATE:
            return _read_day(question, text, on)
        case QuestionKind.PHONE_TAIL:
            tail = unicodedata.normalize("NFKC", text)
            return (tail, "") if re.fullmatch(r"[0-9]{4}", tail) else ("", "answer_not_a_tail")
        case QuestionKind.CHOICE:
            chosen = _choices(question, [text])
        case QuestionKind.CHOICES:
            parts = _BETWEEN_CHOICES.split(_fold(text).strip("、,; "))
            chosen = _choices(question, [text]) or _choices(question, parts)
    return (",".join(chosen), "") if chosen else ("", "answer_not_a_choice")


def _read_day(question: Question, text: str, on: date) -> tuple[str, str]:
    day = read_date(text, on, future=question.allows_future)
    if day is None:
        return "", "answer_not_a_date"
    if day > on and not question.allows_future:
        return "", "answer_in_the_future"
    return day.isoformat(), ""


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
