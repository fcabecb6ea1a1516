"""Kinds of deadlines as frozen things, and the reader of deadlines.yml. Reckons no day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import Enum
from pathlib import Path
from typing import Any

from bot.concepts.citation import ArticleId
from bot.knowledge.base import Review
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

FILE = "deadlines.yml"


class CountsFrom(Enum):
    """Whether the day of the event is left out, or is the day itself."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


class Unit(Enum):
    """What is counted. Months and years end on the same date, or on the month's last day."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class Whose(Enum):
    """Who must act by the day: the person, or the lender or office."""

    YOURS = "yours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineKind:
    """A kind of deadline.

    `figure` names the dated number of days or of another `unit`, `days` is one that no law sets;
    when both are None no firm day can be given. `moves` carries an end on a rest day to the next
    working day. `remind` counts days before the end; -1 is the day after. `served` names the
    words on when a paper counts as received, `lost` says what is lost after the end, `instead`
    what can still be done then; `passed` stands for the book's words that the day is gone.
    """

    id: str
    title: str
    button: str
    asks: str
    starts: str
    figure: str | None
    days: int | None
    unit: Unit
    counts_from: CountsFrom
    moves: bool
    whose: Whose
    article: ArticleId | None
    counted_by: ArticleId | None
    rule: str
    traps: tuple[str, ...]
    next: tuple[str, ...]
    letter: str | None
    served: str | None
    lost: str | None
    instead: str | None
    passed: str | None
    remind: tuple[int, ...]
    review: Review

    @property
    def has_firm_day(self) -> bool:
        """Whether a number of days is known."""
        return self.figure is not None or self.days is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWords:
    """What is said beside a day: how near it is, why it moved, and how sure it is."""

    weekend: str
    holiday: str
    date_on_weekend: str
    date_on_holiday: str
    calendar_unknown: str
    no_firm_day: str
    soon: str
    last_day: str
    passed_yours: str
    passed_theirs: str
    lost: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineBook:
    """All of deadlines.yml. `remind_at` is the decent hour for reminders, in Asia/Shanghai."""

    kinds: Mapping[str, DeadlineKind]
    words: DeadlineWords
    served: Mapping[str, tuple[str, ...]]
    remind_at: time
    text: str


def load_deadlines(folder: Path) -> DeadlineBook:
    """Read knowledge/deadlines.yml; KnowledgeError with every fault when it cannot be used."""
    found: list[Fault] = []
    text = read_text(folder, FILE, found)
    raise_if_any(found)
    book, faults = read_deadlines(text or "")
    raise_if_any(faults)
    if book is None:
        raise AssertionError(FILE)
    return book


def read_deadlines(text: str) -> tuple[DeadlineBook | None, list[Fault]]:
    """Read the text of deadlines.yml and say what is wrong with its shape."""
    data, lines, faults = read_yaml(text, FILE, "deadlines")
    if data is None:
        return None, faults
    kinds: dict[str, DeadlineKind] = {}
    for index, entry in enumerate(data["kinds"]):
        if entry["id"] in kinds:
            message = f"期限编号 {entry['id']} 用了两次，请改掉一个。"
            faults.append(Fault(FILE, lines["kinds", index], message))
        if (served := entry.get("served")) is not None and served not in data["served"]:
            message = f"served 里没有 {served}，请改正拼写。"
            faults.append(Fault(FILE, lines["kinds", index], message))
        kinds[entry["id"]] = _kind(entry)
    book = DeadlineBook(
        kinds=kinds,
        words=DeadlineWords(**data["words"]),
        served={name: tuple(lines) for name, lines in data["served"].items()},
        remind_at=time.fromisoformat(data["remind_at"]),
        text=text,
    )
    return book, faults


def _kind(entry: Mapping[str, Any]) -> DeadlineKind:
    days = entry["days"]
    return DeadlineKind(
        figure=days if isinstance(days, str) else None,
        days=days if isinstance(days, int) else None,
        unit=Unit(entry.get("unit", Unit.DAYS.value)),
        counts_from=CountsFrom(entry["counts_from"]),
        whose=Whose(entry["whose"]),
        article=_article(entry["article"]),
        counted_by=_article(entry.get("counted_by")),
        traps=tuple(entry["traps"]),
        next=tuple(entry["next"]),
        served=entry.get("served"),
        lost=entry.get("lost"),
        instead=entry.get("instead"),
        passed=entry.get("passed"),
        remind=tuple(entry["remind"]),
        review=Review(entry["reviewed_on"], entry["review_by"]),
        **{name: entry[name] for name in _PLAIN},
    )


_PLAIN = ("id", "title", "button", "asks", "starts", "moves", "rule", "letter")


def _article(text: str | None) -> ArticleId | None:
    return None if text is None else ArticleId.parse(text)
