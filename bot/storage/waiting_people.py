"""Who waits for somebody who understands: the question and where to answer it.

Claim, answer, remove: who claims one has it alone for `CLAIM_MINUTES`. A claim that is neither
removed nor given back by then ended with its process, and is given out once more (`claims.py`
tells by which clock). What is noted or forgotten here is stored together with the conversation
that it belongs to.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Row,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.concepts.retention import CONVERSATION_HOURS
from bot.storage.claims import has_run_out, moment_of
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import WaitingPersonTable

CLAIM_MINUTES = 2
"""How long a claimed question belongs to who claimed it; whoever failed waits so long, too."""


class WaitingPerson(NamedTuple):
    """Whom to answer, what they asked and when, and the moment of the claim, which names it."""

    sender: str
    address: str
    question: str
    asked_on: datetime
    claimed_on: datetime


class WaitingPeople:
    """Every method raises StorageError when the database fails or a text cannot be read."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def add(self, sender: str, address: str, question: str, on: datetime) -> None:
        """Note that a person waits, in the place of what was noted before."""
        row = {
            "sender": sender,
            "address": self._cipher.encrypt(address),
            "question": self._cipher.encrypt(question),
            "asked_on": on,
        }
        await self._database.write_later(partial(_replace, row=row), _say_nothing)

    async def are_any(self, now: datetime) -> bool:
        """Whether there is one to be claimed."""
        wanted = select(WaitingPersonTable.sender).where(self._is_free(now)).limit(1)
        found = await self._database.read(lambda connection: connection.scalar(wanted))
        return found is not None

    async def claim(self, now: datetime) -> WaitingPerson | None:
        """Have the longest waiting alone; None when nobody waits, or others have them.

        Who was claimed before comes behind all others: it may fail each time. One that cannot be
        read raises StorageError and stays claimed: the next holds up no other.
        """
        moment = moment_of(self._database, now)
        claiming = partial(_claim, which=self._is_free(now), moment=moment)
        row = await self._database.write(claiming)
        if row is None:
            return None
        return WaitingPerson(
            sender=row.sender,
            address=self._cipher.decrypt(row.address),
            question=self._cipher.decrypt(row.question),
            asked_on=row.asked_on,
            claimed_on=row.claimed_on,
        )

    async def give_back(self, person: WaitingPerson) -> None:
        """Nothing was sent to them: give them out again."""
        change = update(WaitingPersonTable).where(_is_claim(person)).values(claimed_on=None)
        await self._database.write(lambda connection: _execute(connection, change))

    async def note_answered(self, person: WaitingPerson) -> None:
        """Forget a question that was answered; not one that was asked since."""
        change = delete(WaitingPersonTable).where(_is_claim(person))
        await self._database.write(lambda connection: _execute(connection, change))

    async def remove(self, sender: str) -> None:
        """The person waits no more."""
        await self._database.write_later(partial(_delete, sender=sender), _say_nothing)

    async def forget_before(self, moment: datetime) -> None:
        """Forget who asked before the moment."""
        table = WaitingPersonTable
        async with self._database.transaction() as connection:
            await connection.execute(delete(table).where(table.asked_on < moment))

    def _is_free(self, now: datetime) -> ColumnElement[bool]:
        """An answer is still expected, and nobody is at it, or has been for too long."""
        table, length = WaitingPersonTable, timedelta(minutes=CLAIM_MINUTES)
        is_over = has_run_out(table.claimed_on, self._database, now, length)
        return and_(
            table.asked_on > now - timedelta(hours=CONVERSATION_HOURS),
            or_(table.claimed_on.is_(None), is_over),
        )


def _is_claim(person: WaitingPerson) -> ColumnElement[bool]:
    table = WaitingPersonTable
    return and_(table.sender == person.sender, table.claimed_on == person.claimed_on)


def _claim(
    connection: Connection, *, which: ColumnElement[bool], moment: ColumnElement[datetime]
) -> Row[str, str, str, datetime, datetime | None] | None:
    table = WaitingPersonTable
    # Several bots ask at once: each gets another person.
    longest_waiting = connection.scalar(
        select(table.sender)
        .where(which)
        .order_by(table.claimed_on.is_not(None), table.claimed_on, table.asked_on)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if longest_waiting is None:
        return None
    claiming = update(table).where(table.sender == longest_waiting).values(claimed_on=moment)
    columns = (table.sender, table.address, table.question, table.asked_on, table.claimed_on)
    return connection.execute(claiming.returning(*columns)).one()


def _replace(connection: Connection, *, row: dict[str, object]) -> None:
    _delete(connection, sender=str(row["sender"]))
    connection.execute(insert(WaitingPersonTable).values(row))


def _delete(connection: Connection, *, sender: str) -> None:
    connection.execute(delete(WaitingPersonTable).where(WaitingPersonTable.sender == sender))


def _execute(connection: Connection, change: Executable) -> None:
    connection.execute(change)


def _say_nothing() -> None:
    """Nobody needs to hear of it."""
