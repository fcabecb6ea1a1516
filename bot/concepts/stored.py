"""What the database keeps, as plain rows that may cross floors."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """One update as it came, personal numbers masked. `payload` is JSON, `received_on` aware.

    `chat` is the key of those updates that must be answered one after the other.
    """

    update_id: int
    chat: str
    payload: str
    received_on: datetime


class GivenUpUpdate(NamedTuple):
    """An update that nothing could be done with: when it came and why, never what it says."""

    update_id: int
    received_on: datetime
    because: str


class FeedbackCount(NamedTuple):
    """How many people found an answer useful, and how many did not."""

    useful: int
    useless: int


class Updates(Protocol):
    """Where updates wait; `bot.storage.update_records.UpdateRecords` is one."""

    async def add(
        self, updates: Sequence[StoredUpdate], alone: Collection[int], /
    ) -> tuple[StoredUpdate, ...]:
        """Store all or none; give back those that were not known before.

        Those numbered `alone` are in no other bot's line: this one may answer them at once.
        """

    async def take(self, chat: str, at_most: int, /) -> tuple[StoredUpdate, ...] | None:
        """Have a chat alone, and the first that wait in it; None while another bot has it."""

    async def let_go(self, chat: str, /) -> None:
        """Whoever asks first may have the chat now."""

    async def waiting_chats(self) -> tuple[str, ...]:
        """The chats in which something waits that no other bot has, the longest waiting first."""

    async def begun_chats(self) -> tuple[str, ...]:
        """Those of the waiting chats in which something was begun."""

    async def take_back_attempts(self, chats: Sequence[str], /) -> None:
        """One attempt less for each that waits in these chats and was begun."""

    async def count_attempt(self, update_id: int, /) -> int:
        """Note, before it is made, that an attempt is made; return how many that makes."""

    async def mark_answered(self, update_id: int, on: datetime, /) -> None:
        """Forget all of it but the number."""

    async def set_aside(self, update_id: int, because: str, /) -> None:
        """Stop trying to answer it."""

    async def forget_before(self, *, answered: datetime, set_aside: datetime) -> None:
        """Delete what has served its time."""


class SharedUpdates(Updates, Protocol):
    """Where updates wait that several bots answer; `bot.storage.shared_updates` has it."""

    async def stay_alive(self) -> None:
        """Say that this bot lives; who falls silent is inherited."""

    async def refuse_other_key(self) -> None:
        """StorageError when a bot lives that has another key."""

    async def leave(self) -> None:
        """Have nothing in hand any more."""

    async def signs(self) -> Mapping[str, datetime]:
        """The last sign of life of each other bot, which changes whenever it gives one."""

    async def inherit(self, name: str, sign: datetime, /) -> tuple[str, ...] | None:
        """Take over all that a bot had in hand whose last sign was this; None if it is not."""
