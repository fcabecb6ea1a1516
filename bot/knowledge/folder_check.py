"""Checks the whole folder knowledge/: every file of every kind, all faults in one run."""

from datetime import date
from pathlib import Path

from bot.knowledge.budget import read_budget
from bot.knowledge.checks import check_knowledge
from bot.knowledge.complaints import read_complaints
from bot.knowledge.conduct import check_conduct, read_conduct
from bot.knowledge.deadlines import read_deadlines
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import Fault
from bot.knowledge.guide_checks import Guides, check_guides
from bot.knowledge.letter_checks import check_letters
from bot.knowledge.letters import read_letters
from bot.knowledge.loader import read_knowledge
from bot.knowledge.tools import read_control_words, read_tools


def check_folder(folder: Path, today: date) -> list[Fault]:
    """Every fault, in order of file and line; none when all is well."""
    knowledge, faults = read_knowledge(folder)
    found = set(check_knowledge(knowledge, faults, today))
    shelf, more = read_letters(folder)
    found |= {*more, *check_letters(shelf, knowledge, today)}
    conduct, texts, more = read_conduct(folder)
    found |= set(more)
    if conduct is not None:
        found |= set(check_conduct(conduct, texts, knowledge, today))
    found |= set(read_fact_words(folder)[1]) | set(read_control_words(folder)[1])
    deadlines, first = read_deadlines(_text(folder, "deadlines.yml"))
    complaints, second = read_complaints(_text(folder, "complaints.yml"))
    budget, third = read_budget(_text(folder, "budget.yml"))
    found |= {*first, *second, *third}
    if deadlines is not None and complaints is not None and budget is not None:
        guides = Guides(
            deadlines=deadlines, complaints=complaints, budget=budget, letters=shelf.letters
        )
        found |= set(check_guides(guides, knowledge, today))
    if not found:
        found |= set(read_tools(folder)[1])
    return sorted(found)


def _text(folder: Path, file: str) -> str:
    """The file's text; nothing, which is a fault of its own, when it cannot be read."""
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
