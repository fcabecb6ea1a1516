"""Which databases a test is for, where not for every kind; and the queue of updates in each."""

from datetime import timedelta

import pytest
from sqlalchemy import Interval, literal, update

from bot.storage.database import Database
from bot.storage.shared_updates import SharedUpdates
from bot.storage.tables import ReminderTable, WaitingPersonTable
from bot.storage.update_records import UpdateRecords

ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


async def updates_of(database: Database) -> UpdateRecords:
    """The queue as a bot has it over such a database."""
    if not database.is_shared:
        return UpdateRecords(database)
    records = SharedUpdates(database, "key")
    await records.stay_alive()
    return records


async def age_claims(database: Database, span: timedelta) -> None:
    """As if so much more time had passed since each claim, where the server's clock tells it."""
    if not database.is_shared:
        return
    async with database.transaction() as connection:
        for table in (ReminderTable, WaitingPersonTable):
            older = update(table).values(claimed_on=table.claimed_on - literal(span, Interval()))
            await connection.execute(older.where(table.claimed_on.is_not(None)))
