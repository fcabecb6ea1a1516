"""Numbers of what the bot sent to a shared phone, so that it can offer to delete it. No words."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from bot.concepts.retention import SENT_MESSAGE_HOURS
from bot.storage.database import Database
from bot.storage.tables import SentMessageTable


class SentMessages:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, sender: str, message_ids: Iterable[int], on: datetime) -> None:
        """Note messages that were sent; one that was changed in place counts as sent before."""
        async with self._database.transaction() as connection:
            known = await connection.scalars(
                select(SentMessageTable.message_id).where(SentMessageTable.sender == sender)
            )
            new = sorted(set(message_ids).difference(known.all()))
            if new:
                rows = [{"sender": sender, "message_id": each, "sent_on": on} for each in new]
                await connection.execute(insert(SentMessageTable), rows)

    async def recent(self, sender: str, now: datetime) -> tuple[int, ...]:
        """The messages that Telegram still lets a bot delete, the oldest first."""
        wanted = (
            select(SentMessageTable.message_id)
            .where(
                SentMessageTable.sender == sender,
                SentMessageTable.sent_on > now - timedelta(hours=SENT_MESSAGE_HOURS),
            )
            .order_by(SentMessageTable.message_id)
        )
        async with self._database.transaction() as connection:
            return tuple((await connection.scalars(wanted)).all())

    async def forget(self, sender: str) -> None:
        """Forget the person's messages: they are deleted, or need not be."""
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(SentMessageTable).where(SentMessageTable.sender == sender)
            )

    async def forget_before(self, moment: datetime) -> None:
        """Forget what was sent before the moment."""
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(SentMessageTable).where(SentMessageTable.sent_on < moment)
            )
