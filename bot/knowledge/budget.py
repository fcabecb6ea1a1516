"""The plan of a month's money: its questions, order and words, and the reader of budget.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import Review
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.questions import Question, read_questions
from bot.knowledge.yaml_reader import read_yaml

FILE = "budget.yml"


@dataclass(frozen=True, slots=True)
class Priority:
    """What money goes to, which questions count to it, and why it stands where it stands."""

    id: str
    title: str
    questions: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Help:
    """Where a person finds other people who help."""

    says: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class Sentences:
    """What to say to the lender: with an instalment, with what is left, or without a sum."""

    with_offer: str
    with_left: str
    without: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A line of the statement: a value of the plan under its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class StatementForm:
    """The one-page statement of income and costs."""

    title: str
    opening: str
    rows: tuple[StatementRow, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetBook:
    """All of budget.yml.

    `years_at_most` names the figure of the longest agreement, in years; `terms` are numbers of
    months to choose from, shortest first.
    """

    questions: tuple[Question, ...]
    living: tuple[str, ...]
    years_at_most: str
    terms: tuple[int, ...]
    order: tuple[Priority, ...]
    warnings: Mapping[str, str]
    help: tuple[Help, ...]
    sentences: Sentences
    statement: StatementForm
    words: Mapping[str, str]
    review: Review
    text: str

    @property
    def priority(self) -> tuple[str, ...]:
        """The questions on payments that come before the rest of the debts."""
        return tuple(
            question
            for step in self.order
            for question in step.questions
            if question not in self.living
        )


def load_budget(folder: Path) -> BudgetBook:
    """Read knowledge/budget.yml; KnowledgeError with every fault when it cannot be used."""
    found: list[Fault] = []
    text = read_text(folder, FILE, found)
    raise_if_any(found)
    book, faults = read_budget(text or "")
    raise_if_any(faults)
    if book is None:
        raise AssertionError(FILE)
    return book


def read_budget(text: str) -> tuple[BudgetBook | None, list[Fault]]:
    """Read the text of budget.yml and say what is wrong with its shape."""
    data, lines, faults = read_yaml(text, FILE, "budget")
    if data is None:
        return None, faults
    questions, more = read_questions(data["questions"], FILE, lines)
    faults += more
    statement = data["statement"]
    book = BudgetBook(
        questions=questions,
        living=tuple(data["living"]),
        years_at_most=data["years_at_most"],
        terms=tuple(sorted(data["terms"])),
        order=tuple(
            Priority(each["id"], each["title"], tuple(each["questions"]), each["why"])
            for each in data["order"]
        ),
        warnings=data["warnings"],
        help=tuple(Help(each["says"], each["contact"]) for each in data["help"]),
        sentences=Sentences(**data["sentence"]),
        statement=StatementForm(
            title=statement["title"],
            opening=statement["opening"],
            rows=tuple(StatementRow(row["value"], row["label"]) for row in statement["rows"]),
            closing=tuple(statement["closing"]),
        ),
        words=data["words"],
        review=Review(data["reviewed_on"], data["review_by"]),
        text=text,
    )
    return book, faults
