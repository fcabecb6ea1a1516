"""What a template of a letter prints: blanks, choices, numbered parts, days and amounts."""

import re
from datetime import date
from decimal import Decimal

from bot.knowledge.answer_check import clean_text
from bot.knowledge.questions import Question, QuestionKind
from bot.safety.masking import mask_personal_data

BLANK = "＿" * 8
BLANK_SHORT = "＿＿＿＿"
_BLANK_DAY = "＿＿＿＿年＿＿月＿＿日"
_MASKED = re.compile(r"(?:\*[\s\-—.·]?){6,}")
_ENDS = "。！？；…”』」）!?;)"
_NUMERALS = "一二三四五六七八九十"


class Blank:
    """An answer that is not there: false in a condition, a line to write on in the text."""

    def __init__(self, line: str) -> None:
        self._line = line

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return self._line


class Chosen:
    """What was chosen: its labels in the text, `name.choice` true or false in a condition."""

    def __init__(self, question: Question, ids: tuple[str, ...]) -> None:
        self._labels = {choice.id: choice.label for choice in question.choices}
        # A draft may be older than the question: what it no longer offers was not chosen.
        self._ids = tuple(each for each in ids if each in self._labels)

    def __getitem__(self, choice: str) -> bool:
        if choice not in self._labels:
            raise KeyError(choice)
        return choice in self._ids

    def __bool__(self) -> bool:
        return bool(self._ids)

    def __str__(self) -> str:
        return "、".join(self._labels[each] for each in self._ids) or BLANK


class Numbers:
    """Counts the items of a part as they are printed: 1. 2. 3."""

    def __init__(self) -> None:
        self.count = 0

    def __str__(self) -> str:
        self.count += 1
        return f"{self.count}. "


class Section:
    """Counts the parts of a letter as they are printed: 一、二、三、"""

    def __init__(self, numbers: Numbers) -> None:
        self._count = 0
        self._numbers = numbers

    def __str__(self) -> str:
        self._count += 1
        self._numbers.count = 0
        return f"{_NUMERALS[self._count - 1]}、"


def day_words(day: date) -> str:
    """A day as a letter writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed_value(question: Question, answer: str | None) -> object:
    """What the template prints and asks for this question."""
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return Chosen(question, tuple(answer.split(",")) if answer else ())
        case QuestionKind.DATE:
            return day_words(date.fromisoformat(answer)) if answer else Blank(_BLANK_DAY)
        case QuestionKind.AMOUNT if answer:
            return amount_words(Decimal(answer))
        case QuestionKind.COUNT | QuestionKind.PHONE_TAIL:
            return answer or Blank(BLANK_SHORT)
    masked = mask_personal_data(clean_text(answer or ""))
    if masked and question.kind is QuestionKind.LONG_TEXT and masked[-1] not in _ENDS:
        masked += "。"  # Stands as a paragraph of its own.
    return _MASKED.sub(BLANK, masked) if masked else Blank(BLANK)


def amount_words(amount: Decimal) -> str:
    """An amount as a letter writes it."""
    return f"{amount:,.2f}".removesuffix(".00")
