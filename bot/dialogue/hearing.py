"""What was heard while a tool is filled in: an answer, a control, or a question to us."""

import re

from bot.concepts.conversation import SUMMARY, Draft
from bot.concepts.understanding import Understanding
from bot.dialogue.short_words import ShortWords, says_nothing
from bot.dialogue.ticking import CHOSEN, is_ticking
from bot.facts.answer_signs import is_question
from bot.facts.hearing import IMPROPER
from bot.knowledge.answer_guess import is_attempt
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import ControlWords, Tool

_SURE, _VERY_SURE = 0.6, 0.85
"""Confidence from which a question in the middle of a form is answered before it goes on, and
from which a few words in the place of a free answer are taken for another wish."""

_FEW_WORDS = 10
_A_SENTENCE = 24
"""Characters of the longest wish for something that is done at once: 把我说过的都删了."""
_BETWEEN = re.compile(r"[\s,，。.!！、]+")
_NONE = {"没有", "没", "无"}
_ABOUT_US = {"ask_identity", "ask_capabilities", "ask_human"}
_ANY_WORDS = {QuestionKind.TEXT, QuestionKind.LONG_TEXT}
_QUESTION_ENDS = (
    "?",
    "？",
    "吗",
    "呢",
    "喃",
    "怎么办",
    "怎么",
    "咋办",
    "什么",
    "多久",
    "为什么",
    "么",
)
STORY_AT_LEAST = 12
"""Characters from which a wish to check a call is taken to be the story itself."""


def control_in(
    text: str, tool: Tool, draft: Draft, meaning: Understanding | None, words: ControlWords
) -> str | None:
    """The control that was written, if any; the words of a choice are an answer."""
    if draft.asking != SUMMARY and _is_said_instead_of_skipping(tool.question(draft.asking), text):
        return None
    control = words.control_in(text)
    if control == "keep" and draft.asking != SUMMARY and not draft.answers.get(draft.asking):
        return None  # 没错 is an answer where there is nothing to keep.
    if control == CHOSEN and not is_ticking(tool, draft):
        return None
    return control or ("stop" if _is_tired_of_it(text, meaning) else None)


def is_meant_for_us(
    text: str,
    tool: Tool,
    draft: Draft,
    meaning: Understanding | None,
    knowledge: KnowledgeBase,
    *,
    is_answer: bool,
) -> bool:
    """Whether this asks us something or wishes for another task, instead of answering."""
    ends_so = text.rstrip("。 ").endswith(_QUESTION_ENDS) and not says_nothing(text)
    ends_so = ends_so or is_question(text)
    is_sure = is_sure_matter(meaning, knowledge)
    if ends_so and not asks_for_a_story(tool, draft) and (is_sure or not is_answer):
        return True
    question = None if draft.asking == SUMMARY else tool.question(draft.asking)
    is_closed = question is not None and question.kind not in _ANY_WORDS
    if _is_done_at_once(text, meaning, knowledge):
        return True
    if (is_answer and is_closed) or (question is not None and is_attempt(question, text)):
        return False
    if is_answer and question is not None and question.kind is QuestionKind.TEXT:
        return _is_wish(text, meaning, knowledge) or _asks_beside(text)
    return _is_wish(text, meaning, knowledge) or (not is_answer and (ends_so or is_sure))


def _asks_beside(text: str) -> bool:
    """Whether what would stand in a letter asks us something: 她说的算不算证据."""
    return len(text) > _FEW_WORDS // 2 and is_question(text)


def says_yes(text: str, meaning: Understanding | None, words: ShortWords) -> bool:
    """Whether a few words agree with what was asked back or read back."""
    if len(text) > _FEW_WORDS or text.rstrip().endswith(("?", "？")):
        return False
    is_agreed = meaning is not None and meaning.topic == "affirm" and meaning.accepted
    parts = [part for part in _BETWEEN.split(text) if part]
    return is_agreed or (bool(parts) and all(words.wish_in(each) == "agreed" for each in parts))


def tells_contact(text: str, tool: Tool, draft: Draft, meaning: Understanding | None) -> bool:
    """Whether a record that asks for one thing of a contact is told what the others did."""
    if not tool.is_read_back or draft.asking == SUMMARY or draft.is_review or meaning is None:
        return False
    question = tool.question(draft.asking)
    if question.kind in _ANY_WORDS or len(text) < STORY_AT_LEAST or is_question(text):
        return False
    return any(each.of(IMPROPER) >= _SURE for each in meaning.heard)


def asks_for_a_story(tool: Tool, draft: Draft) -> bool:
    """Whether any words at all may be the answer."""
    is_open = draft.asking != SUMMARY
    return is_open and tool.question(draft.asking).kind is QuestionKind.LONG_TEXT


def is_sure_matter(meaning: Understanding | None, knowledge: KnowledgeBase) -> bool:
    """Whether what was written clearly is about a topic, a task or ourselves."""
    if meaning is None or not meaning.accepted:
        return False
    known = {*knowledge.answers, *knowledge.tasks, *_ABOUT_US}
    return meaning.topic in known and meaning.confidence >= _SURE


def _is_done_at_once(text: str, meaning: Understanding | None, knowledge: KnowledgeBase) -> bool:
    """Whether something is wished for that needs no questions: 把我说过的都删了, 给我列三步."""
    chosen = knowledge.tasks.get(meaning.topic) if meaning is not None else None
    if meaning is None or chosen is None or chosen.is_tool:
        return False
    return meaning.confidence >= _VERY_SURE and len(text) < _A_SENTENCE


def _is_wish(text: str, meaning: Understanding | None, knowledge: KnowledgeBase) -> bool:
    """Whether this is the short name of another task, in the place of an answer."""
    if meaning is None or meaning.topic not in knowledge.tasks:
        return False
    return meaning.confidence >= _VERY_SURE and len(text) < STORY_AT_LEAST


def _is_said_instead_of_skipping(question: Question, text: str) -> bool:
    """Whether words that may also skip are an answer here: 没有 to an amount that may be 0."""
    said = text.strip()
    if any(said == choice.label for choice in question.choices):
        return True
    return question.none_is_zero and said in _NONE


def _is_tired_of_it(text: str, meaning: Understanding | None) -> bool:
    """Whether a few words in the place of an answer ask to stop. What was filled in is kept."""
    if meaning is None or meaning.topic != "stop":
        return False
    return meaning.confidence >= _VERY_SURE and len(text) < STORY_AT_LEAST
