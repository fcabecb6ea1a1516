"""What is wrong with the lists of words and examples, which point to nothing else.

Only who listens needs what they hold: here each is read for its faults, and only when it changed.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from bot.knowledge.case_words import read_case_words
from bot.knowledge.clauses import FOLDER as CLAUSES
from bot.knowledge.clauses import read_clauses
from bot.knowledge.danger_messages import check_danger_messages
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import files_of, read_text
from bot.knowledge.kept_work import kept
from bot.knowledge.paper_texts import FOLDER as PAPERS
from bot.knowledge.paper_texts import read_paper_texts
from bot.knowledge.paper_words import DOMAINS, FILE, LENDERS, NUMBERS, read_paper_words
from bot.knowledge.shapes import read_shapes
from bot.knowledge.tools import read_control_words
from bot.knowledge.yaml_reader import read_yaml

_WORD_LISTS = ("spelling", "concepts", "aspects", "legal_words", "claim_sentences")


def check_lists(folder: Path) -> set[Fault]:
    """Every fault of the lists."""
    found = {
        *_faults(folder, ["facts.yml"], lambda: read_fact_words(folder)[1]),
        *_faults(folder, ["case_words.yml"], lambda: read_case_words(folder)[1]),
        *_faults(folder, files_of(folder, f"{CLAUSES}/*.jsonl"), lambda: read_clauses(folder)[1]),
        *_faults(folder, files_of(folder, f"{PAPERS}/*.yml"), lambda: read_paper_texts(folder)[1]),
        *paper_word_faults(folder),
        *read_control_words(folder)[1],
        *read_shapes(folder)[1],
    }
    for name in _WORD_LISTS:
        found |= _faults_of_one(folder, name, partial(_word_list, name))
    return found | _faults_of_one(folder, "danger", check_danger_messages)


def paper_word_faults(folder: Path) -> tuple[Fault, ...]:
    """Every fault of the words by which papers are read."""
    files = [FILE, NUMBERS, DOMAINS, LENDERS]
    return _faults(folder, files, lambda: read_paper_words(folder)[1])


def _faults(
    folder: Path, files: Iterable[str], read: Callable[[], Iterable[Fault]]
) -> tuple[Fault, ...]:
    """The faults of some files, read again only when one of them changed."""
    texts: list[str] = []
    for file in files:
        unreadable: list[Fault] = []
        text = read_text(folder, file, unreadable)
        texts += [file, *map(str, unreadable)] if text is None else [file, text]
    return kept(lambda: tuple(read()), "faults", *texts)


def _word_list(name: str, text: str) -> list[Fault]:
    return read_yaml(text, f"{name}.yml", name)[2]


def _faults_of_one(folder: Path, name: str, look: Callable[[str], Iterable[Fault]]) -> set[Fault]:
    faults: list[Fault] = []
    text = read_text(folder, f"{name}.yml", faults)
    return {*faults, *(look(text) if text is not None else ())}
