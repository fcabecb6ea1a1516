"""Which choices a sentence most likely means: those whose words are in it.

A guess is told to the person, who can go back. Where two readings are possible there is none.
"""

import re
import unicodedata
from datetime import date

from bot.facts.answer_signs import is_question
from bot.knowledge.answer_check import check_answer, clean_text
from bot.knowledge.checked_answer import CheckedAnswer
from bot.knowledge.questions import Question, QuestionChoice, QuestionKind

LONGEST = 20
"""Characters above which a text is a story, and no answer to one short question."""
_FEW_WORDS = 10
"""Characters of the longest answer for which two characters of a choice are enough."""
_NUMERALS = re.compile(r"\d|[一二两三四五六七八九十百千万]")
_NEGATION = re.compile("[没不别非未无]")
_NUMBER_KINDS = {QuestionKind.AMOUNT, QuestionKind.COUNT, QuestionKind.DATE, QuestionKind.TIME}


def guess_answer(question: Question, text: str, on: date) -> CheckedAnswer | None:
    """The choice that was most likely meant, in its canonical form; None when it is unclear."""
    written = unicodedata.normalize("NFKC", clean_text(text)).lower()
    if not written or len(written) > LONGEST or is_question(text):
        return None
    found = _most_likely(question, written)
    if found is None:
        return None
    checked = check_answer(question, found, on)
    return None if checked.value is None else checked


def is_attempt(question: Question, text: str) -> bool:
    """Whether a text that does not fit was still meant as the number or day that is asked for."""
    has_number = question.kind in _NUMBER_KINDS and _NUMERALS.search(text) is not None
    return has_number and not is_question(text)


def _most_likely(question: Question, text: str) -> str | None:
    match question.kind:
        case QuestionKind.CHOICE:
            choice = _nearest_choice(question.choices, text)
            return choice.id if choice else None
        case QuestionKind.CHOICES:
            return _said_choices(question.choices, text)
    return None


def _said_choices(choices: tuple[QuestionChoice, ...], text: str) -> str | None:
    """Every choice whose words are in the text; none where something is denied."""
    said = [each.id for each in choices if each.said and each.said.search(text)]
    return ",".join(said) if said and not _NEGATION.search(text) else None


def _nearest_choice(choices: tuple[QuestionChoice, ...], text: str) -> QuestionChoice | None:
    """The only choice that begins so, or the one that shares by far the most of its words."""
    begun = [each for each in choices if each.label.startswith(text)]
    if len(begun) == 1:
        return begun[0]
    shared = {each.id: len(_pairs(text) & _pairs(each.label)) for each in choices}
    best, second, *_ = sorted(choices, key=lambda each: shared[each.id], reverse=True)
    is_clear = shared[best.id] > 2 * shared[second.id]
    is_clear &= shared[best.id] > 1 or len(text) <= _FEW_WORDS
    denied = _NEGATION.findall(text)
    return best if is_clear and all(word in best.label for word in denied) else None


def _pairs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {word[at : at + 2] for word in words for at in range(len(word) - 1)}
