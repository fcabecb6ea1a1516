"""What tasks need of a store. The bot has a database; the shell of Rasa keeps it in memory."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.concepts.records import (
    Attachment,
    ContactRecord,
    KeptRecord,
    PlannedReminder,
    Preference,
    Reminder,
)


class ContactLog(Protocol):
    """A person's log of contacts."""

    async def add(self, sender: str, record: ContactRecord, noted_on: datetime) -> KeptRecord:
        """Note a contact."""

    async def of(self, sender: str) -> tuple[KeptRecord, ...]:
        """All of the person's records, in order."""

    async def change(self, sender: str, number: int, record: ContactRecord) -> KeptRecord | None:
        """Put another record in the place of one; None where there is none."""

    async def remove(self, sender: str, number: int) -> bool:
        """Forget one; False where there is none."""

    async def attach(self, sender: str, number: int, new: Attachment) -> KeptRecord | None:
        """Attach a file to one; None where there is none."""


class ReminderBook(Protocol):
    """What people are to be reminded of."""

    async def add(self, sender: str, address: str, planned: PlannedReminder) -> Reminder:
        """Plan a reminder."""

    async def of(self, sender: str) -> tuple[Reminder, ...]:
        """Those that wait, in order."""

    async def cancel(self, sender: str, reminder_id: int) -> bool:
        """Call one off; False where there is none."""


class PreferenceBook(Protocol):
    """How people want to be served."""

    async def of(self, sender: str) -> Preference:
        """What a person has chosen."""

    async def set(self, sender: str, preference: Preference) -> None:
        """Keep it."""


class SentBook(Protocol):
    """The numbers of our messages that may still be deleted."""

    async def recent(self, sender: str, now: datetime) -> tuple[int, ...]:
        """Those of a person."""

    async def forget(self, sender: str) -> None:
        """Forget them."""


class PersonalStore(Protocol):
    """Everything that is kept about one person."""

    async def export(
        self, sender: str, chat: str | None
    ) -> Mapping[str, Iterable[Mapping[str, object]]]:
        """All of it, readable."""

    async def erase(self, sender: str, chat: str | None, on: datetime) -> Mapping[str, int]:
        """Delete all of it."""


DeleteMessages = Callable[[str, tuple[int, ...]], Awaitable[int]]
"""Deletes messages of ours in a chat, by address; gives the number deleted."""
