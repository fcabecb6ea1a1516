"""How much one chat may send at once and for long: what is beyond it is not kept.

That is said once, kindly, behind the answers to what was kept. Words of danger are always kept.
In memory: a restart forgives everybody.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.concepts.stored import StoredUpdate
from bot.gathering import IsUrgent, is_of_danger

TOO_MANY = "too_many"
"""In the place of an update that was beyond the limit: the number of the chat to tell."""

_COUNTED = frozenset({"message", "edited_message", "callback_query", "inline_query"})
_CHATS_AT_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """So many at once, then one every so many seconds."""

    at_once: int
    seconds: float


PERSON, GROUP = Limit(60, 2.0), Limit(20, 3.0)
"""A frightened person taps and writes a lot; Telegram itself lets us say less in a group."""


@dataclass(slots=True)
class _Chat:
    """What a chat may still send, as of a moment, and whether it was told that this was all."""

    left: float
    on: datetime
    is_told: bool = False


class Limits:
    """One for all chats of a process."""

    def __init__(self, is_urgent: IsUrgent) -> None:
        self._is_urgent = is_urgent
        self._chats: dict[str, _Chat] = {}

    def admit(self, updates: Sequence[StoredUpdate], now: datetime) -> list[StoredUpdate]:
        """What is to be kept of what came; of a chat beyond its limit only a note to tell it."""
        self._forget_the_quiet(now)
        admitted = (self._admit(update, now) for update in updates)
        return [update for update in admitted if update is not None]

    def give_back(self, admitted: Sequence[StoredUpdate]) -> None:
        """It could not be stored, and will come again."""
        for update in admitted:
            chat = self._chats.get(update.chat)
            if chat is None:
                continue
            if TOO_MANY in json.loads(update.payload):
                chat.is_told = False
            else:
                chat.left = min(chat.left + 1, limit_of(update.chat).at_once)

    def _admit(self, update: StoredUpdate, now: datetime) -> StoredUpdate | None:
        limit = limit_of(update.chat)
        chat = self._chats.setdefault(update.chat, _Chat(limit.at_once, now))
        gained = max((now - chat.on).total_seconds(), 0.0) / limit.seconds
        chat.left, chat.on = min(chat.left + gained, limit.at_once), now
        if chat.left >= limit.at_once / 2:
            chat.is_told = False
        if chat.left >= 1:
            chat.left -= 1
            return update
        return self._beyond(update, chat)

    def _beyond(self, update: StoredUpdate, chat: _Chat) -> StoredUpdate | None:
        """The update where it must be kept all the same, or a note in its place, or nothing."""
        told = json.loads(update.payload)
        if not _COUNTED & set(told) or is_of_danger(update, self._is_urgent):
            return update
        if chat.is_told or not _is_of_private_talk(told):
            return None
        chat.is_told = True
        note = {"update_id": update.update_id, TOO_MANY: int(update.chat)}
        return replace(update, payload=json.dumps(note))

    def _forget_the_quiet(self, now: datetime) -> None:
        """Who sent nothing for so long that all is allowed again need not be remembered."""
        if len(self._chats) < _CHATS_AT_MOST:
            return
        self._chats = {
            name: chat
            for name, chat in self._chats.items()
            if chat.left + (now - chat.on).total_seconds() / limit_of(name).seconds
            < limit_of(name).at_once
        }


def limit_of(chat: str) -> Limit:
    """The limit of a chat; groups have numbers below 0."""
    return GROUP if is_of_group(chat) else PERSON


def is_of_group(chat: str) -> bool:
    """Whether a chat is a group, whose numbers are below 0."""
    return chat.startswith("-")


def _is_of_private_talk(told: dict[str, object]) -> bool:
    """Whether there is a talk in which to say so: who types after our name in another has none."""
    match told:
        case {"message": {"chat": {"type": "private"}}}:
            return True
        case {"callback_query": {"message": {"chat": {"type": "private"}}}}:
            return True
    return False
