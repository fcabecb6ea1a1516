"""A question of a questionnaire (letter, record, plan …) and its reader. Knows no dialogue."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.knowledge.faults import Fault
from bot.knowledge.yaml_reader import Path, read_yaml

_EACH_MONTH, _IN_HAND = "每月", "到手"
"""Ask for the sum of a month, and for pay, also where `per` and `earned` are not written."""


class QuestionKind(Enum):
    """What an answer is; amounts in yuan, CHOICES allows several."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    AMOUNT = "amount"
    COUNT = "count"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE_TAIL = "phone_tail"


LENGTHS = {
    QuestionKind.TEXT: 60,
    QuestionKind.LONG_TEXT: 800,
    QuestionKind.CHOICES: 200,
}
"""How many characters an answer may have when the question does not say; 40 for the rest."""


@dataclass(frozen=True, slots=True)
class QuestionChoice:
    """One of the answers to choose from; `facts` are the values of a known fact that mean it.

    `said` are the words by which people mean it in a sentence.
    """

    id: str
    label: str
    facts: tuple[str, ...] = ()
    said: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class AnswerWarning:
    """Words to say when an answer fits the pattern; they warn and do not refuse."""

    pattern: re.Pattern[str]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How the number that is asked for counts.

    An amount is asked for each month when `is_monthly`, as one total when `is_total`, as pay when
    `is_earned`; a count is of months when `is_in_months`. Outside `usual`, or above the answer to
    the question `at_most`, it is asked back. `none` are words that mean 0. Where no sum is named
    for it, the one named by `instead` answers, less those named by `less`: 借一万 扣一千.
    """

    is_monthly: bool = False
    is_total: bool = False
    is_earned: bool = False
    is_in_months: bool = False
    usual: tuple[int, int] | None = None
    at_most: str | None = None
    none: re.Pattern[str] | None = None
    instead: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to ask. `label` names it in a summary, `prefill` the fact that answers it.

    `allows_future` lets a date lie ahead; other dates are of today or before. `none_is_zero`
    makes 没有 an amount of 0 instead of a skipped question. `words` name the question in a
    message that answers several.
    """

    id: str
    label: str
    asks: str
    example: str
    kind: QuestionKind
    choices: tuple[QuestionChoice, ...]
    is_optional: bool
    allows_future: bool
    prefill: str | None
    max_length: int
    warns: tuple[AnswerWarning, ...]
    none_is_zero: bool = False
    words: tuple[str, ...] = ()
    measure: Measure = Measure()


def read_questionnaire(text: str, file: str) -> tuple[tuple[Question, ...], list[Fault]]:
    """Read a YAML file whose only key is `questions`, with its faults."""
    data, lines, faults = read_yaml(text, file, "questionnaire")
    if data is None:
        return (), faults
    questions, more = read_questions(data["questions"], file, lines)
    return questions, faults + more


def read_questions(
    entries: list[Mapping[str, Any]], file: str, lines: Mapping[Path, int]
) -> tuple[tuple[Question, ...], list[Fault]]:
    """The questions under the key `questions` of a file whose shape the schema has checked."""
    faults: list[Fault] = []
    questions: list[Question] = []
    for index, entry in enumerate(entries):
        line = lines["questions", index]
        question = _question(entry, file, line, faults)
        if any(question.id == other.id for other in questions):
            faults.append(Fault(file, line, f"问题编号 {question.id} 用了两次，请改掉一个。"))
        questions.append(question)
    ids = {question.id for question in questions}
    for index, question in enumerate(questions):
        if question.measure.at_most not in {None, *ids}:
            message = f"at_most 的 {question.measure.at_most} 不是这里的问题，请改正编号。"
            faults.append(Fault(file, lines["questions", index], message))
    return tuple(questions), faults


def _question(entry: Mapping[str, Any], file: str, line: int, faults: list[Fault]) -> Question:
    kind = QuestionKind(entry["kind"])
    choices = tuple(_choice(choice, file, line, faults) for choice in entry.get("choices", ()))
    is_choosing = kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}
    if is_choosing != bool(choices):
        message = "choice 和 choices 类的问题要有 choices，别的问题不要有。"
        faults.append(Fault(file, line, message))
    if len({choice.id for choice in choices}) < len(choices):
        faults.append(Fault(file, line, f"{entry['id']} 的选项编号有重复。"))
    warns = []
    for warning in entry.get("warns", ()):
        pattern = _pattern(warning["pattern"], file, line, faults)
        if pattern is not None:
            warns.append(AnswerWarning(pattern, warning["says"]))
    return Question(
        id=entry["id"],
        label=entry["label"],
        asks=entry["asks"],
        example=entry["example"],
        kind=kind,
        choices=choices,
        is_optional=entry.get("optional", False),
        allows_future=entry.get("future", False),
        prefill=entry.get("prefill"),
        max_length=entry.get("max_length", LENGTHS.get(kind, 40)),
        warns=tuple(warns),
        none_is_zero=entry.get("none_is_zero", False),
        words=tuple(entry.get("words", (entry["label"],))),
        measure=_measure(entry, file, line, faults),
    )


def _measure(entry: Mapping[str, Any], file: str, line: int, faults: list[Fault]) -> Measure:
    usual, none = entry.get("usual"), entry.get("none_words")
    instead = entry.get("instead", {})
    per = entry.get("per", "month" if _EACH_MONTH in entry["asks"] else "")
    is_monthly = per == "month"
    return Measure(
        is_monthly=is_monthly,
        is_total=per == "once",
        is_earned=entry.get("earned", is_monthly and _IN_HAND in entry["asks"]),
        is_in_months=entry.get("unit") == "month",
        usual=(usual["least"], usual["most"]) if usual else None,
        at_most=entry.get("at_most"),
        none=_pattern("|".join(none), file, line, faults) if none else None,
        instead=tuple(instead.get("words", ())),
        less=tuple(instead.get("less", ())),
    )


def _choice(entry: Mapping[str, Any], file: str, line: int, faults: list[Fault]) -> QuestionChoice:
    said = _pattern(entry["said"], file, line, faults) if "said" in entry else None
    return QuestionChoice(entry["id"], entry["label"], tuple(entry.get("facts", ())), said)


def _pattern(text: str, file: str, line: int, faults: list[Fault]) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error as error:
        faults.append(Fault(file, line, f"“{text}”不是有效的匹配式（{error}）。"))
        return None
