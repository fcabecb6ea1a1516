"""Tools: what a person can do here, as questions to answer and a task to finish them with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import Task
from bot.knowledge.budget import read_budget
from bot.knowledge.complaints import Skip, read_complaints
from bot.knowledge.deadlines import CountsFrom, read_deadlines
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.letters import read_letters
from bot.knowledge.loader import load_tasks
from bot.knowledge.questions import Question, QuestionKind, read_questions
from bot.knowledge.yaml_reader import read_yaml

_DAY_EXAMPLE = "11月20日"


LETTER_TASK = "write_letter"
"""The task that every letter is of."""

DEADLINE_TOOL, DEADLINE_TASK = "deadline_", "set_deadline"
"""Begins the id of the tool for each kind of deadline; and the task that all of them are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Questions in order, and the name of the task that uses the answers.

    `skips` name questions that an answer makes needless, `called` what people call the tool.
    `is_read_back` when what was told in one go is shown before it is kept, `is_at_once` when a
    wish that tells all that is needed is fulfilled without a question.
    """

    id: str
    title: str
    button: str
    task: str
    questions: tuple[Question, ...]
    skips: tuple[Skip, ...] = ()
    called: tuple[str, ...] = ()
    is_read_back: bool = False
    is_at_once: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The words of a wish that mean this tool."""
        return (self.title, self.button, *self.called)

    def question(self, question_id: str) -> Question:
        """One of the questions; KeyError for an id of another tool."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def needless(self, answers: Mapping[str, str]) -> frozenset[str]:
        """The questions that need not be asked after these answers."""
        skipped = (skip.skip for skip in self.skips if answers.get(skip.question) in skip.answers)
        return frozenset().union(*skipped)


@dataclass(frozen=True, slots=True)
class ControlWords:
    """What people write instead of tapping a control: 返回, 跳过, 不填了 …"""

    words: Mapping[str, frozenset[str]]

    def control_in(self, text: str) -> str | None:
        """The control that the whole text names, or None."""
        spoken = text.strip().rstrip("。.!！~～")
        return next((name for name, words in self.words.items() if spoken in words), None)


def load_tools(folder: Path) -> Mapping[str, Tool]:
    """Every tool of knowledge/ by id; KnowledgeError with every fault."""
    tools, faults = read_tools(folder)
    raise_if_any(faults)
    return tools


def read_tools(folder: Path) -> tuple[Mapping[str, Tool], list[Fault]]:
    """Letters and forms as tools, and what cannot be read."""
    shelf, faults = read_letters(folder)
    letters = [
        Tool(
            id=letter.id,
            title=letter.title,
            button=letter.button,
            task=LETTER_TASK,
            questions=letter.questions,
            called=(letter.document, *letter.called),
        )
        for letter in shelf.letters.values()
    ]
    forms, more = read_forms(folder)
    faults += more
    return _by_id(
        [*letters, *forms, *_guides(folder, faults), *_deadlines(folder, faults)]
    ), faults


def read_forms(folder: Path) -> tuple[list[Tool], list[Fault]]:
    """The forms of knowledge/forms/ as tools, and what cannot be read."""
    forms: list[Tool] = []
    faults: list[Fault] = []
    for file in files_of(folder, "forms/*.yml"):
        if (text := read_text(folder, file, faults)) is None:
            continue
        data, lines, more = read_yaml(text, file, "form")
        faults += more
        if data is None:
            continue
        questions, more = read_questions(data["questions"], file, lines)
        faults += more
        forms.append(
            Tool(
                id=Path(file).stem,
                title=data["title"],
                button=data["button"],
                task=data["task"],
                questions=questions,
                skips=tuple(
                    Skip(each["question"], frozenset(each["answers"]), frozenset(each["skip"]))
                    for each in data.get("skips", ())
                ),
                is_read_back=data.get("read_back", False),
                is_at_once=data.get("at_once", False),
            )
        )
    return forms, faults


def read_control_words(folder: Path) -> tuple[ControlWords, list[Fault]]:
    """The words of knowledge/controls.yml."""
    file = "controls.yml"
    faults: list[Fault] = []
    if (text := read_text(folder, file, faults)) is None:
        return ControlWords({}), faults
    data, _, faults = read_yaml(text, file, "controls")
    words = {name: frozenset(entries) for name, entries in (data or {}).items()}
    return ControlWords(words), faults


def _guides(folder: Path, faults: list[Fault]) -> Iterable[Tool]:
    """The complaint guide and the budget plan, whose titles are those of their tasks."""
    tasks = load_tasks(folder)
    complaints, more = read_complaints(read_text(folder, "complaints.yml", faults) or "")
    faults += more
    budget, more = read_budget(read_text(folder, "budget.yml", faults) or "")
    faults += more
    if complaints is not None:
        yield _guide(tasks["make_complaint"], complaints.questions, complaints.skips)
    if budget is not None:
        yield _guide(tasks["plan_budget"], budget.questions)


def _guide(task: Task, questions: tuple[Question, ...], skips: tuple[Skip, ...] = ()) -> Tool:
    return Tool(
        id=task.id,
        title=task.title,
        button=task.title,
        task=task.id,
        questions=questions,
        skips=skips,
    )


def _deadlines(folder: Path, faults: list[Fault]) -> Iterable[Tool]:
    """One tool for each kind of deadline: it asks for the day that starts it."""
    book, more = read_deadlines(read_text(folder, "deadlines.yml", faults) or "")
    faults += more
    for kind in book.kinds.values() if book is not None else ():
        yield Tool(
            id=f"{DEADLINE_TOOL}{kind.id}",
            title=kind.title,
            button=kind.button,
            task=DEADLINE_TASK,
            questions=(
                Question(
                    id="day",
                    label=kind.button[:8],
                    asks=kind.asks,
                    example=_DAY_EXAMPLE,
                    kind=QuestionKind.DATE,
                    choices=(),
                    is_optional=not kind.has_firm_day,
                    allows_future=kind.counts_from is CountsFrom.SAME_DAY,
                    prefill=None,
                    max_length=40,
                    warns=(),
                ),
            ),
        )


def _by_id(tools: Iterable[Tool]) -> dict[str, Tool]:
    return {tool.id: tool for tool in tools}
