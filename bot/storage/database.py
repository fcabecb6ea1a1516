"""Opens and closes the database and gives out transactions. It knows no table.

What happens with every message goes through `read` and `write`: on SQLite they take two lines of
their own, so that reads wait for nobody and writes of several chats share one commit. PostgreSQL
serves several bots: there each of them is a transaction, and what is asked for is stored at once.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, NamedTuple

import structlog
from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from bot.storage import postgresql, sqlite
from bot.storage.faults import place_of, storage_error
from bot.storage.migrations.upgrade import upgrade
from bot.storage.sqlite_lines import Line, Work, Writer

EXAMPLE_URL = "sqlite+aiosqlite:///.data/zhiquan.db"

RIDE_SECONDS = 1.0
"""So long what is to ride along waits at most for a write that takes it."""

ANSWER_SECONDS, TRANSACTION_SECONDS = 10.0, 60.0
"""So long a server may take for what happens with every message, and for a longer transaction:
a line that fell silent is given up then, and the next attempt takes another."""

_LOG = structlog.get_logger()


class Database:
    """One database, migrated to the newest tables. Make it with `Database.open`."""

    def __init__(self, engine: AsyncEngine, place: str) -> None:
        self._engine = engine
        self._place = place
        self._reading, self._writing = asyncio.Lock(), asyncio.Lock()
        self._lines: _Lines | None = None
        if not self.is_shared and not sqlite.is_in_memory(engine.url):
            self._lines = _Lines(engine.url, self._writing)
        self._riders: list[_Rider] = []
        self._departure: asyncio.Task[None] | None = None

    @property
    def is_shared(self) -> bool:
        """Whether several bots may answer from it."""
        return not sqlite.is_sqlite(self._engine.url)

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Connect, and bring the tables up to date; StorageError says what stands in the way."""
        address = _address(url)
        place = place_of(address)
        database = cls(_engine(address), place)
        try:
            if sqlite.is_sqlite(address):
                await asyncio.to_thread(sqlite.make_private, address)
                await asyncio.to_thread(sqlite.refuse_unusable, database._engine, place)
            # New tables may take long: no limit here.
            async with database._transaction(limit=None) as connection:
                if postgresql.is_postgresql(address):
                    await postgresql.make_tables_alone(connection)
                await connection.run_sync(upgrade, place)
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All of the block is stored, or nothing. StorageError when the database fails."""
        await self.flush()
        limit = TRANSACTION_SECONDS if self.is_shared else None
        async with self._transaction(limit) as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self, limit: float | None) -> AsyncIterator[AsyncConnection]:
        try:
            alone = nullcontext() if self.is_shared else self._writing
            async with alone, asyncio.timeout(limit), self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise storage_error(self._place, error) from error

    async def read[Result](self, work: Work[Result], *, sees_asked: bool = False) -> Result:
        """What the work finds among what was committed; StorageError when the database fails.

        With `sees_asked` it also finds what was asked to be written before, and waits for that.
        """
        try:
            if self._lines is None:
                return await self._commit(work, is_durable=False)
            if sees_asked:
                await self._lines.writer.settle()
            async with self._reading:
                return await self._lines.reader.run(work)
        except (SQLAlchemyError, OSError) as error:
            raise storage_error(self._place, error) from error

    async def write[Result](self, work: Work[Result], *, is_durable: bool = True) -> Result:
        """What the work gives once it is stored, with what was to ride along; or StorageError.

        What is not durable survives the end of this process, but perhaps not a power cut.
        """
        riders: list[_Rider] = []
        if is_durable:
            riders, self._riders = self._riders, riders

        def all_of_it(connection: Connection) -> Result:
            for rider in riders:
                rider.work(connection)
            return work(connection)

        try:
            result = await self._commit(all_of_it, is_durable=is_durable)
        except BaseException as error:
            # Whether or not they were stored: each may be stored twice.
            self._riders = [*riders, *self._riders]
            if isinstance(error, SQLAlchemyError | OSError):
                raise storage_error(self._place, error) from error
            raise
        for rider in riders:
            rider.stored()
        return result

    async def write_later(self, work: Work[None], stored: Callable[[], None]) -> None:
        """Have it stored with the next write, which follows within a second; then call `stored`.

        The work may be done twice. Where several bots share the database it is stored now: they
        must see it.
        """
        if self._lines is None:
            await self.write(work)
            stored()
            return
        self._riders.append(_Rider(work, stored))
        if self._departure is None:
            self._departure = asyncio.create_task(self._depart())

    async def flush(self) -> None:
        """Store what was to ride along; StorageError when the database fails."""
        if self._riders:
            await self.write(_nothing)

    async def _commit[Result](self, work: Work[Result], *, is_durable: bool) -> Result:
        if self._lines is not None:
            return await self._lines.writer.write(work, is_durable=is_durable)
        limit = ANSWER_SECONDS if self.is_shared else None
        async with asyncio.timeout(limit), self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def _depart(self) -> None:
        while True:
            await asyncio.sleep(RIDE_SECONDS)
            try:
                await self.flush()
            except StorageError as error:
                _LOG.error("database_unreachable", because=str(error))
            else:
                self._departure = None
                return

    async def wipe_traces(self) -> None:
        """Take what was deleted out of the file and its log too; StorageError when in use.

        Takes as long as copying the file. Other databases than SQLite do this by themselves, and
        what their backups and logs keep is their operator's to say.
        """
        if self.is_shared:
            return
        try:
            async with self._reading, self._writing, self._engine.connect() as connection:
                raw = await connection.get_raw_connection()
                await sqlite.wipe_traces(raw.driver_connection, self._place)
        except (SQLAlchemyError, OSError) as error:
            raise storage_error(self._place, error) from error

    async def close(self) -> None:
        """Store what is left and let go of the database; safe to call twice."""
        if self._departure is not None:
            self._departure.cancel()
            await asyncio.wait([self._departure])
            self._departure = None
        try:
            await self.flush()
        finally:
            if self._lines is not None:
                await self._lines.close()
            await self._engine.dispose()


class _Rider(NamedTuple):
    """A write that goes along with another, and who is to hear of it."""

    work: Work[None]
    stored: Callable[[], None]


class _Lines:
    """The two lines to a SQLite file."""

    def __init__(self, address: URL, writing: asyncio.Lock) -> None:
        self.reader = Line(address, writes=False)
        self._write_line = Line(address, writes=True)
        self.writer = Writer(self._write_line, writing)

    async def close(self) -> None:
        """Let go of the file."""
        await self.writer.close()
        await self._write_line.close()
        await self.reader.close()


def _nothing(_: Connection) -> None:
    """The work of a write that only takes along what was to ride."""


def _address(url: str) -> URL:
    try:
        return postgresql.with_driver(make_url(url))
    except ArgumentError as error:
        # The text is not repeated: it may hold a password.
        raise StorageError(
            f"DATABASE_URL is not the address of a database. Write it like {EXAMPLE_URL}."
        ) from error


def _engine(address: URL) -> AsyncEngine:
    options: dict[str, Any] = {}
    if sqlite.is_sqlite(address):
        options = {**sqlite.engine_options(address), "poolclass": AsyncAdaptedQueuePool}
    elif postgresql.is_postgresql(address):
        options = {"connect_args": {"timeout": ANSWER_SECONDS}}
    try:
        # Parameters are people's words: never in an error, never in a log.
        engine = create_async_engine(address, hide_parameters=True, **options)
    except (InvalidRequestError, ArgumentError, ImportError) as error:
        raise StorageError(
            f"DATABASE_URL names the driver {address.drivername}, which is not installed or not "
            f"asynchronous. Write it like {EXAMPLE_URL}, or install the driver that you name."
        ) from error
    if sqlite.is_sqlite(address):
        sqlite.prepare(engine.sync_engine)
    return engine
