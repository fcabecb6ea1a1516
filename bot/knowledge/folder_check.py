"""Checks the whole folder knowledge/: every file of every kind, all faults in one run."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.knowledge.advice import read_advice
from bot.knowledge.advice_checks import Ends, check_advice
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import read_budget
from bot.knowledge.calculator_checks import Calculators, check_calculators
from bot.knowledge.case_words import read_case_words
from bot.knowledge.checks import check_knowledge
from bot.knowledge.clauses import read_clauses
from bot.knowledge.complaints import read_complaints
from bot.knowledge.conduct import check_conduct, read_conduct
from bot.knowledge.court_fees import read_court_fees
from bot.knowledge.danger_messages import check_danger_messages
from bot.knowledge.deadlines import read_deadlines
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import Fault
from bot.knowledge.file_reader import read_text
from bot.knowledge.guide_checks import Guides, check_guides
from bot.knowledge.letter_checks import check_letters
from bot.knowledge.letters import read_letters
from bot.knowledge.loader import read_knowledge
from bot.knowledge.paper_checks import check_papers
from bot.knowledge.paper_texts import read_paper_texts
from bot.knowledge.paper_words import read_paper_words
from bot.knowledge.people import PEOPLE_FILE, read_people
from bot.knowledge.readings import read_readings
from bot.knowledge.shapes import check_shapes, read_shapes
from bot.knowledge.talk_words import check_talk_words
from bot.knowledge.tools import DEADLINE_TOOL, read_control_words, read_forms, read_tools
from bot.knowledge.true_rate import read_true_rate
from bot.knowledge.yaml_reader import read_yaml

_WORD_LISTS = ("spelling", "concepts", "aspects")
"""Only Rasa learns from them: here their form is looked at."""

Book = TypeVar("Book")
Reader = Callable[[str], tuple[Book | None, list[Fault]]]


def check_folder(folder: Path, today: date) -> list[Fault]:
    """Every fault, in order of file and line; none when all is well."""
    knowledge, faults = read_knowledge(folder)
    found = set(check_knowledge(knowledge, faults, today))
    found |= _lists_alone(folder)
    read = partial(read_readings, topics=knowledge.topic_files, today=today)
    _book(folder, "reviews.yml", read, found)
    if (folder / PEOPLE_FILE).exists():
        _book(folder, PEOPLE_FILE, read_people, found)
    # Where these cannot be read, which is told once, every link to them would look wrong.
    has_ends = bool(knowledge.contacts and knowledge.tasks and knowledge.talk)
    found |= _tools(folder, knowledge, today, has_ends=has_ends)
    if not found:
        found |= set(read_tools(folder)[1])
    return sorted(found)


def _lists_alone(folder: Path) -> set[Fault]:
    """The files of words and examples that point to nothing else."""
    found = set(read_fact_words(folder)[1]) | set(read_control_words(folder)[1])
    found |= set(read_case_words(folder)[1]) | set(read_clauses(folder)[1])
    found |= set(read_shapes(folder)[1])
    found |= set(read_paper_words(folder)[1]) | set(read_paper_texts(folder)[1])
    for name in _WORD_LISTS:
        _book(folder, f"{name}.yml", partial(_word_list, name=name), found)
    _book(folder, "danger.yml", lambda text: (None, check_danger_messages(text)), found)
    return found


def _tools(folder: Path, knowledge: KnowledgeBase, today: date, *, has_ends: bool) -> set[Fault]:
    """Letters, rules, forms, steps, calculators and guides, and what they point to."""
    shelf, faults = read_letters(folder)
    found = set(faults)
    conduct, texts, faults = read_conduct(folder)
    found |= set(faults)
    forms, faults = read_forms(folder)
    found |= set(faults)
    advice, faults = read_advice(folder)
    found |= set(faults)
    deadlines = _book(folder, "deadlines.yml", read_deadlines, found)
    complaints = _book(folder, "complaints.yml", read_complaints, found)
    budget = _book(folder, "budget.yml", read_budget, found)
    court_fees = _book(folder, "court_fees.yml", read_court_fees, found)
    true_rate = _book(folder, "true_rate.yml", read_true_rate, found)
    if not has_ends:
        return found
    letters = shelf.letters
    found |= set(check_letters(shelf, knowledge, today))
    found |= set(check_talk_words(folder, knowledge)) | set(check_shapes(folder, knowledge))
    if conduct is not None:
        found |= set(check_conduct(conduct, texts, knowledge, today))
    if court_fees and true_rate:
        by_id = {form.id: form for form in forms}
        calculators = Calculators(
            court_fees=court_fees, true_rate=true_rate, letters=letters, forms=by_id
        )
        found |= set(check_calculators(calculators, knowledge, today))
    if deadlines and complaints and budget:
        guides = Guides(deadlines=deadlines, complaints=complaints, budget=budget, letters=letters)
        found |= set(check_guides(guides, knowledge, today))
        kinds = deadlines.kinds
        names = {*letters, *(form.id for form in forms), *(DEADLINE_TOOL + kind for kind in kinds)}
        found |= set(check_advice(advice, Ends(tools=names, deadlines=kinds), knowledge, today))
        found |= set(check_papers(folder, knowledge, letters, kinds, today))
    return found


def _word_list(text: str, name: str) -> tuple[None, list[Fault]]:
    return None, read_yaml(text, f"{name}.yml", name)[2]


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
