"""Everything that is kept about one person: handed over to them, or deleted without a trace.

It knows no table by name but the queue of updates: whatever table has a column `sender`, or hangs
by a foreign key on one that has, is a person's.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, RowMapping, delete, select
from sqlalchemy import Table as Schema

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.encryption import FreeTextCipher
from bot.storage.tables import SEALED_TEXT, SEALED_VALUES, Table, UpdateTable
from bot.storage.update_records import forgetting_chat

type Rows = Sequence[Mapping[str, object]]

_TRIED = 20
"""How many texts of a table are tried before the key is said to be wrong: one may be damaged."""


class PersonalData:
    """Every method raises StorageError when the database fails or a text cannot be read."""

    def __init__(self, database: Database, cipher: FreeTextCipher) -> None:
        self._database = database
        self._cipher = cipher

    async def export(self, sender: str, chat: str | None) -> Mapping[str, Rows]:
        """All that is kept, by table, readable, in values that JSON knows.

        `chat` is the key of the person's updates; None in a group, which others share.
        """
        async with self._database.transaction() as connection:
            found: dict[str, Rows] = {}
            for table, is_theirs in _personal_tables(sender):
                rows = await connection.execute(
                    select(table).where(is_theirs).order_by(*table.primary_key)
                )
                found[table.name] = [self._plain(table, row) for row in rows.mappings()]
            if chat is not None:
                updates = await connection.execute(
                    select(UpdateTable.payload)
                    .where(UpdateTable.chat == chat)
                    .order_by(UpdateTable.update_id)
                )
                found[UpdateTable.__tablename__] = [json.loads(text) for (text,) in updates]
        return found

    async def erase(self, sender: str, chat: str | None, on: datetime) -> Mapping[str, int]:
        """Delete all that is kept, and say how many rows of each table that were.

        Of updates there stays the bare number, so that none is answered twice. When this fails
        after the rows are gone (another program reads the file), calling it again ends the work.
        """
        counts: dict[str, int] = {}
        async with self._database.transaction() as connection:
            if chat is not None:
                done = await connection.execute(forgetting_chat(chat, on))
                counts[UpdateTable.__tablename__] = done.rowcount
            # Children first: a count of what a cascade deleted would be missing.
            for table, is_theirs in reversed(list(_personal_tables(sender))):
                done = await connection.execute(delete(table).where(is_theirs))
                counts[table.name] = done.rowcount
        await self._database.wipe_traces()
        return counts

    async def refuse_wrong_key(self) -> None:
        """StorageError when nothing of what is stored can be read: the secret is another one.

        For the start: new pseudonyms would leave the old rows without anyone to delete them.
        """
        async with self._database.transaction() as connection:
            for table in Table.metadata.sorted_tables:
                for column in filter(_is_sealed, table.columns):
                    newest = select(column).order_by(*map(_downwards, table.primary_key))
                    texts = await connection.scalars(newest.limit(_TRIED))
                    self._refuse_if_all_unreadable(texts.all())

    def _refuse_if_all_unreadable(self, texts: Sequence[str]) -> None:
        fault: StorageError | None = None
        for text in texts:
            try:
                self._cipher.decrypt(text)
            except StorageError as error:
                fault = error
            else:
                return
        if fault is not None:
            raise fault

    def _plain(self, table: Schema, row: RowMapping) -> Mapping[str, object]:
        return {column.name: self._value(column, row[column]) for column in table.columns}

    def _value(self, column: Column[object], value: object) -> object:
        if column.info == SEALED_VALUES:
            return self._cipher.unseal(str(value))
        if column.info == SEALED_TEXT:
            return self._cipher.decrypt(str(value))
        return value.isoformat() if isinstance(value, date | datetime) else value


def _personal_tables(sender: str) -> Iterator[tuple[Schema, ColumnElement[bool]]]:
    """Each table with rows of persons, parents first, and which rows are this person's."""
    for table in Table.metadata.sorted_tables:
        is_theirs = _belongs_to(table, sender)
        if is_theirs is not None:
            yield table, is_theirs


def _belongs_to(table: Schema, sender: str) -> ColumnElement[bool] | None:
    if "sender" in table.columns:
        return table.columns["sender"] == sender
    for key in table.foreign_keys:
        parent = key.column.table
        is_theirs = _belongs_to(parent, sender)
        if is_theirs is not None:
            return key.parent.in_(select(key.column).where(is_theirs))
    return None


def _is_sealed(column: Column[object]) -> bool:
    return "sealed" in column.info


def _downwards(column: Column[object]) -> ColumnElement[object]:
    return column.desc()
