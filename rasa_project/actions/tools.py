"""Filling in a tool: begins it, asks, listens, and asks the bot to finish it. All pure."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Optional

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.concepts.clock import SHANGHAI
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.faults import raise_if_any
from bot.knowledge.loader import load_knowledge
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import ControlWords, Tool, load_tools, read_control_words
from rasa_project.actions.questionnaires import (
    SUMMARY,
    Draft,
    Step,
    begin,
    follow_control,
    take_answer,
)
from rasa_project.folders import KNOWLEDGE

_SURE, _VERY_SURE = 0.6, 0.85
"""Confidence from which a question in the middle of a form is answered before it goes on, and
from which a few words in the place of a free answer are taken for another wish."""

_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "怎么", "咋办", "什么", "多久", "为什么")
_OPEN, _DONE = "open", "done"
Events = list[dict[str, Any]]


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


class BeginTool(Action):
    """Starts the tool that a button or a wish names, with what is known already."""

    def name(self) -> str:
        """The name in rules."""
        return "action_begin_tool"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Set the slots; the form that follows asks, or ends at once when there is no tool."""
        entities = _entities(tracker)
        intent = (tracker.latest_message.get("intent") or {}).get("name", "")
        tool = tools().get(str(entities.get("tool") or intent))
        misses = SlotSet("misses", 0)
        if tool is None:
            # A wish that has several tools, or a button of a tool that is over.
            over = {"utterance": "stale_button"}
            wish = {"task": f"choose_{intent}"}
            dispatcher.utter_message(json_message=over if intent == "button" else wish)
            return [misses, SlotSet("tool", None), SlotSet("begun", _DONE)]
        answers = dict(entities.get("answers") or {})
        first = tool.questions[0]
        is_story = first.kind is QuestionKind.LONG_TEXT and tool.id == intent
        text = str(tracker.latest_message.get("text") or "")
        if is_story and not text.startswith("/") and len(text) >= STORY_AT_LEAST:
            answers[first.id] = text[: first.max_length]
        step = begin(tool, answers)
        if is_story and answers and step.draft.asking == SUMMARY:
            step = Step(step.draft, is_done=True)
        slots = _slots(step, dispatcher, tool)
        # The message that begins a tool is not an answer to its first question.
        begun = _DONE if slots.pop("reply") else _OPEN
        events = [SlotSet(name, value) for name, value in slots.items()]
        return [misses, SlotSet("begun", begun), *events]


STORY_AT_LEAST = 12
"""Characters from which a wish to check a call is taken to be the story itself."""


class AskReply(Action):
    """Asks the question that is open, or shows all answers for correction."""

    def name(self) -> str:
        """Rasa's name for what asks for the slot `reply`."""
        return "action_ask_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask the bot to show it; the text is for `rasa shell`."""
        draft = _draft(tracker)
        if draft is None:
            return []
        asked = {} if draft.asking == SUMMARY else {"text": _spoken(draft)}
        dispatcher.utter_message(
            **asked,
            json_message={
                "task": "ask",
                "tool": draft.tool,
                "asking": draft.asking,
                "answers": dict(draft.answers),
                "is_review": draft.is_review,
                "problem": tracker.get_slot("problem"),
                "warnings": tracker.get_slot("warnings") or [],
            },
        )
        return [SlotSet("problem", None), SlotSet("warnings", [])]


class ListenToReply(FormValidationAction):
    """Takes what was written as an answer, a control, or a question in the middle."""

    def name(self) -> str:
        """Rasa's name for what checks the form."""
        return "validate_tool_form"

    def validate_reply(
        self,
        slot_value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> dict[str, Any]:
        """Fill `reply` only when the tool is finished or left."""
        draft = _draft(tracker)
        if begun := tracker.get_slot("begun"):
            return {"begun": None, "reply": _DONE if begun == _DONE else None}
        if draft is None:
            return {"reply": _DONE}
        tool, text = tools()[draft.tool], str(slot_value)
        if (other := tools().get(str(_entities(tracker).get("tool")))) is not None:
            answers = dict(_entities(tracker).get("answers") or {})
            return _slots(begin(other, answers), dispatcher, other)
        if (control := _control(tracker, text)) is not None:
            return _obey(control, draft, tool, dispatcher)
        if text.startswith("/"):
            return _interrupt(_intent(tracker), dispatcher)
        today = datetime.now(SHANGHAI).date()
        step = take_answer(tool, draft, text, today)
        is_meant_for_us = _is_question(tracker, tool, draft, text) or _is_wish(tracker, text)
        if is_meant_for_us or (step.problem and _is_sure(tracker)):
            return _interrupt(_intent(tracker), dispatcher)
        return _slots(step, dispatcher, tool)


class EndTool(Action):
    """Clears the table after a tool."""

    def name(self) -> str:
        """The name in rules."""
        return "action_end_tool"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Forget the draft: the bot keeps what is worth keeping."""
        empty = ("tool", "answers", "asking", "is_review", "problem", "warnings", "begun", "reply")
        return [SlotSet(name, None) for name in empty]


def _slots(step: Step, dispatcher: CollectingDispatcher, tool: Tool) -> dict[str, Any]:
    """The slots of a step; a finished tool asks the bot for its task."""
    draft = step.draft
    if step.is_done:
        dispatcher.utter_message(
            json_message={"task": tool.task, "tool": tool.id, "answers": dict(draft.answers)}
        )
    return {
        "tool": draft.tool,
        "answers": dict(draft.answers),
        "asking": draft.asking,
        "is_review": draft.is_review,
        "problem": step.problem,
        "warnings": list(step.warnings),
        "reply": _DONE if step.is_done else None,
    }


def _draft(tracker: Tracker) -> Optional[Draft]:
    tool = tracker.get_slot("tool")
    if tool not in tools():
        return None
    return Draft(
        tool,
        tracker.get_slot("answers") or {},
        tracker.get_slot("asking") or SUMMARY,
        bool(tracker.get_slot("is_review")),
    )


def _control(tracker: Tracker, text: str) -> Optional[str]:
    """The control that was tapped or written, if any."""
    tapped = _entities(tracker).get("control")
    return str(tapped) if tapped else control_words().control_in(text)


def _obey(
    control: str, draft: Draft, tool: Tool, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """Leave, preview, or a step among the questions."""
    if control == "stop":
        left = {"tool": tool.id, "answers": dict(draft.answers), "asking": draft.asking}
        dispatcher.utter_message(json_message={"task": "leave_tool", **left})
        return {"reply": _DONE, "tool": None}
    if control == "preview":
        dispatcher.utter_message(json_message={"task": "preview_tool", "tool": tool.id})
        return {"reply": None}
    return _slots(follow_control(tool, draft, control), dispatcher, tool)


def _interrupt(intent: str, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Answer what was asked in the middle, or offer another tool; then the form goes on."""
    if intent in load_knowledge_once().tasks:
        dispatcher.utter_message(json_message={"task": "offer_second", "topics": [intent]})
    else:
        dispatcher.utter_message(response=f"utter_{intent}")
    return {"reply": None}


def _is_question(tracker: Tracker, tool: Tool, draft: Draft, text: str) -> bool:
    """Whether this asks us something, in the place of an answer that could be any words."""
    asks_for_a_story = (
        draft.asking != SUMMARY and tool.question(draft.asking).kind is QuestionKind.LONG_TEXT
    )
    ends_so = text.rstrip("。 ").endswith(_QUESTION_ENDS)
    return ends_so and not asks_for_a_story and _is_sure(tracker)


def _is_wish(tracker: Tracker, text: str) -> bool:
    """Whether this is the short name of another task, in the place of an answer."""
    intent = tracker.latest_message.get("intent") or {}
    is_task = intent.get("name") in load_knowledge_once().tasks
    is_clear = float(intent.get("confidence") or 0) >= _VERY_SURE
    return is_task and is_clear and len(text) < STORY_AT_LEAST


def _is_sure(tracker: Tracker) -> bool:
    """Whether what was written clearly is about a topic or a task."""
    intent = tracker.latest_message.get("intent") or {}
    knowledge = load_knowledge_once()
    is_known = intent.get("name") in {*knowledge.answers, *knowledge.tasks}
    return is_known and float(intent.get("confidence") or 0) >= _SURE


def _intent(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name"))


def _entities(tracker: Tracker) -> Mapping[str, Any]:
    """What one of our buttons carried; typed text cannot carry any of these."""
    if not str(tracker.latest_message.get("text") or "").startswith("/"):
        return {}
    return {each["entity"]: each["value"] for each in tracker.latest_message.get("entities") or []}


def _spoken(draft: Draft) -> str:
    question = tools()[draft.tool].question(draft.asking)
    labels = "、".join(choice.label for choice in question.choices)
    return f"{question.asks}（{labels or question.example}）"
