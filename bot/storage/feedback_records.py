"""What people thought of the answers. Nobody's name or number is kept, so nothing can leak."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import case, func, insert, select

from bot.concepts.stored import FeedbackCount
from bot.storage.database import Database
from bot.storage.tables import FeedbackTable


class FeedbackRecords:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, topic: str, is_useful: bool, on: date) -> None:
        """Keep one tap on 有用 or 没用."""
        row = {"topic": topic, "is_useful": is_useful, "given_on": on}
        async with self._database.transaction() as connection:
            await connection.execute(insert(FeedbackTable).values(row))

    async def counts(self) -> Mapping[str, FeedbackCount]:
        """The taps by topic, in order of topic."""
        useful = func.sum(case((FeedbackTable.is_useful, 1), else_=0))
        wanted = (
            select(FeedbackTable.topic, useful, func.count() - useful)
            .group_by(FeedbackTable.topic)
            .order_by(FeedbackTable.topic)
        )
        async with self._database.transaction() as connection:
            rows = await connection.execute(wanted)
            return {topic: FeedbackCount(int(yes), int(no)) for topic, yes, no in rows}
