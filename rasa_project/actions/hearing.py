"""What was heard while a tool is filled in: an answer, a control, a button, or a question to us.

Only reads: the tracker, and the knowledge base once.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Optional

from rasa_sdk import Tracker

from bot.concepts.clock import SHANGHAI
from bot.knowledge.answer_guess import is_attempt
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import raise_if_any
from bot.knowledge.loader import load_knowledge
from bot.knowledge.questions import Question, QuestionKind
from bot.knowledge.tools import ControlWords, Tool, load_tools, read_control_words
from rasa_project.actions.questionnaires import SUMMARY, Draft
from rasa_project.folders import KNOWLEDGE

_SURE, _VERY_SURE = 0.6, 0.85
"""Confidence from which a question in the middle of a form is answered before it goes on, and
from which a few words in the place of a free answer are taken for another wish."""

_NONE = {"没有", "没", "无"}
_ABOUT_US = {"ask_identity", "ask_capabilities", "ask_human"}
_ANY_WORDS = {QuestionKind.TEXT, QuestionKind.LONG_TEXT}
_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "怎么", "咋办", "什么", "多久", "为什么")
STORY_AT_LEAST = 12
"""Characters from which a wish to check a call is taken to be the story itself."""


@cache
def tools() -> Mapping[str, Tool]:
    """Every tool, read once."""
    return load_tools(KNOWLEDGE)


@cache
def control_words() -> ControlWords:
    """What people write instead of tapping a control, read once."""
    words, faults = read_control_words(KNOWLEDGE)
    raise_if_any(faults)
    return words


@cache
def load_knowledge_once() -> KnowledgeBase:
    """The knowledge base, read once."""
    return load_knowledge(KNOWLEDGE)


def draft_of(tracker: Tracker) -> Optional[Draft]:
    """How far the open tool is filled in; None when there is none."""
    tool = tracker.get_slot("tool")
    if tool not in tools():
        return None
    return Draft(
        tool,
        tracker.get_slot("answers") or {},
        tracker.get_slot("asking") or SUMMARY,
        bool(tracker.get_slot("is_review")),
    )


def control_of(tracker: Tracker, tool: Tool, draft: Draft, text: str) -> Optional[str]:
    """The control that was tapped or written, if any; the words of a choice are an answer."""
    if tapped := entities_of(tracker).get("control"):
        return str(tapped)
    if draft.asking != SUMMARY and _is_said_instead_of_skipping(tool.question(draft.asking), text):
        return None
    control = control_words().control_in(text)
    if control == "keep" and draft.asking != SUMMARY and not draft.answers.get(draft.asking):
        return None  # 没错 is an answer where there is nothing to keep.
    return control or ("stop" if _is_tired_of_it(tracker, text) else None)


def is_meant_for_us(
    tracker: Tracker, tool: Tool, draft: Draft, text: str, *, is_answer: bool
) -> bool:
    """Whether this asks us something or wishes for another task, instead of answering."""
    ends_so = text.rstrip("。 ").endswith(_QUESTION_ENDS)
    if ends_so and not asks_for_a_story(tool, draft) and is_sure(tracker):
        return True
    question = None if draft.asking == SUMMARY else tool.question(draft.asking)
    is_closed = question is not None and question.kind not in _ANY_WORDS
    if (is_answer and is_closed) or (question is not None and is_attempt(question, text)):
        return False
    return _is_wish(tracker, text) or (not is_answer and (ends_so or is_sure(tracker)))


def asks_for_a_story(tool: Tool, draft: Draft) -> bool:
    """Whether any words at all may be the answer."""
    is_open = draft.asking != SUMMARY
    return is_open and tool.question(draft.asking).kind is QuestionKind.LONG_TEXT


def _is_wish(tracker: Tracker, text: str) -> bool:
    """Whether this is the short name of another task, in the place of an answer."""
    intent = tracker.latest_message.get("intent") or {}
    is_task = intent.get("name") in load_knowledge_once().tasks
    is_clear = float(intent.get("confidence") or 0) >= _VERY_SURE
    return is_task and is_clear and len(text) < STORY_AT_LEAST


def _is_said_instead_of_skipping(question: Question, text: str) -> bool:
    """Whether words that may also skip are an answer here: 没有 to an amount that may be 0."""
    said = text.strip()
    if any(said == choice.label for choice in question.choices):
        return True
    return question.none_is_zero and said in _NONE


def _is_tired_of_it(tracker: Tracker, text: str) -> bool:
    """Whether a few words in the place of an answer ask to stop. What was filled in is kept."""
    intent = tracker.latest_message.get("intent") or {}
    is_clear = float(intent.get("confidence") or 0) >= _VERY_SURE
    return intent.get("name") == "stop" and is_clear and len(text) < STORY_AT_LEAST


def is_sure(tracker: Tracker) -> bool:
    """Whether what was written clearly is about a topic, a task or ourselves."""
    intent = tracker.latest_message.get("intent") or {}
    knowledge = load_knowledge_once()
    is_known = intent.get("name") in {*knowledge.answers, *knowledge.tasks, *_ABOUT_US}
    return is_known and float(intent.get("confidence") or 0) >= _SURE


def named_tool(task: str, text: str) -> Optional[Tool]:
    """The only tool of a task that the words of a wish name: 帮我写支付令异议."""
    named = [
        tool
        for tool in tools().values()
        if tool.task == task and (tool.button in text or tool.title in text)
    ]
    return named[0] if len(named) == 1 else None


def today() -> date:
    """The day, in Shanghai."""
    return datetime.now(SHANGHAI).date()


def intent_of(tracker: Tracker) -> str:
    """The name of what is meant."""
    return str((tracker.latest_message.get("intent") or {}).get("name"))


def entities_of(tracker: Tracker) -> Mapping[str, Any]:
    """What one of our buttons carried; typed text cannot carry any of these."""
    if not str(tracker.latest_message.get("text") or "").startswith("/"):
        return {}
    return {each["entity"]: each["value"] for each in tracker.latest_message.get("entities") or []}
