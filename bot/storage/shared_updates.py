"""The queue of updates of several bots on one PostgreSQL: a chat is one bot's at a time.

A claim is a row with the name of a chat: whoever has it answers that chat alone, so its order is
kept. Words of danger that overtake have a claim of their own from the moment they are stored.

A bot says again and again that it lives; who falls silent is dead, and all that it had in hand
goes to one of the others. Each listens by itself, for how long a sign stays the same: a clock that
leaps, the server's too, declares nobody dead.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    String,
    and_,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.concepts.stored import StoredUpdate
from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.tables import ClaimTable, ServingBotTable, UpdateTable
from bot.storage.update_records import ANSWERING, UpdateRecords

LEASE = timedelta(seconds=20)
"""So long a bot is taken to live after it last said so, where somebody has not listened yet."""

_ALONE = "alone:"


class SharedUpdates(UpdateRecords):
    """One for each bot. Every method raises StorageError when the database fails.

    `key_mark` tells one key from another, and nothing about it.
    """

    def __init__(self, database: Database, key_mark: str, lease: timedelta = LEASE) -> None:
        super().__init__(database)
        self._key_mark, self._lease = key_mark, lease
        # Another one for each process: a former life of this bot counts as another bot.
        self._name = f"{key_mark}-{uuid4().hex}"

    async def refuse_other_key(self) -> None:
        """StorageError when a bot lives that has another key: neither could read the other's.

        Say before that this one lives: of two that start at once at least one is refused.
        """
        others = select(ServingBotTable.name).where(
            ServingBotTable.alive_until > func.now(),
            ~ServingBotTable.name.startswith(f"{self._key_mark}-"),
        )
        if await self._database.read(lambda connection: connection.scalar(others.limit(1))):
            raise StorageError(
                "A bot that answers from the same database has another key. Give both the same "
                "file `secret`: ZHIQUAN_SECRET_FILE names it."
            )

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

    async def add(
        self, updates: Iterable[StoredUpdate], alone: Collection[int] = ()
    ) -> tuple[StoredUpdate, ...]:
        """Store all or none. Those to be answered `alone`, before their turn, are this bot's."""

        def work(connection: Connection) -> tuple[StoredUpdate, ...]:
            new = self._store(connection, updates)
            claims = [
                {"name": _alone(each.update_id), "holder": self._name}
                for each in new
                if each.update_id in alone
            ]
            if claims:
                connection.execute(insert(ClaimTable), claims)
            return new

        return await self._database.write(work)

    async def mark_answered(self, update_id: int, on: datetime) -> None:
        """Forget all of it but the number."""

        def work(connection: Connection) -> None:
            connection.execute(ANSWERING, {"number": update_id, "moment": on})
            connection.execute(_letting_go(_alone(update_id), self._name))

        await self._database.write(work)

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
            return self._find(connection, chat, at_most, ~_is_others_alone(self._name))

        return await self._database.write(work)

    async def let_go(self, chat: str) -> None:
        """Whoever asks first may have the chat now."""
        await self._change(_letting_go(chat, self._name))

    async def signs(self) -> Mapping[str, datetime]:
        """The last sign of life of each other bot, which changes whenever it gives one."""
        bot = ServingBotTable
        wanted = select(bot.name, bot.alive_until).where(bot.name != self._name)
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return {row.name: row.alive_until for row in rows}

    async def inherit(self, name: str, sign: datetime) -> tuple[str, ...] | None:
        """Take over all that a bot had in hand whose last sign was this.

        None when it gave another since, or another bot was faster.
        """
        dead = (
            select(ServingBotTable.name)
            .where(ServingBotTable.name == name, ServingBotTable.alive_until == sign)
            .with_for_update(skip_locked=True)
        )

        def work(connection: Connection) -> tuple[str, ...] | None:
            if connection.scalar(dead) is None:
                return None
            # What it was to answer alone waits in line again.
            connection.execute(delete(ClaimTable).where(_is_alone_of(name)))
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


def _alone(update_id: int) -> str:
    """The name of a claim to one update."""
    return f"{_ALONE}{update_id}"


def _is_alone_of(bot: str) -> ColumnElement[bool]:
    return and_(ClaimTable.holder == bot, ClaimTable.name.startswith(_ALONE))


def _is_others_alone(bot: str) -> ColumnElement[bool]:
    name = literal(_ALONE) + cast(UpdateTable.update_id, String)
    return exists().where(ClaimTable.name == name, ClaimTable.holder != bot)


def _letting_go(name: str, bot: str) -> Delete:
    return delete(ClaimTable).where(ClaimTable.name == name, ClaimTable.holder == bot)
