"""How the tests get the words of a case."""

from datetime import datetime, timedelta, timezone
from functools import cache

from bot.facts.telling import CaseVocabulary
from bot.knowledge.case_words import read_case_words
from bot.safety.normalizing import normalize
from tests.facts.stories import ROOT, reader

NOW = datetime(2026, 11, 29, 15, 0, tzinfo=timezone(timedelta(hours=8)))


@cache
def vocabulary() -> CaseVocabulary:
    """The words of knowledge/."""
    words, faults = read_case_words(ROOT / "knowledge")
    assert (words is not None, faults) == (True, [])
    assert words is not None
    return CaseVocabulary(reader().words, words, normalize)
