"""The channel between the bot and Rasa: a message in, what was meant and what to do out."""

import json
import re
from typing import Any, Awaitable, Callable, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.components.follow_ups import LONGEST, FollowUps
from rasa_project.tracker_store import ShortMemory

_OPENING = re.compile(r"^[\s/]+")
_SILENCE = "\u200e"
"""A mark without width, which no question takes for an answer: an empty text trips Rasa up."""

_SHOWN = ("intent", "intent_ranking", "matters", "danger")


class TurnChannel(InputChannel):
    """`POST /webhooks/turns/take` with `sender`, and `text` (typed) or `intent` (a button)."""

    def __init__(self, follow_ups: FollowUps, memory: ShortMemory) -> None:
        """`follow_ups` knows what leans on the turn before; `memory` is the agent's.

        The agent wraps it in a store that cannot drop a conversation.
        """
        self._follow_ups = follow_ups
        self._memory = memory

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "turns"

    def blueprint(
        self, on_new_message: Callable[[UserMessage], Awaitable[Optional[Any]]]
    ) -> Blueprint:
        """The routes of the channel."""
        turns = Blueprint("turns", __name__)

        @turns.post("/take")
        async def take_turn(request: Request) -> HTTPResponse:
            sender = request.json["sender"]
            if "intent" in request.json:
                entities = request.json.get("entities") or {}
                text = f"/{request.json['intent']}{json.dumps(entities, ensure_ascii=False)}"
            else:
                # A slash would skip understanding and name an intent with full confidence.
                text = _OPENING.sub("", request.json["text"]) or _SILENCE
            agent = request.app.ctx.agent
            await _restore(agent, sender, request.json.get("draft"))
            if "text" in request.json:
                text = await self._in_context(agent, sender, text)
            collector = CollectingOutputChannel()
            await on_new_message(UserMessage(text, collector, sender, input_channel=self.name()))
            tracker = await agent.tracker_store.retrieve(sender)
            understanding = _understanding(tracker)
            return response.json({"messages": collector.messages, "understanding": understanding})

        @turns.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            await self._memory.delete(request.json["sender"])
            return response.json({})

        return turns

    async def _in_context(self, agent: Agent, sender: str, text: str) -> str:
        """The text, or the topic that a few words lean on: 怎么写, 那如果是网贷呢 …"""
        tracker = await agent.tracker_store.retrieve(sender)
        previous = tracker.get_slot("topic") if tracker else None
        if previous is None or tracker.active_loop_name or len(text) > LONGEST:
            return text
        parsed = await agent.parse_message(text)
        ranking = tuple((each["name"], each["confidence"]) for each in parsed["intent_ranking"])
        likely = tuple(each for each in ranking if each[0] != "nlu_fallback")
        topic = self._follow_ups.follow_up(text, previous, likely)
        return text if topic is None else f"/{topic}"


def _understanding(tracker: Optional[DialogueStateTracker]) -> dict[str, Any]:
    """What the newest message means; `latest_message` would leave out what a form has taken."""
    events = reversed(tracker.events) if tracker else ()
    newest = next((each for each in events if isinstance(each, UserUttered)), None)
    parsed = newest.parse_data if newest else {}
    return {key: parsed.get(key) for key in _SHOWN}


async def _restore(agent: Agent, sender: str, draft: Optional[dict[str, Any]]) -> None:
    """Put a draft that the bot kept back into a conversation that has forgotten it."""
    if not draft:
        return
    tracker = await agent.tracker_store.get_or_create_tracker(sender)
    if tracker.active_loop_name or tracker.get_slot("tool"):
        return
    tracker.update(ActionExecuted("action_session_start"))
    tracker.update(SessionStarted())
    for name in ("tool", "answers", "asking", "is_review"):
        tracker.update(SlotSet(name, draft[name]))
    tracker.update(ActiveLoop("tool_form"))
    tracker.update(SlotSet("requested_slot", "reply"))
    tracker.update(ActionExecuted("action_listen"))
    await agent.tracker_store.save(tracker)
