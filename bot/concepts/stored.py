"""What the database keeps, as plain rows that may cross floors."""

from collections.abc import Sequence
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

    async def add(self, updates: Sequence[StoredUpdate], /) -> tuple[StoredUpdate, ...]:
        """Store all or none; give back those that were not known before."""

    async def waiting(self, chat: str, at_most: int, /) -> tuple[StoredUpdate, ...]:
        """The first that are neither answered nor set aside, in order."""

    async def waiting_chats(self) -> tuple[str, ...]:
        """The chats in which something waits, the longest waiting first."""

    async def begun_chats(self) -> tuple[str, ...]:
        """The chats in which something waits that was begun, the longest waiting first."""

    async def take_back_attempts(self) -> None:
        """One attempt less for each that waits and was begun."""

    async def count_attempt(self, update_id: int, /) -> int:
        """Note, before it is made, that an attempt is made; return how many that makes."""

    async def mark_answered(self, update_id: int, on: datetime, /) -> None:
        """Forget all of it but the number."""

    async def set_aside(self, update_id: int, because: str, /) -> None:
        """Stop trying to answer it."""

    async def forget_before(self, *, answered: datetime, set_aside: datetime) -> None:
        """Delete what has served its time."""
