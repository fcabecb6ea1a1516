"""The table of tests/deadlines/, reckoned by hand from the law by somebody who saw no code."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.answering.deadlines import DeadlineReckoner
from bot.answering.working_days import WorkingDays
from bot.knowledge.deadlines import load_deadlines
from bot.knowledge.loader import read_knowledge

_ROOT = Path(__file__).parents[2]
_TABLE = _ROOT / "tests" / "deadlines" / "deadlines.yml"
_KNOWN_FAILURES = _TABLE.with_name("known_failures.yml")


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    start: date
    due: date
    is_uncertain: bool

    @property
    def name(self) -> str:
        return f"{self.kind} {self.start}"


def read_cases() -> list[Case]:
    return [
        Case(
            kind=entry["kind"],
            start=date.fromisoformat(entry["from"]),
            due=date.fromisoformat(entry["due"]),
            is_uncertain=entry.get("uncertain", False),
        )
        for entry in yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    ]


def read_known_failures() -> list[str]:
    return list(yaml.safe_load(_KNOWN_FAILURES.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def reckoner() -> DeadlineReckoner:
    knowledge, _ = read_knowledge(_ROOT / "knowledge")
    return DeadlineReckoner(knowledge, load_deadlines(_ROOT / "knowledge"), WorkingDays())


def test_the_table_is_large_enough() -> None:
    assert len(read_cases()) >= 40


def test_the_known_failures_stand_in_the_table() -> None:
    assert set(read_known_failures()) <= {case.name for case in read_cases()}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_the_day_is_the_one_that_the_law_gives(case: Case, reckoner: DeadlineReckoner) -> None:
    is_right = reckoner.due(case.kind, case.start).due == case.due
    assert is_right == (case.name not in read_known_failures())


@pytest.mark.parametrize(
    "case", [case for case in read_cases() if case.is_uncertain], ids=lambda case: case.name
)
def test_where_the_table_is_uncertain_the_calendar_says_so(
    case: Case, reckoner: DeadlineReckoner
) -> None:
    deadline = reckoner.due(case.kind, case.start)
    assert not deadline.is_calendar_known
    assert deadline.safe_day is not None
    assert deadline.safe_day < case.due
