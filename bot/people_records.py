"""What is kept of people, encrypted, in one database, and forgotten when it has served."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.answering.tasks.all_tasks import Stores
from bot.concepts.clock import now
from bot.concepts.retention import (
    CONVERSATION_HOURS,
    DRAFT_DAYS,
    MISSED_DAYS,
    SENT_MESSAGE_HOURS,
    SENT_REMINDER_DAYS,
)
from bot.errors import StorageError
from bot.storage.contact_records import ContactRecords
from bot.storage.conversations import Conversations
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.missed_records import MissedRecords
from bot.storage.personal_data import PersonalData
from bot.storage.preferences import Preferences
from bot.storage.reminders import Reminders
from bot.storage.sent_messages import SentMessages
from bot.storage.waiting_people import WaitingPeople
from bot.waiting import WaitingQuestions

_DAY = 24 * 60 * 60
_FIRST = 10 * 60
"""Seconds: a clock that is wrong when the machine starts is mostly set right by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What is kept of people, encrypted, in one database."""

    contacts: ContactRecords
    conversations: Conversations
    reminders: Reminders
    preferences: Preferences
    sent: SentMessages
    missed: MissedRecords
    personal_data: PersonalData
    waiting: WaitingPeople

    @classmethod
    def over(cls, database: Database, cipher: FreeTextCipher) -> "Records":
        """Every repository over one database."""
        return cls(
            contacts=ContactRecords(database, cipher),
            conversations=Conversations(database, cipher),
            reminders=Reminders(database, cipher),
            preferences=Preferences(database),
            sent=SentMessages(database),
            missed=MissedRecords(database, cipher),
            personal_data=PersonalData(database, cipher),
            waiting=WaitingPeople(database, cipher),
        )

    def waiting_questions(self, pseudonym: Callable[[str], str]) -> WaitingQuestions:
        """Whose questions wait; `pseudonym` makes a sender of an address."""
        return WaitingQuestions(self.waiting, pseudonym)

    def stores(self) -> Stores:
        """What tasks need of it."""
        return Stores(
            contacts=self.contacts,
            reminders=self.reminders,
            preferences=self.preferences,
            sent=self.sent,
            personal_data=self.personal_data,
        )


async def keep_house(records: Records) -> None:
    """Once a day forget what has served its time."""
    await asyncio.sleep(_FIRST)
    while True:
        today = now()
        with contextlib.suppress(StorageError):
            await records.missed.forget_before((today - timedelta(days=MISSED_DAYS)).date())
            await records.conversations.forget_before(today - timedelta(days=DRAFT_DAYS))
            await records.reminders.forget_before(today - timedelta(days=SENT_REMINDER_DAYS))
            await records.sent.forget_before(today - timedelta(hours=SENT_MESSAGE_HOURS))
            await records.waiting.forget_before(today - timedelta(hours=CONVERSATION_HOURS))
        await asyncio.sleep(_DAY)
