"""Where to complain: questions and routes as frozen things, and the reader of complaints.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.questions import Question, read_questions
from bot.knowledge.yaml_reader import read_yaml

FILE = "complaints.yml"


class Stage(Enum):
    """When a route is taken: at once, after the first did not help, or beside it."""

    NOW = "now"
    THEN = "then"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Skip:
    """After one of these answers to the question, those in `skip` are not asked."""

    question: str
    answers: frozenset[str]
    skip: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A body to go to, with marks still in its words. `when`: every question in it must fit."""

    id: str
    stage: Stage
    when: Mapping[str, frozenset[str]]
    body: str
    contact: str
    why: str
    bring: tuple[str, ...]
    note_down: tuple[str, ...]
    expect: str
    letter: str | None
    deadline: str | None
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintWords:
    """Headings of a route, and what holds for every complaint."""

    now: str
    then: str
    also: str
    bring: str
    note_down: str
    expect: str
    general: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintBook:
    """All of complaints.yml. `defaults` stand for questions that were not answered."""

    questions: tuple[Question, ...]
    skips: tuple[Skip, ...]
    defaults: Mapping[str, str]
    routes: tuple[Route, ...]
    at_most: int
    words: ComplaintWords
    text: str


def load_complaints(folder: Path) -> ComplaintBook:
    """Read knowledge/complaints.yml; KnowledgeError with every fault when it is unusable."""
    found: list[Fault] = []
    text = read_text(folder, FILE, found)
    raise_if_any(found)
    book, faults = read_complaints(text or "")
    raise_if_any(faults)
    if book is None:
        raise AssertionError(FILE)
    return book


def read_complaints(text: str) -> tuple[ComplaintBook | None, list[Fault]]:
    """Read the text of complaints.yml and say what is wrong with its shape."""
    data, lines, faults = read_yaml(text, FILE, "complaints")
    if data is None:
        return None, faults
    questions, more = read_questions(data["questions"], FILE, lines)
    faults += more
    seen: set[str] = set()
    for index, entry in enumerate(data["routes"]):
        if entry["id"] in seen:
            message = f"去处编号 {entry['id']} 用了两次，请改掉一个。"
            faults.append(Fault(FILE, lines["routes", index], message))
        seen.add(entry["id"])
    book = ComplaintBook(
        questions=questions,
        skips=tuple(
            Skip(each["question"], frozenset(each["answers"]), frozenset(each["skip"]))
            for each in data["skips"]
        ),
        defaults=data["defaults"],
        routes=tuple(map(_route, data["routes"])),
        at_most=data["at_most"],
        words=ComplaintWords(**data["words"]),
        text=text,
    )
    return book, faults


def _route(entry: Mapping[str, Any]) -> Route:
    plain = ("id", "body", "contact", "why", "expect", "letter", "deadline")
    return Route(
        stage=Stage(entry["stage"]),
        when={name: frozenset(answers) for name, answers in entry["when"].items()},
        bring=tuple(entry["bring"]),
        note_down=tuple(entry["note_down"]),
        next=tuple(entry["next"]),
        **{name: entry[name] for name in plain},
    )
