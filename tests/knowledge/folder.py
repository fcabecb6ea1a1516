"""The real knowledge base and its day, and copies of it to damage."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copy, copytree

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import check_knowledge
from bot.knowledge.faults import Fault
from bot.knowledge.kept_book import kept_book, open_kept_book
from bot.knowledge.library import Book
from bot.knowledge.loader import read_knowledge

REAL = Path(__file__).parents[2] / "knowledge"
QUESTIONS = Path(__file__).parents[1] / "questions"
REVIEW_DAY = date(2026, 11, 23)
"""A Monday in the days in which every fact of the folder was last reviewed."""

_KEPT = Path(__file__).parents[2] / ".pytest_cache" / "book" / "book.kept"


@cache
def real_book() -> Book:
    """The knowledge base of this repository, opened once for all tests and kept for the next run.

    It is kept as the bot keeps its own: for these very files, read by this very code.
    """
    return open_kept_book(REAL, _KEPT)


def lend_book(data: Path) -> None:
    """Put the kept book into a data folder: a program of a test need not read all files again."""
    real_book()
    data.mkdir(parents=True, exist_ok=True)
    copy(_KEPT, data / _KEPT.name)


@cache
def real_knowledge() -> KnowledgeBase:
    """The knowledge base of this repository, with whatever faults it has."""
    book = kept_book(REAL, _KEPT)
    return read_knowledge(REAL)[0] if book is None else book.knowledge


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
