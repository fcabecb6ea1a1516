"""The queue of updates of several bots on one PostgreSQL: a chat is one bot's at a time.

A claim is a row with the name of a chat: whoever has it answers that chat alone, so its order is
kept. A bot says again and again that it lives; who falls silent is dead, and all that it had in
hand goes to one of the others. Moments are the server's: clocks of machines differ.
"""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.concepts.stored import StoredUpdate
from bot.storage.database import Database
from bot.storage.tables import ClaimTable, ServingBotTable, UpdateTable
from bot.storage.update_records import UpdateRecords

LEASE = timedelta(seconds=20)
"""So long a bot is taken to live after it last said so."""


class SharedUpdates(UpdateRecords):
    """One for each bot. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        super().__init__(database)
        self._lease = lease
        # Another one for each process: a former life of this bot counts as another bot.
        self._name = uuid4().hex

    async def stay_alive(self) -> None:
        """Say that this bot lives. Before the first time it can have nothing in hand."""
        alive_until = func.now() + self._lease
        saying = insert(ServingBotTable).values(name=self._name, alive_until=alive_until)
        saying = saying.on_conflict_do_update(
            index_elements=[ServingBotTable.name], set_={"alive_until": alive_until}
        )
        await self._change(saying)

    async def leave(self) -> None:
        """This bot has nothing in hand any more, and is not to be waited for."""
        await self._change(delete(ServingBotTable).where(ServingBotTable.name == self._name))

    async def take(self, chat: str, at_most: int) -> tuple[StoredUpdate, ...] | None:
        """Have a chat alone, and what waits in it; None while another bot has it."""
        claim = (
            insert(ClaimTable)
            .values(name=chat, holder=self._name)
            .on_conflict_do_update(
                index_elements=[ClaimTable.name],
                set_={"holder": self._name},
                where=ClaimTable.holder == self._name,
            )
            .returning(ClaimTable.name)
        )

        def work(connection: Connection) -> tuple[StoredUpdate, ...] | None:
            if connection.scalar(claim) is None:
                return None
            return self._find(connection, chat, at_most)

        return await self._database.write(work)

    async def let_go(self, chat: str) -> None:
        """Whoever asks first may have the chat now."""
        mine = and_(ClaimTable.name == chat, ClaimTable.holder == self._name)
        await self._change(delete(ClaimTable).where(mine))

    async def inherit(self) -> tuple[str, ...]:
        """Take over all that one dead bot had in hand; nothing while all live.

        Of several bots that look at once, each gets another dead one, or none.
        """
        dead = (
            select(ServingBotTable.name)
            .where(ServingBotTable.alive_until < func.now(), ServingBotTable.name != self._name)
            .limit(1)
            .with_for_update(skip_locked=True)
        )

        def work(connection: Connection) -> tuple[str, ...]:
            name = connection.scalar(dead)
            if name is None:
                return ()
            heritage = (
                update(ClaimTable)
                .where(ClaimTable.holder == name)
                .values(holder=self._name)
                .returning(ClaimTable.name)
            )
            chats = tuple(connection.scalars(heritage))
            connection.execute(delete(ServingBotTable).where(ServingBotTable.name == name))
            return chats

        return await self._database.write(work)

    def _is_free(self) -> ColumnElement[bool]:
        others = and_(ClaimTable.name == UpdateTable.chat, ClaimTable.holder != self._name)
        return ~exists().where(others)
