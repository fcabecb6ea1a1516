"""Conversations in memory only, short, and dropped when nobody has spoken for a while."""

from time import time
from typing import Any, Callable, Optional

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.concepts.retention import CONVERSATION_HOURS

EVENTS_KEPT = 120


class ShortMemory(InMemoryTrackerStore):
    """Forgets a conversation CONVERSATION_HOURS after its last word, and more than EVENTS_KEPT.

    Rasa replays every event of a person on each turn, so that an endless conversation
    would grow slow, and keeps everybody's for ever.
    """

    def __init__(self, domain: Domain, clock: Callable[[], float] = time, **kwargs: Any) -> None:
        super().__init__(domain, **kwargs)
        self._clock = clock
        self._spoke_at: dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep a conversation, and drop those that have gone quiet."""
        self._forget_quiet_ones()
        self._spoke_at[tracker.sender_id] = self._clock()
        await super().save(shortened(tracker))

    async def delete(self, sender_id: str) -> None:
        """Drop one conversation."""
        self.store.pop(sender_id, None)
        self._spoke_at.pop(sender_id, None)

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """A conversation that is still remembered."""
        self._forget_quiet_ones()
        return await super().retrieve(sender_id)

    def _forget_quiet_ones(self) -> None:
        limit = self._clock() - CONVERSATION_HOURS * 3600
        for sender_id in [each for each, spoke in self._spoke_at.items() if spoke < limit]:
            self.store.pop(sender_id, None)
            del self._spoke_at[sender_id]


def shortened(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker itself, or one with its newest events and its slots as they are now."""
    if len(tracker.events) <= EVENTS_KEPT or tracker.active_loop_name:
        return tracker
    slots = [SlotSet(name, value) for name, value in tracker.current_slot_values().items()]
    newest = list(tracker.events)[-EVENTS_KEPT // 2 :]
    return DialogueStateTracker.from_events(
        tracker.sender_id, [*slots, *newest], list(tracker.slots.values())
    )
