"""Who waits for somebody who understands: the address, while the question is in the conversation.

What is noted or forgotten here is stored together with the conversation that it belongs to.
"""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import WaitingPersonTable


class WaitingPerson(NamedTuple):
    """Whom to answer, and since when they wait."""

    sender: str
    address: str
    asked_on: datetime


class WaitingPeople:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def add(self, sender: str, address: str, on: datetime) -> None:
        """Note that a person waits, in the place of what was noted before."""
        sealed = self._cipher.encrypt(address)
        row = {"sender": sender, "address": sealed, "asked_on": on}
        await self._database.write_later(partial(_replace, row=row), _say_nothing)

    async def all(self) -> tuple[WaitingPerson, ...]:
        """Everybody who waits, the longest waiting first."""
        table = WaitingPersonTable
        wanted = select(table.sender, table.address, table.asked_on).order_by(table.asked_on)
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return tuple(
            WaitingPerson(sender, self._cipher.decrypt(address), on)
            for sender, address, on in rows
        )

    async def remove(self, sender: str, *, is_urgent: bool) -> None:
        """The person waits no more; with the next write that comes, or at once."""
        if is_urgent:
            await self._database.write(partial(_delete, sender=sender))
        else:
            await self._database.write_later(partial(_delete, sender=sender), _say_nothing)

    async def forget_before(self, moment: datetime) -> None:
        """Forget who asked before the moment."""
        table = WaitingPersonTable
        async with self._database.transaction() as connection:
            await connection.execute(delete(table).where(table.asked_on < moment))


def _replace(connection: Connection, *, row: dict[str, object]) -> None:
    _delete(connection, sender=str(row["sender"]))
    connection.execute(insert(WaitingPersonTable).values(row))


def _delete(connection: Connection, *, sender: str) -> None:
    connection.execute(delete(WaitingPersonTable).where(WaitingPersonTable.sender == sender))


def _say_nothing() -> None:
    """Nobody needs to hear of it."""
