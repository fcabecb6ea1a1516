"""What is kept of a person's talk, as one encrypted row: read and written once a turn."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.concepts.conversation import Conversation
from bot.concepts.retention import CONVERSATION_HOURS
from bot.concepts.stored_conversation import as_stored, of_stored
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import ConversationTable

_SILENCE = timedelta(hours=CONVERSATION_HOURS)


class Conversations:
    """One for each person. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def of(self, sender: str, now: datetime) -> Conversation:
        """The conversation as it was left; after a long silence only what was told in it."""
        table = ConversationTable
        async with self._database.transaction() as connection:
            found = await connection.execute(
                select(table.body, table.changed_on).where(table.sender == sender)
            )
            row = found.first()
        if row is None:
            return Conversation()
        conversation = of_stored(self._cipher.unseal(row.body))
        return conversation if now - row.changed_on < _SILENCE else conversation.rested()

    async def keep(self, sender: str, conversation: Conversation, on: datetime) -> None:
        """Keep it in the place of what was kept before; nothing is kept of an empty one."""
        table = ConversationTable
        stored = as_stored(conversation)
        async with self._database.transaction() as connection:
            if not stored:
                await connection.execute(delete(table).where(table.sender == sender))
                return
            body = self._cipher.seal(stored)
            changed = await connection.execute(
                update(table).where(table.sender == sender).values(body=body, changed_on=on)
            )
            if changed.rowcount == 0:
                row = {"sender": sender, "body": body, "changed_on": on}
                await connection.execute(insert(table).values(row))

    async def forget_before(self, moment: datetime) -> None:
        """Delete what was last changed before the moment."""
        table = ConversationTable
        async with self._database.transaction() as connection:
            await connection.execute(delete(table).where(table.changed_on < moment))
