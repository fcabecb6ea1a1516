"""Pure actions of turn-taking: they compute from slots and ask the bot for effects by name."""

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from rasa_project.actions.hearing import load_knowledge_once as knowledge

OFFERED_AT_MOST = 3


class AskBack(Action):
    """Offers the nearest topics; after a second miss in a row, the menu and people."""

    def name(self) -> str:
        """The name in rules."""
        return "action_ask_back"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask for what comes next."""
        misses = int(tracker.get_slot("misses") or 0) + 1
        topics = nearest_topics(tracker.latest_message)
        if misses > 1:
            dispatcher.utter_message(json_message={"task": "give_up"})
            return [SlotSet("misses", 0)]
        dispatcher.utter_message(json_message={"task": "ask_back", "topics": topics})
        return [SlotSet("misses", misses)]


class AfterAnswer(Action):
    """Remembers what was answered, and offers a second matter of the same message."""

    def name(self) -> str:
        """The name in rules."""
        return "action_after_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask for what comes next."""
        message = tracker.latest_message
        answered = (message.get("intent") or {}).get("name")
        known = {*knowledge().answers, *knowledge().tasks}
        matters = message.get("matters") or []
        others = [matter for matter in matters if matter != answered and matter in known]
        if others:
            dispatcher.utter_message(json_message={"task": "offer_second", "topics": others[:1]})
        if answered not in known:
            return [SlotSet("misses", 0)]
        return [SlotSet("misses", 0), SlotSet("topic", answered)]


def nearest_topics(message: Mapping[str, Any]) -> list[str]:
    """The best guesses of a message that was not clear; none for a text without known words."""
    ranking = message.get("intent_ranking") or []
    names = [entry["name"] for entry in ranking if entry.get("confidence", 0) > 0]
    matters = {*knowledge().answers, *knowledge().tasks}
    offered = [name for name in names if name in matters]
    return offered[:OFFERED_AT_MOST]
