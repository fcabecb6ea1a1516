"""What is kept of a person's talk, as one encrypted row: read and written once a turn."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.concepts.conversation import Conversation
from bot.concepts.retention import CONVERSATION_HOURS
from bot.concepts.stored_conversation import as_stored, of_stored
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import ConversationTable

_SILENCE = timedelta(hours=CONVERSATION_HOURS)

# What happens with every message is built once.
_OF_SENDER = select(ConversationTable.body, ConversationTable.changed_on).where(
    ConversationTable.sender == bindparam("whose")
)
_CHANGING = (
    update(ConversationTable)
    .where(ConversationTable.sender == bindparam("whose"))
    .values(body=bindparam("body"), changed_on=bindparam("changed_on"))
)


class Conversations:
    """One for each person. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher
        # What is on its way into the database: the next word of the person must see it.
        self._unstored: dict[str, _Row | None] = {}

    async def of(self, sender: str, now: datetime) -> Conversation:
        """The conversation as it was left; after a long silence only what was told in it."""
        if sender in self._unstored:
            row = self._unstored[sender]
        else:
            row = await self._database.read(lambda connection: _find(connection, sender))
        if row is None:
            return Conversation()
        conversation = of_stored(self._cipher.unseal(row.body))
        return conversation if now - row.changed_on < _SILENCE else conversation.rested()

    async def keep(self, sender: str, conversation: Conversation, on: datetime) -> None:
        """Keep it in the place of what was kept before; nothing is kept of an empty one.

        It is stored together with the mark that the person was answered.
        """
        values = as_stored(conversation)
        row = _Row(self._cipher.seal(values), on) if values else None
        self._unstored[sender] = row

        def forget() -> None:
            if self._unstored.get(sender) is row:
                self._unstored.pop(sender, None)

        try:
            await self._database.write_later(partial(_replace, sender=sender, row=row), forget)
        except StorageError:
            # Where it is stored at once another bot may store the next: nothing may hide that.
            forget()
            raise

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was last changed before the moment."""
        table = ConversationTable
        async with self._database.transaction() as connection:
            await connection.execute(delete(table).where(table.changed_on < moment))


class _Row(NamedTuple):
    """A conversation as it is stored."""

    body: str
    changed_on: datetime


def _find(connection: Connection, sender: str) -> _Row | None:
    found = connection.execute(_OF_SENDER, {"whose": sender}).first()
    return None if found is None else _Row(found.body, found.changed_on)


def _replace(connection: Connection, *, sender: str, row: _Row | None) -> None:
    if row is None:
        connection.execute(delete(ConversationTable).where(ConversationTable.sender == sender))
        return
    changed = connection.execute(_CHANGING, {"whose": sender, **row._asdict()})
    if changed.rowcount == 0:
        connection.execute(insert(ConversationTable).values(sender=sender, **row._asdict()))
