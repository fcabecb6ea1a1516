"""Filling in a tool: begins it, asks, listens, and asks the bot to finish it. All pure."""

from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.concepts.danger import DANGER_TOPIC
from bot.concepts.reply import paragraph
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import Tool
from bot.knowledge.wording import put_into_words
from rasa_project.actions.hearing import (
    STORY_AT_LEAST,
    asks_for_a_story,
    control_of,
    draft_of,
    entities_of,
    intent_of,
    is_meant_for_us,
    is_sure,
    load_knowledge_once,
    named_tool,
    today,
    tools,
)
from rasa_project.actions.questionnaires import (
    SUMMARY,
    Draft,
    Step,
    begin,
    follow_control,
    take_answer,
    take_pick,
)
from rasa_project.actions.turns import nearest_topics

_OPEN, _DONE = "open", "done"
BUTTON = "button"
"""The intent of the buttons that belong to a tool."""

Events = list[dict[str, Any]]


class BeginTool(Action):
    """Starts the tool that a button or a wish names, with what is known already."""

    def name(self) -> str:
        """The name in rules."""
        return "action_begin_tool"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Set the slots; the form that follows asks, or ends at once when there is no tool."""
        entities = entities_of(tracker)
        intent = (tracker.latest_message.get("intent") or {}).get("name", "")
        text = str(tracker.latest_message.get("text") or "")
        tool = tools().get(str(entities.get("tool") or intent)) or named_tool(intent, text)
        misses = SlotSet("misses", 0)
        if tool is None:
            # A wish that has several tools, or a button of a tool that is over.
            over = {"utterance": "stale_button"}
            wish = {"task": f"choose_{intent}"}
            dispatcher.utter_message(json_message=over if intent == BUTTON else wish)
            return [misses, SlotSet("tool", None), SlotSet("begun", _DONE)]
        answers = dict(entities.get("answers") or {})
        first = tool.questions[0]
        is_story = first.kind is QuestionKind.LONG_TEXT and tool.id == intent
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


class AskReply(Action):
    """Asks the question that is open, or shows all answers for correction."""

    def name(self) -> str:
        """Rasa's name for what asks for the slot `reply`."""
        return "action_ask_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask the bot to show it; the text is for `rasa shell`."""
        draft = draft_of(tracker)
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
        draft = draft_of(tracker)
        if begun := tracker.get_slot("begun"):
            return {"begun": None, "reply": _DONE if begun == _DONE else None}
        if draft is None:
            return {"reply": _DONE}
        tool, text = tools()[draft.tool], str(slot_value)
        if (other := tools().get(str(entities_of(tracker).get("tool")))) is not None:
            answers = dict(entities_of(tracker).get("answers") or {})
            return _slots(begin(other, answers), dispatcher, other)
        if (control := control_of(tracker, tool, draft, text)) is not None:
            return _obey(control, draft, tool, dispatcher)
        if (pick := entities_of(tracker).get("pick")) is not None:
            return _slots(take_pick(tool, draft, str(pick), today()), dispatcher, tool)
        if text.startswith("/"):
            return _follow_button(intent_of(tracker), dispatcher)
        if intent_of(tracker) == DANGER_TOPIC:
            dispatcher.utter_message(response=f"utter_{DANGER_TOPIC}")
            if not asks_for_a_story(tool, draft):
                return {"reply": None}
        step = take_answer(tool, draft, text, today())
        if is_meant_for_us(tracker, tool, draft, text, is_answer=step.problem is None):
            return _interrupt(tracker, dispatcher)
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
    if step.guessed:
        heard: dict[str, Any] = {
            "question": step.guessed,
            "value": draft.answers[step.guessed],
            "is_last": step.is_done,
        }
        dispatcher.utter_message(json_message={"task": "heard_answer", "tool": tool.id, **heard})
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


def _obey(
    control: str, draft: Draft, tool: Tool, dispatcher: CollectingDispatcher
) -> dict[str, Any]:
    """Leave, preview, ask once more, or a step among the questions."""
    if control == "stop":
        left = {"tool": tool.id, "answers": dict(draft.answers), "asking": draft.asking}
        dispatcher.utter_message(json_message={"task": "leave_tool", **left})
        return {"reply": _DONE, "tool": None}
    if control == "resume":
        return {"reply": None}
    if control == "preview":
        dispatcher.utter_message(json_message={"task": "preview_tool", "tool": tool.id})
        return {"reply": None}
    return _slots(follow_control(tool, draft, control), dispatcher, tool)


def _follow_button(intent: str, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Do what a button in the middle says: who tapped it need not be asked once more."""
    if (other := tools().get(intent)) is not None:
        return _slots(begin(other, {}), dispatcher, other)
    task = load_knowledge_once().tasks.get(intent)
    if task is not None and task.is_tool:
        dispatcher.utter_message(json_message={"task": f"choose_{intent}"})
    elif intent == BUTTON:
        dispatcher.utter_message(json_message={"utterance": "stale_button"})
    else:
        dispatcher.utter_message(response=f"utter_{intent}")
    return {"reply": None}


def _interrupt(tracker: Tracker, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Do or answer what was wished for in the middle, or offer it; then the form goes on."""
    intent = intent_of(tracker)
    task = load_knowledge_once().tasks.get(intent)
    if task is not None and task.is_tool:
        dispatcher.utter_message(json_message={"task": "offer_instead", "topics": [intent]})
    elif not is_sure(tracker):
        topics = nearest_topics(tracker.latest_message)
        dispatcher.utter_message(json_message={"task": "ask_back", "topics": topics})
    else:
        dispatcher.utter_message(response=f"utter_{intent}")
    return {"reply": None}


def _spoken(draft: Draft) -> str:
    question = tools()[draft.tool].question(draft.asking)
    labels = "、".join(choice.label for choice in question.choices)
    asked = put_into_words(load_knowledge_once(), (paragraph(question.asks),), today())[0].text
    return f"{asked}（{labels or question.example}）"
