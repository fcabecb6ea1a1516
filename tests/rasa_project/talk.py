"""One person who talks to the trained model through the channel, as the bot would let them."""

import json
import logging
import warnings
from types import SimpleNamespace
from typing import Any, Optional

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from rasa_project.actions.in_process import InProcessActions
from rasa_project.components.follow_ups import FollowUps
from rasa_project.components.word_lists import read_word_lists
from rasa_project.tracker_store import ShortMemory
from rasa_project.training import newest_model
from rasa_project.turns import TurnChannel

Effects = list[dict[str, Any]]


def load_agent(memory: ShortMemory) -> Agent:
    """The model trained last, with its actions in this process; seconds."""
    import rasa.utils.log_utils

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    model = newest_model()
    assert model is not None, "There is no trained model: run `make train`."
    agent = Agent(
        tracker_store=memory,
        action_endpoint=InProcessActions("rasa_project.actions"),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        agent.load_model(str(model))
    return agent


class Talk:
    """Says, taps, and keeps the draft that the bot would keep."""

    def __init__(self, agent: Agent, memory: ShortMemory, sender: str) -> None:
        self._agent = agent
        self._memory = memory
        self._sender = sender
        self.draft: Optional[dict[str, Any]] = None
        self.understanding: dict[str, Any] = {}
        channel = TurnChannel(FollowUps(read_word_lists()), memory)
        blueprint = channel.blueprint(self._handle)
        self._routes = {route.uri: route.handler for route in blueprint._future_routes}

    async def says(self, text: str) -> Effects:
        """Write, and see what the bot is asked for."""
        return await self._take(text=text)

    async def taps(self, intent: str, **entities: Any) -> Effects:
        """Tap a button that carries this."""
        return await self._take(intent=intent, entities=entities)

    async def begins(self, tool: str, **known: str) -> Effects:
        """Tap the button of a tool, which carries what is known."""
        return await self.taps("button", tool=tool, answers=known)

    async def controls(self, control: str) -> Effects:
        """Tap back, skip, stop, finish or fix_…"""
        return await self.taps("button", control=control)

    async def picks(self, pick: str) -> Effects:
        """Tap a choice."""
        return await self.taps("button", pick=pick)

    async def is_forgotten(self) -> None:
        """Let the bot ask for that."""
        await self._routes["/forget"](self._request(sender=self._sender))

    def rasa_restarts(self) -> None:
        """Everything that Rasa remembered is gone; what the bot keeps is not."""
        self._memory.store.clear()

    async def _take(self, **body: Any) -> Effects:
        request = self._request(sender=self._sender, draft=self.draft, **body)
        told = json.loads((await self._routes["/take"](request)).body)
        self.understanding = told["understanding"]
        effects = [each["custom"] for each in told["messages"] if "custom" in each]
        for effect in effects:
            self._keep(effect)
        return effects

    def _keep(self, effect: dict[str, Any]) -> None:
        names = ("tool", "answers", "asking", "is_review")
        if effect.get("task") == "ask":
            self.draft = {name: effect[name] for name in names}
        elif "tool" in effect and effect["task"] != "preview_tool":
            self.draft = None

    async def _handle(self, message: UserMessage) -> None:
        assert isinstance(message.output_channel, CollectingOutputChannel)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Rasa's own, while it handles a message.
            await self._agent.handle_message(message)

    def _request(self, **body: Any) -> Any:
        app = SimpleNamespace(ctx=SimpleNamespace(agent=self._agent))
        return SimpleNamespace(json=body, app=app)


def asked(effects: Effects) -> Optional[str]:
    """The question that is asked now; None when none is."""
    found = [each["asking"] for each in effects if each.get("task") == "ask"]
    return found[-1] if found else None


def tasks(effects: Effects) -> list[str]:
    """The names of what the bot is asked to do, without the questions."""
    named = [each.get("task") or each.get("answer") or each.get("utterance") for each in effects]
    return [str(name) for name in named if name != "ask"]
