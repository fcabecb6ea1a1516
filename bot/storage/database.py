"""Opens and closes the database and gives out transactions. It knows no table."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage import sqlite
from bot.storage.faults import place_of, storage_error
from bot.storage.migrations.upgrade import upgrade

EXAMPLE_URL = "sqlite+aiosqlite:///.data/zhiquan.db"


class Database:
    """One database, migrated to the newest tables. Make it with `Database.open`."""

    def __init__(self, engine: AsyncEngine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Connect, and bring the tables up to date; StorageError says what stands in the way."""
        address = _address(url)
        place = place_of(address)
        database = cls(_engine(address), place)
        try:
            if sqlite.is_sqlite(address):
                await asyncio.to_thread(sqlite.make_folder, address)
                await asyncio.to_thread(sqlite.refuse_unusable, database._engine, place)
            async with database.transaction() as connection:
                await connection.run_sync(upgrade, place)
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All of the block is stored, or nothing. StorageError when the database fails."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise storage_error(self._place, error) from error

    async def wipe_traces(self) -> None:
        """Take what was deleted out of the file and its log too; StorageError when in use.

        Takes as long as copying the file. Other databases than SQLite do this by themselves, and
        what their backups and logs keep is their operator's to say.
        """
        if not sqlite.is_sqlite(self._engine.url):
            return
        try:
            async with self._engine.connect() as connection:
                raw = await connection.get_raw_connection()
                await sqlite.wipe_traces(raw.driver_connection, self._place)
        except (SQLAlchemyError, OSError) as error:
            raise storage_error(self._place, error) from error

    async def close(self) -> None:
        """Let go of the database; safe to call twice."""
        await self._engine.dispose()


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        # The text is not repeated: it may hold a password.
        raise StorageError(
            f"DATABASE_URL is not the address of a database. Write it like {EXAMPLE_URL}."
        ) from error


def _engine(address: URL) -> AsyncEngine:
    options = sqlite.engine_options(address) if sqlite.is_sqlite(address) else {}
    try:
        # Parameters are people's words: never in an error, never in a log.
        engine = create_async_engine(address, hide_parameters=True, **options)
    except (InvalidRequestError, ArgumentError, ImportError) as error:
        raise StorageError(
            f"DATABASE_URL names the driver {address.drivername}, which is not installed or not "
            f"asynchronous. Write it like {EXAMPLE_URL}, or install the driver that you name."
        ) from error
    if sqlite.is_sqlite(address):
        sqlite.prepare(engine)
    return engine
