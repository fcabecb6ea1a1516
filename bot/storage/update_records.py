"""Updates between their arrival and their answer: a queue that survives a crash.

An answered update loses its chat and its words at once; its number stays for a while, so that a
second delivery (a webhook that Telegram repeats) is recognised.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from bot.concepts.stored import GivenUpUpdate, StoredUpdate
from bot.storage.database import Database
from bot.storage.tables import UpdateTable

_WAITS = and_(UpdateTable.answered_on.is_(None), UpdateTable.set_aside_because.is_(None))

# What happens with every message is built once.
_COUNTING = (
    update(UpdateTable)
    .where(UpdateTable.update_id == bindparam("number"))
    .values(attempts=UpdateTable.attempts + 1)
    .returning(UpdateTable.attempts)
)
ANSWERING = (
    update(UpdateTable)
    .where(UpdateTable.update_id == bindparam("number"))
    .values(answered_on=bindparam("moment"), chat="", payload="")
)
"""Leaves nothing of the update `number` but that, and that it was answered at a `moment`."""
_WAITING = (
    select(UpdateTable.update_id, UpdateTable.chat, UpdateTable.payload, UpdateTable.received_on)
    .where(_WAITS)
    .order_by(UpdateTable.update_id)
)
_WAITING_OF_CHAT = _WAITING.where(UpdateTable.chat == bindparam("whose"))


class UpdateRecords:
    """Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        updates: Iterable[StoredUpdate],
        alone: Collection[int] = (),  # noqa: ARG002 this bot has the database for itself
    ) -> tuple[StoredUpdate, ...]:
        """Store all or none; give back those that were not known before."""
        return await self._database.write(lambda connection: self._store(connection, updates))

    async def waiting(
        self, chat: str | None = None, at_most: int | None = None
    ) -> tuple[StoredUpdate, ...]:
        """What is neither answered nor set aside, of one chat or of all, in update_id order."""
        # Words that are being stored at this moment belong to those before them.
        return await self._database.read(
            lambda connection: self._find(connection, chat, at_most), sees_asked=True
        )

    async def take(self, chat: str, at_most: int) -> tuple[StoredUpdate, ...] | None:
        """What waits in a chat, which is ours alone: this bot has the database for itself."""
        return await self.waiting(chat, at_most)

    async def let_go(self, chat: str) -> None:
        """Nobody else waits for it."""

    async def waiting_chats(self) -> tuple[str, ...]:
        """The chats in which something waits that no other bot has, the longest waiting first."""
        return await self._chats(_WAITS)

    async def begun_chats(self) -> tuple[str, ...]:
        """Those of the waiting chats in which something was begun."""
        return await self._chats(_WAITS, UpdateTable.attempts > 0)

    async def take_back_attempts(self, chats: Sequence[str]) -> None:
        """One attempt less for each that waits in these chats and was begun."""
        await self._change(
            update(UpdateTable)
            .where(_WAITS, UpdateTable.attempts > 0, UpdateTable.chat.in_(chats))
            .values(attempts=UpdateTable.attempts - 1)
        )

    async def count_attempt(self, update_id: int) -> int:
        """Note, before it is made, that an attempt is made; return how many that makes."""
        # It is there to find out what ends the process: after a power cut nothing is missed.
        made = await self._database.write(
            lambda connection: connection.scalar(_COUNTING, {"number": update_id}),
            is_durable=False,
        )
        return made or 0

    async def mark_answered(self, update_id: int, on: datetime) -> None:
        """Forget all of it but the number."""
        values = {"number": update_id, "moment": on}
        await self._database.write(lambda connection: _execute(connection, ANSWERING, values))

    async def set_aside(self, update_id: int, because: str) -> None:
        """Stop trying to answer it. `because` is for operators and holds no person's words."""
        await self._change(
            update(UpdateTable)
            .where(UpdateTable.update_id == update_id)
            .values(set_aside_because=because)
        )

    async def given_up(self) -> tuple[GivenUpUpdate, ...]:
        """What was set aside, the oldest first."""
        wanted = (
            select(UpdateTable.update_id, UpdateTable.received_on, UpdateTable.set_aside_because)
            .where(UpdateTable.set_aside_because.is_not(None))
            .order_by(UpdateTable.update_id)
        )
        rows = await self._database.read(lambda connection: connection.execute(wanted).all())
        return tuple(GivenUpUpdate(number, on, because or "") for number, on, because in rows)

    async def take_up_again(self, update_ids: Iterable[int]) -> int:
        """Have these answered at the next start after all; how many there were."""
        change = (
            update(UpdateTable)
            .where(
                UpdateTable.update_id.in_(tuple(update_ids)),
                UpdateTable.set_aside_because.is_not(None),
            )
            .values(set_aside_because=None, attempts=0)
        )
        return await self._database.write(lambda connection: connection.execute(change).rowcount)

    async def forget_chat(self, chat: str, on: datetime) -> None:
        """Blank every update of a chat, waiting or set aside: none of them will be answered."""
        await self._change(forgetting_chat(chat, on))

    async def forget_before(self, *, answered: datetime, set_aside: datetime) -> None:
        """Delete what was answered before one moment, or came before the other and was set aside.

        Not even the newest stays: after a silent week Telegram counts on from a random number.
        """
        old = or_(
            UpdateTable.answered_on < answered,
            and_(
                UpdateTable.set_aside_because.is_not(None),
                UpdateTable.received_on < set_aside,
            ),
        )
        async with self._database.transaction() as connection:
            await connection.execute(delete(UpdateTable).where(old))

    async def newest_update_id(self) -> int | None:
        """The highest number known, answered or not. Only for a look: see `forget_before`."""
        async with self._database.transaction() as connection:
            return await connection.scalar(select(func.max(UpdateTable.update_id)))

    async def _chats(self, *which: ColumnElement[bool]) -> tuple[str, ...]:
        wanted = (
            select(UpdateTable.chat)
            .where(*which, self._is_free())
            .group_by(UpdateTable.chat)
            .order_by(func.min(UpdateTable.update_id))
        )
        return await self._database.read(lambda connection: tuple(connection.scalars(wanted)))

    def _store(
        self, connection: Connection, updates: Iterable[StoredUpdate]
    ) -> tuple[StoredUpdate, ...]:
        given = {each.update_id: each for each in reversed(tuple(updates))}
        known = set(
            connection.scalars(
                select(UpdateTable.update_id).where(UpdateTable.update_id.in_(given))
            )
        )
        new = tuple(given[number] for number in sorted(given) if number not in known)
        if new:
            connection.execute(insert(UpdateTable), [_row(each) for each in new])
        return new

    def _find(
        self,
        connection: Connection,
        chat: str | None,
        at_most: int | None,
        *which: ColumnElement[bool],
    ) -> tuple[StoredUpdate, ...]:
        wanted = _WAITING if chat is None else _WAITING_OF_CHAT
        if which:
            wanted = wanted.where(*which)
        rows = connection.execute(wanted.limit(at_most), {"whose": chat})
        return tuple(
            StoredUpdate(update_id=number, chat=whose, payload=payload, received_on=moment)
            for number, whose, payload, moment in rows
        )

    def _is_free(self) -> ColumnElement[bool]:
        return true()

    async def _change(self, change: Executable) -> None:
        await self._database.write(lambda connection: _execute(connection, change))


def forgetting_chat(chat: str, on: datetime) -> Update:
    """The change that leaves nothing of a chat's updates but their numbers."""
    return (
        update(UpdateTable)
        .where(UpdateTable.chat == chat)
        .values(answered_on=on, chat="", payload="")
    )


def _row(new: StoredUpdate) -> dict[str, object]:
    return {
        "update_id": new.update_id,
        "chat": new.chat,
        "payload": new.payload,
        "received_on": new.received_on,
        "attempts": 0,
    }


def _execute(
    connection: Connection, change: Executable, values: Mapping[str, object] | None = None
) -> None:
    connection.execute(change, values)
