"""From a letter and answers to a written letter, as text and as a Word file. Pure; sends nothing.

Personal numbers are masked in whatever comes in, and a masked number becomes a blank to fill
in by hand; a number told as the collector's stands whole. Answers are canonical texts by
question id, as `check_answer` gives them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.answering.deadlines import months_later
from bot.answering.letter_values import (
    BLANK,
    BLANK_SHORT,
    Blank,
    Numbers,
    Section,
    amount_words,
    day_words,
    printed_value,
)
from bot.concepts.citation import ArticleId
from bot.concepts.facts import ContactFacts
from bot.knowledge.answer_check import check_answer as check_masked_answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.deadlines import Unit
from bot.knowledge.docx_reader import docx_as_text
from bot.knowledge.letters import Letter, TimeGone, Total
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.wording import citation_words
from bot.safety.masking import mask_all_but_callers, mask_personal_data

_NOT_IN_A_NAME = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9（）]")
_LONGEST_NAME = 20

FillTemplate = Callable[[bytes, Mapping[str, object], date], bytes]
"""`bot.rendering.docx.fill_template`, handed in by bootstrap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter that a person can take away.

    `blanks` are the questions without an answer, or with a number that was masked.
    """

    text: str
    docx: bytes
    file_name: str
    send_to: tuple[str, ...]
    proof: tuple[str, ...]
    warnings: tuple[str, ...]
    blanks: tuple[str, ...]


def check_answer(question: Question, text: str, on: date) -> CheckedAnswer:
    """Mask what a person typed, then read it; see `bot.knowledge.answer_check`."""
    return check_masked_answer(question, mask_all_but_callers(text), on)


def prefill(questions: Iterable[Question], facts: Mapping[str, str], on: date) -> dict[str, str]:
    """The answers that known facts give, by question id; what does not fit is left out."""
    answers = {}
    for question in questions:
        fact = facts.get(question.prefill or "")
        if fact and (value := _prefilled(question, fact, on)):
            answers[question.id] = value
    return answers


def letter_facts(facts: ContactFacts, story: str = "") -> dict[str, str]:
    """What a told contact answers in letters, under the names that questions prefill from."""
    days = [day_words(date.fromisoformat(day)) for day in facts.dates]
    # Of several days nobody knows to which one a time belongs.
    times = facts.time if len(days) <= 1 else ()
    known = {
        "lender": facts.lender,
        "product": facts.product,
        "amount": None if facts.amount is None else str(facts.amount),
        "contacted": ",".join(facts.contacted),
        "acts": ",".join((*facts.acts, *facts.signs)),
        "happened_on": facts.dates[0] if facts.dates else None,
        "happened_when": " ".join(("、".join(days), "、".join(times))).strip(),
        "story": story,
    }
    return {name: fact for name, fact in known.items() if fact}


class LetterWriter:
    """Writes letters with the laws and figures of the knowledge base."""

    def __init__(self, knowledge: KnowledgeBase, fill: FillTemplate) -> None:
        self._knowledge = knowledge
        self._fill = fill

    def write(self, letter: Letter, answers: Mapping[str, str], on: date) -> WrittenLetter:
        """The letter of that day from canonical answers; what is missing is left blank."""
        values: dict[str, object] = {}
        for question in letter.questions:
            values[question.id] = printed_value(question, answers.get(question.id), on)
        totals = _totals(letter, answers)
        blanks = [name for name, value in values.items() if BLANK in str(value) or not value]
        for total in letter.totals:
            amount = totals.get(total.id)
            values[total.id] = Blank(BLANK) if amount is None else amount_words(amount)
        return self._written(
            letter, values, on, warnings=self._warnings(letter, answers, totals, on),
            blanks=tuple(blanks), to=answers.get(letter.addressee or "", ""),
        )  # fmt: skip

    def blank(self, letter: Letter, on: date) -> WrittenLetter:
        """A preview: the letter with each question's example, in 〔brackets〕."""
        answers = {
            question.id: check_masked_answer(question, question.example, on).value
            for question in letter.questions
        }
        values: dict[str, object] = {
            question.id: _bracketed(printed_value(question, answers[question.id], on))
            for question in letter.questions
        }
        values |= {total.id: Blank(BLANK) for total in letter.totals}
        return self._written(letter, values, on, warnings=(), blanks=(), to="")

    def _written(
        self,
        letter: Letter,
        values: Mapping[str, object],
        on: date,
        *,
        warnings: tuple[str, ...],
        blanks: tuple[str, ...],
        to: str,
    ) -> WrittenLetter:
        numbers = Numbers()
        places: dict[str, object] = {
            "today": day_words(on),
            "section": Section(numbers),
            "number": numbers,
            "cite": self._cite,
            "figure": lambda name: self._figure(name, on),
        }
        docx = self._fill(letter.template, {**values, **places}, on)
        return WrittenLetter(
            text=docx_as_text(docx),
            docx=docx,
            file_name=_file_name(letter, to, on),
            send_to=letter.send_to,
            proof=letter.proof,
            warnings=warnings,
            blanks=blanks,
        )

    def _warnings(
        self, letter: Letter, answers: Mapping[str, str], totals: Mapping[str, Decimal], on: date
    ) -> tuple[str, ...]:
        """What to say beside the letter: about single answers, sums, and the time gone by."""
        found = [
            warning
            for question in letter.questions
            if question.id in answers
            for warning in check_answer(question, answers[question.id], on).warnings
        ]
        amounts = {**_amounts(letter, answers), **totals}
        for limit in letter.limits:
            of, at_most = amounts.get(limit.of), amounts.get(limit.at_most)
            if of is not None and at_most is not None and of > at_most:
                found.append(limit.says)
        return tuple(dict.fromkeys((*found, *self.time_warnings(letter, answers, on))))

    def time_warnings(
        self, letter: Letter, answers: Mapping[str, str], on: date
    ) -> tuple[str, ...]:
        """That it may be too late for a letter, or too early."""
        found = []
        if letter.late and self._days_over(letter.late, answers, on) > 0:
            found.append(letter.late.says)
        if letter.early and self._days_over(letter.early, answers, on) < 0:
            found.append(letter.early.says)
        return tuple(found)

    def _days_over(self, span: TimeGone, answers: Mapping[str, str], on: date) -> int:
        """How many days have gone after the figure's; 0 when the day is not known."""
        value = self._knowledge.figures[span.figure].value_on(on)
        if value is None or not answers.get(span.since):
            return 0
        try:
            since = date.fromisoformat(answers[span.since])
        except ValueError:
            return 0  # A draft may be older than the question, which was not for a day then.
        number = int(value.value)
        if span.unit is Unit.MONTHS:
            return (on - months_later(since, number)).days
        return (on - since).days - number

    def _cite(self, article: str) -> str:
        return citation_words(self._knowledge, ArticleId.parse(article))

    def _figure(self, figure_id: str, on: date) -> str:
        value = self._knowledge.figures[figure_id].value_on(on)
        return value.value if value else BLANK_SHORT


def _file_name(letter: Letter, to: str, on: date) -> str:
    """What it is, to whom, and the day: no personal number, nothing that a folder cannot bear."""
    masked = mask_personal_data(to)
    whom = "" if "*" in masked else _NOT_IN_A_NAME.sub("", masked)[:_LONGEST_NAME]
    return "-".join(filter(None, (letter.document, whom, on.isoformat()))) + ".docx"


def _prefilled(question: Question, fact: str, on: date) -> str | None:
    """The answer that a fact gives; of several things chosen, those that the question knows."""
    if question.kind is not QuestionKind.CHOICES:
        return check_answer(question, fact, on).value
    known = [part for part in fact.split(",") if check_answer(question, part, on).value]
    return check_answer(question, ",".join(known), on).value


def _bracketed(value: object) -> object:
    return f"〔{value}〕" if isinstance(value, str) else value


def _amounts(letter: Letter, answers: Mapping[str, str]) -> dict[str, Decimal]:
    return {
        question.id: Decimal(answers[question.id])
        for question in letter.questions
        if question.kind is QuestionKind.AMOUNT and question.id in answers
    }


def _totals(letter: Letter, answers: Mapping[str, str]) -> dict[str, Decimal]:
    """The totals whose every part is known: unknown is not nothing."""
    amounts = _amounts(letter, answers)
    return {
        total.id: _sum(total, amounts)
        for total in letter.totals
        if all(name in amounts for name in (*total.plus, *total.minus))
    }


def _sum(total: Total, amounts: Mapping[str, Decimal]) -> Decimal:
    plus = sum((amounts[name] for name in total.plus), Decimal(0))
    return plus - sum((amounts[name] for name in total.minus), Decimal(0))
