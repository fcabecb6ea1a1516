"""Which databases a test is for, where not for every kind; and the queue of updates in each."""

import pytest

from bot.storage.database import Database
from bot.storage.shared_updates import SharedUpdates
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
