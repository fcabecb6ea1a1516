"""How people want to be served."""

from sqlalchemy import bindparam, insert, select, update

from bot.concepts.records import Preference
from bot.storage.database import Database
from bot.storage.tables import PreferenceTable

_IS_DISCREET = select(PreferenceTable.is_discreet).where(
    PreferenceTable.sender == bindparam("whose")
)


class Preferences:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, sender: str) -> Preference:
        """What the person chose, or what holds for everybody."""
        is_discreet = await self._database.read(
            lambda connection: connection.scalar(_IS_DISCREET, {"whose": sender})
        )
        return Preference() if is_discreet is None else Preference(is_discreet=is_discreet)

    async def set(self, sender: str, preference: Preference) -> None:
        """Keep what the person chose."""
        async with self._database.transaction() as connection:
            changed = await connection.execute(
                update(PreferenceTable)
                .where(PreferenceTable.sender == sender)
                .values(is_discreet=preference.is_discreet)
            )
            if changed.rowcount == 0:
                row = {"sender": sender, "is_discreet": preference.is_discreet}
                await connection.execute(insert(PreferenceTable).values(row))
