"""The real knowledge base and its day, and copies of it to damage."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import check_knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.loader import read_knowledge

REAL = Path(__file__).parents[2] / "knowledge"
QUESTIONS = Path(__file__).parents[1] / "questions"
REVIEW_DAY = date(2026, 11, 23)
"""A Monday in the days in which every fact of the folder was last reviewed."""


@cache
def real_knowledge() -> KnowledgeBase:
    """The knowledge base of this repository, with whatever faults it has."""
    return read_knowledge(REAL)[0]


def copy_of_real(to: Path) -> Path:
    """A knowledge folder that may be damaged."""
    copytree(REAL, to)
    return to


def replace_in(folder: Path, file: str, old: str, new: str) -> int:
    """Change the first such text of a file; its line, counted from 1."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(folder: Path, on: date = REVIEW_DAY) -> Sequence[Fault]:
    """All that `zhiquan check` says of a folder's laws, answers and words."""
    return check_knowledge(*read_knowledge(folder), on)
