"""Joins the words by which a case is read."""

from pathlib import Path

from bot.facts.telling import CaseVocabulary
from bot.knowledge.case_words import read_case_words
from bot.knowledge.fact_words import read_fact_words
from bot.knowledge.faults import raise_if_any
from bot.safety.normalizing import normalize


def load_case_vocabulary(folder: Path) -> CaseVocabulary:
    """The words of facts.yml and case_words.yml; KnowledgeError when they cannot be used."""
    facts, faults = read_fact_words(folder)
    words, more = read_case_words(folder)
    raise_if_any([*faults, *more])
    if facts is None or words is None:
        raise AssertionError(folder)
    return CaseVocabulary(facts, words, normalize)
