"""Reminders between the day they are wished for and the minute they are sent.

Claim, send, mark: who claims one has it alone for `CLAIM_MINUTES`. A claim that is neither marked
nor put off by then ended with its process, and is given out once more: perhaps it was sent, but a
deadline that nobody heard of is worse than one heard of twice. By which clock: `claims.py`.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    Row,
    Update,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.concepts.records import PlannedReminder, Reminder
from bot.errors import StorageError
from bot.storage.claims import has_run_out, moment_of
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import ReminderTable

CLAIM_MINUTES = 10
"""How long a claimed reminder belongs to who claimed it."""

GIVEN_OUT_AT_MOST = 2
"""How often a reminder is given out to processes that end in its middle."""

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Reminders:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def add(self, sender: str, address: str, planned: PlannedReminder) -> Reminder:
        """Keep a reminder for the chat at `address`; one that waits already is given back."""
        async with self._database.transaction() as connection:
            for kept in await self._waiting(connection, sender):
                if _is_same(kept, planned):
                    return kept
            row = {
                "sender": sender,
                "address": self._cipher.encrypt(address),
                "kind": planned.kind,
                "due_on": planned.due_on,
                "remind_at": planned.remind_at,
                "words": self._cipher.seal(
                    {"utterance": planned.utterance, "values": dict(planned.values)}
                ),
                "attempts": 0,
            }
            adding = insert(ReminderTable).values(row).returning(ReminderTable.id)
            number = (await connection.execute(adding)).scalar_one()
        return Reminder(
            id=number,
            sender=sender,
            address=address,
            kind=planned.kind,
            due_on=planned.due_on,
            remind_at=planned.remind_at,
            utterance=planned.utterance,
            values=dict(planned.values),
        )

    async def of(self, sender: str) -> tuple[Reminder, ...]:
        """What waits for a person, the next first; StorageError when a text cannot be read."""
        async with self._database.transaction() as connection:
            return await self._waiting(connection, sender)

    async def due(self, now: datetime, limit: int) -> tuple[Reminder, ...]:
        """Claim what is to be sent now, the oldest first: it is nobody else's for a while.

        One whose text cannot be read is logged and tried again later; it holds up no other.
        """
        claimed: list[Reminder] = []
        # Several bots ask at once: each gets others.
        next_due = (
            select(ReminderTable.id)
            .where(self._is_due(now))
            .order_by(ReminderTable.remind_at, ReminderTable.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        async with self._database.transaction() as connection:
            while len(claimed) < limit:
                number = await connection.scalar(next_due)
                if number is None:
                    break
                await _claim(connection, number, moment_of(self._database, now))
                reminder = await self._read_claimed(connection, number)
                if reminder is not None:
                    claimed.append(reminder)
        return tuple(claimed)

    async def mark_sent(self, reminder_id: int, on: datetime) -> None:
        """Never give it out again."""
        async with self._database.transaction() as connection:
            await connection.execute(
                update(ReminderTable).where(ReminderTable.id == reminder_id).values(sent_on=on)
            )

    async def put_off(self, reminder_id: int) -> None:
        """It was surely not sent: give it out again when the claim has run out."""
        async with self._database.transaction() as connection:
            await connection.execute(_uncounted(reminder_id))

    async def cancel(self, sender: str, reminder_id: int) -> bool:
        """Delete one reminder of this person that waits; whether there was one."""
        async with self._database.transaction() as connection:
            done = await connection.execute(
                delete(ReminderTable).where(
                    ReminderTable.id == reminder_id,
                    ReminderTable.sender == sender,
                    ReminderTable.sent_on.is_(None),
                )
            )
        return done.rowcount > 0

    async def forget_sender(self, sender: str) -> int:
        """Delete every reminder of a person, sent or not; how many there were."""
        async with self._database.transaction() as connection:
            done = await connection.execute(
                delete(ReminderTable).where(ReminderTable.sender == sender)
            )
        return done.rowcount

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was sent before the moment, or could not be and its day is long past."""
        old = or_(
            ReminderTable.sent_on < moment,
            and_(
                ReminderTable.sent_on.is_(None),
                ReminderTable.remind_at < moment,
                ReminderTable.due_on < moment.date(),
            ),
        )
        async with self._database.transaction() as connection:
            await connection.execute(delete(ReminderTable).where(old))

    async def _waiting(self, connection: AsyncConnection, sender: str) -> tuple[Reminder, ...]:
        return await self._read(
            connection, ReminderTable.sender == sender, ReminderTable.sent_on.is_(None)
        )

    async def _read_claimed(self, connection: AsyncConnection, number: int) -> Reminder | None:
        try:
            found = await self._read(connection, ReminderTable.id == number)
        except StorageError:
            _log.error("reminder_unreadable", reminder=number)
            await connection.execute(_uncounted(number))
            return None
        return found[0]

    async def _read(
        self, connection: AsyncConnection, *which: ColumnElement[bool]
    ) -> tuple[Reminder, ...]:
        rows = await connection.execute(
            select(ReminderTable).where(*which).order_by(ReminderTable.remind_at, ReminderTable.id)
        )
        return tuple(self._reminder(row) for row in rows.all())

    def _is_due(self, now: datetime) -> ColumnElement[bool]:
        """Its time has come, and nobody has it, or has it for too long."""
        length = timedelta(minutes=CLAIM_MINUTES)
        is_stale = and_(
            has_run_out(ReminderTable.claimed_on, self._database, now, length),
            ReminderTable.attempts < GIVEN_OUT_AT_MOST,
        )
        return and_(
            ReminderTable.remind_at <= now,
            ReminderTable.sent_on.is_(None),
            or_(ReminderTable.claimed_on.is_(None), is_stale),
        )

    def _reminder(self, row: Row[Any]) -> Reminder:
        words = self._cipher.unseal(row.words)
        values = words.get("values")
        return Reminder(
            id=row.id,
            sender=row.sender,
            address=self._cipher.decrypt(row.address),
            kind=row.kind,
            due_on=row.due_on,
            remind_at=row.remind_at,
            utterance=str(words.get("utterance")),
            values={str(name): str(value) for name, value in values.items()}
            if isinstance(values, dict)
            else {},
            is_repeat=row.attempts > 1,
        )


async def _claim(
    connection: AsyncConnection, number: int, moment: ColumnElement[datetime]
) -> None:
    await connection.execute(
        update(ReminderTable)
        .where(ReminderTable.id == number)
        .values(claimed_on=moment, attempts=ReminderTable.attempts + 1)
    )


def _uncounted(reminder_id: int) -> Update:
    """The claim stays, as a pause; the attempt does not count."""
    return (
        update(ReminderTable)
        .where(ReminderTable.id == reminder_id, ReminderTable.attempts > 0)
        .values(attempts=ReminderTable.attempts - 1)
    )


def _is_same(kept: Reminder, planned: PlannedReminder) -> bool:
    return (
        kept.kind == planned.kind
        and kept.due_on == planned.due_on
        and kept.remind_at == planned.remind_at
        and kept.utterance == planned.utterance
        and kept.values == dict(planned.values)
    )
