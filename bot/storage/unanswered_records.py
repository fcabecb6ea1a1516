"""What people asked in vain, for the advocates who write answers. Nobody's name is kept."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select

from bot.concepts.stored import UnansweredQuestion
from bot.storage.database import Database
from bot.storage.tables import UnansweredTable


class UnansweredRecords:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, text: str, guesses: Sequence[str], on: date) -> None:
        """Keep a question, its personal numbers masked already, and the nearest topics."""
        row = {"text": text, "guesses": json.dumps(list(guesses)), "asked_on": on}
        async with self._database.transaction() as connection:
            await connection.execute(insert(UnansweredTable).values(row))

    async def recent(self, limit: int) -> tuple[UnansweredQuestion, ...]:
        """The newest questions, newest first."""
        wanted = (
            select(UnansweredTable.text, UnansweredTable.guesses, UnansweredTable.asked_on)
            .order_by(UnansweredTable.id.desc())
            .limit(limit)
        )
        async with self._database.transaction() as connection:
            rows = await connection.execute(wanted)
            return tuple(
                UnansweredQuestion(text=text, guesses=tuple(json.loads(guesses)), asked_on=day)
                for text, guesses, day in rows
            )

    async def forget_before(self, day: date) -> None:
        """Delete what was asked before that day."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(UnansweredTable).where(UnansweredTable.asked_on < day))
