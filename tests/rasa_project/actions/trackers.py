"""Trackers made by hand: what was said, what it means, and which slots are filled."""

from collections.abc import Mapping
from typing import Any, Optional

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from rasa_project.actions.questionnaires import Draft
from rasa_project.actions.tools import AskReply, BeginTool, ListenToReply

Slots = dict[str, Any]


def tracker(
    text: str = "",
    intent: str = "nlu_fallback",
    confidence: float = 0.9,
    slots: Optional[Mapping[str, Any]] = None,
    **latest: Any,
) -> Tracker:
    """A person who just said this."""
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": [],
        **latest,
    }
    return Tracker("pseudonym", dict(slots or {}), message, [], False, None, {}, "action_listen")


def tapped(intent: str, slots: Optional[Mapping[str, Any]] = None, **entities: Any) -> Tracker:
    """A person who just tapped a button of ours."""
    found = [{"entity": name, "value": value} for name, value in entities.items()]
    return tracker(f"/{intent}{{}}", intent, 1.0, slots, entities=found)


def filling(draft: Draft) -> Slots:
    """The slots of a person who is asked the question of a draft."""
    return {
        "tool": draft.tool,
        "answers": dict(draft.answers),
        "asking": draft.asking,
        "is_review": draft.is_review,
        "begun": None,
        "reply": None,
    }


async def run(action: Action, said: Tracker) -> tuple[Slots, list[Any]]:
    """What an action sets, and what it asks the bot for."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, said, {})
    return {each["name"]: each["value"] for each in events}, _asked(dispatcher)


def listen(said: Tracker) -> tuple[Slots, list[Any]]:
    """What the form makes of what was said."""
    dispatcher = CollectingDispatcher()
    text = said.latest_message["text"]
    return ListenToReply().validate_reply(text, dispatcher, said, {}), _asked(dispatcher)


async def begin(said: Tracker) -> tuple[Slots, list[Any]]:
    """What the action makes of a wish."""
    return await run(BeginTool(), said)


async def ask(slots: Slots) -> tuple[Slots, list[Any]]:
    """What is asked next."""
    return await run(AskReply(), tracker(slots=slots))


def _asked(dispatcher: CollectingDispatcher) -> list[Any]:
    return [each.get("custom") or each.get("response") for each in dispatcher.messages]
