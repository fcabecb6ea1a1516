"""Checks the whole folder knowledge/: every file of every kind, all faults in one run.

`check_folder` tells faults and `hints_of_folder` what may stand; both can be asked about texts
that are not saved yet. Inside `kept_work.keeping` only what changed is read again.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from bot.knowledge.advice import read_advice
from bot.knowledge.advice_checks import Ends, check_advice
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import read_budget
from bot.knowledge.calculator_checks import Calculators, check_calculators
from bot.knowledge.checks import check_knowledge
from bot.knowledge.claims import check_claims
from bot.knowledge.complaints import read_complaints
from bot.knowledge.conduct import check_conduct, read_conduct
from bot.knowledge.court_fees import read_court_fees
from bot.knowledge.deadlines import read_deadlines
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import as_if, files_of, read_text
from bot.knowledge.guide_checks import Guides, check_guides
from bot.knowledge.kept_work import keeping_already
from bot.knowledge.letter_checks import check_letters
from bot.knowledge.letters import read_letters
from bot.knowledge.list_checks import check_lists
from bot.knowledge.loader import read_knowledge
from bot.knowledge.paper_checks import check_papers
from bot.knowledge.people import PEOPLE_FILE, read_people
from bot.knowledge.plain_figures import check_plain_figures
from bot.knowledge.readability import check_readability
from bot.knowledge.readings import read_readings
from bot.knowledge.shapes import check_shapes
from bot.knowledge.talk_words import check_talk_words
from bot.knowledge.tools import DEADLINE_TOOL, read_forms, read_tools
from bot.knowledge.true_rate import read_true_rate
from bot.knowledge.writing_checks import check_examples, check_writing

Book = TypeVar("Book")
Reader = Callable[[str], tuple[Book | None, list[Fault]]]
AS_SAVED: Mapping[str, str] = MappingProxyType({})


def check_folder(folder: Path, today: date, changed: Mapping[str, str] = AS_SAVED) -> list[Fault]:
    """Every fault: what cannot be read first, then by file and line; none when all is well.

    `changed` are texts by file, relative to the folder, that stand in the place of those saved.
    """
    with as_if(changed), keeping_already():
        causes, others = _look(folder, today)
    return [*sorted(causes), *sorted(others - causes)]


def hints_of_folder(folder: Path, changed: Mapping[str, str] = AS_SAVED) -> list[Fault]:
    """What reads badly or sounds doubtful, and may stand; `changed` as for `check_folder`.

    It takes some seconds where a text is new, since it learns what the folder sounds like.
    """
    with as_if(changed), keeping_already():
        return check_readability(folder)


def faults_of_file(folder: Path, file: str, text: str, today: date) -> list[Fault]:
    """The faults that one file would have with this text, saved nowhere."""
    found = check_folder(folder, today, {file: text})
    return [fault for fault in found if fault.file == file]


def _look(folder: Path, today: date) -> tuple[set[Fault], set[Fault]]:
    """What cannot be read, and what is wrong with the rest."""
    knowledge, faults = read_knowledge(folder)
    causes = set(faults) | check_lists(folder)
    found = set(check_knowledge(knowledge, [], today))
    read = partial(read_readings, topics=knowledge.topic_files, today=today)
    _book(folder, "reviews.yml", read, found)
    if (folder / PEOPLE_FILE).exists():
        _book(folder, PEOPLE_FILE, read_people, found)
    mistaken, claimed = check_claims(folder)
    causes |= set(mistaken)
    found |= {*claimed, *check_plain_figures(folder, knowledge, today)}
    found |= {*check_writing(folder), *check_examples(folder, knowledge)}
    more, rest = _tools(folder, knowledge, today)
    causes |= more
    found |= rest
    if not causes | found:
        found |= set(read_tools(folder)[1])
    return causes, found


def _tools(folder: Path, knowledge: KnowledgeBase, today: date) -> tuple[set[Fault], set[Fault]]:
    """Letters, rules, forms, steps, calculators and guides: unreadable, and otherwise wrong."""
    causes: set[Fault] = set()
    shelf, faults = read_letters(folder)
    conduct, texts, more = read_conduct(folder)
    forms, further = read_forms(folder)
    advice, rest = read_advice(folder)
    causes |= {*faults, *more, *further, *rest}
    guides = Guides(
        deadlines=_book(folder, "deadlines.yml", read_deadlines, causes),
        complaints=_book(folder, "complaints.yml", read_complaints, causes),
        budget=_book(folder, "budget.yml", read_budget, causes),
        letters={Path(file).parent.name for file in files_of(folder, "letters/*/letter.yml")},
    )
    court_fees = _book(folder, "court_fees.yml", read_court_fees, causes)
    true_rate = _book(folder, "true_rate.yml", read_true_rate, causes)
    found = set(check_letters(shelf, knowledge, today))
    found |= set(check_talk_words(folder, knowledge)) | set(check_shapes(folder, knowledge))
    found |= set(check_guides(guides, knowledge, today))
    if conduct is not None:
        found |= set(check_conduct(conduct, texts, knowledge, today))
    if court_fees and true_rate:
        calculators = Calculators(
            court_fees=court_fees,
            true_rate=true_rate,
            letters=guides.letters,
            forms={form.id: form for form in forms},
        )
        found |= set(check_calculators(calculators, knowledge, today))
    kinds = guides.deadlines.kinds if guides.deadlines is not None else None
    names = {Path(file).stem for file in files_of(folder, "forms/*.yml")} | {*guides.letters}
    names |= {DEADLINE_TOOL + kind for kind in kinds or ()}
    found |= set(check_advice(advice, Ends(tools=names, deadlines=kinds), knowledge, today))
    found |= set(check_papers(folder, knowledge, guides.letters, kinds, today))
    return causes, found


def _book(  # noqa: UP047 this package stays 3.10-clean
    folder: Path, file: str, read: Reader[Book], found: set[Fault]
) -> Book | None:
    """What one file holds; None, and its faults among those found, when it cannot be used."""
    faults: list[Fault] = []
    text = read_text(folder, file, faults)
    book = None
    if text is not None:
        book, more = read(text)
        faults += more
    found |= set(faults)
    return book
