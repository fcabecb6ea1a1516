"""All of knowledge/ as one Book, opened once; whoever needs words, rules or tools takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.concepts.case_words import CaseWords
from bot.concepts.conduct import Conduct
from bot.concepts.fact_words import FactWords
from bot.concepts.paper_words import PaperWords
from bot.knowledge.advice import AdviceBook, load_advice
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.budget import BudgetBook, load_budget
from bot.knowledge.case_words import read_case_words
from bot.knowledge.complaints import ComplaintBook, load_complaints
from bot.knowledge.conduct import read_conduct
from bot.knowledge.court_fees import CourtFeeBook, load_court_fees
from bot.knowledge.deadlines import DeadlineBook, load_deadlines
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import raise_if_any
from bot.knowledge.letters import Letter, load_letters
from bot.knowledge.loader import load_knowledge
from bot.knowledge.paper_words import read_paper_words
from bot.knowledge.shapes import Shapes, read_shapes
from bot.knowledge.talk_words import TalkWords, read_talk_words
from bot.knowledge.tools import ControlWords, Tool, load_tools, read_control_words
from bot.knowledge.true_rate import TrueRateBook, load_true_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that the folder says, read and checked."""

    knowledge: KnowledgeBase
    tools: Mapping[str, Tool]
    controls: ControlWords
    talk: TalkWords
    shapes: Shapes
    letters: Mapping[str, Letter]
    facts: FactWords
    case_words: CaseWords
    conduct: Conduct
    papers: PaperWords
    deadlines: DeadlineBook
    complaints: ComplaintBook
    budget: BudgetBook
    court_fees: CourtFeeBook
    true_rate: TrueRateBook
    advice: AdviceBook


def open_book(folder: Path) -> Book:
    """Read the folder; KnowledgeError with every fault when it cannot be used."""
    controls, faults = read_control_words(folder)
    talk, more = read_talk_words(folder)
    facts, further = read_fact_words(folder)
    case_words, rest = read_case_words(folder)
    conduct, _, last = read_conduct(folder)
    papers, wrong = read_paper_words(folder)
    shapes, misshapen = read_shapes(folder)
    raise_if_any([*faults, *more, *further, *rest, *last, *wrong, *misshapen])
    if facts is None or conduct is None or case_words is None or papers is None:
        raise AssertionError(folder)
    return Book(
        knowledge=load_knowledge(folder),
        tools=load_tools(folder),
        controls=controls,
        talk=talk,
        shapes=shapes,
        letters=load_letters(folder),
        facts=facts,
        case_words=case_words,
        conduct=conduct,
        papers=papers,
        deadlines=load_deadlines(folder),
        complaints=load_complaints(folder),
        budget=load_budget(folder),
        court_fees=load_court_fees(folder),
        true_rate=load_true_rate(folder),
        advice=load_advice(folder),
    )
