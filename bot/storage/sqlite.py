"""What only SQLite needs: a folder, one connection, honest transactions, a look for damage."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageError
from bot.private_files import make_private_file, take_from_others
from bot.storage.faults import damaged, locked, storage_error

BUSY_SECONDS = 5
"""How long to wait for another program's lock; `?timeout=…` in the URL says otherwise."""


def is_sqlite(address: URL) -> bool:
    """Whether this module is needed."""
    return address.get_backend_name() == "sqlite"


def make_private(address: URL) -> None:
    """Create folder and file, open to their owner alone: they hold what people wrote.

    A folder that was there is its owner's to say; the files beside it are mended.
    """
    if not address.database or address.database.startswith((":", "file:")):
        return
    folder = Path(address.database).absolute().parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {folder} for the database cannot be made ({error.strerror}). Make it and "
            "give this user the right to write in it, or name another place in DATABASE_URL."
        ) from error
    file = Path(address.database).absolute()
    # What stands in the way is told better by SQLite, see `refuse_unusable`.
    with suppress(OSError):
        make_private_file(file)
        # SQLite gives new ones the rights of the database itself.
        take_from_others(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))


def is_in_memory(address: URL) -> bool:
    """Whether only the connection that made it can see it."""
    return not address.database or ":memory:" in address.database


def engine_options(address: URL) -> dict[str, Any]:
    """One connection, so that our own tasks queue in fair order and never meet a lock."""
    connect: dict[str, Any] = {"isolation_level": None}
    if "timeout" not in address.query:
        connect["timeout"] = BUSY_SECONDS
    return {
        "connect_args": connect,
        "pool_size": 1,
        "max_overflow": 0,
    }


def prepare(engine: Engine, *, writes: bool = True) -> None:
    """Set the pragmas of each connection, and begin transactions that really are ones.

    What only reads needs none: each statement sees what was committed before it.
    """
    event.listen(engine, "connect", _set_pragmas)
    if writes:
        event.listen(engine, "begin", _begin)


def refuse_unusable(engine: AsyncEngine, place: str) -> None:
    """StorageError when the file cannot be opened, written or understood.

    Asked of SQLite directly: a connection that fails to open leaves a thread of aiosqlite behind,
    and better at the start than at night.
    """
    (file, *_), options = engine.dialect.create_connect_args(engine.url)
    options.setdefault("timeout", BUSY_SECONDS)
    try:
        with closing(sqlite3.connect(file, **options)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            verdict = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise storage_error(place, error) from error
    if verdict != ("ok",):
        raise damaged(place)


async def wipe_traces(connection: Any, place: str) -> None:
    """Write the file anew and empty its log; StorageError when another program reads in it.

    secure_delete blanks what is deleted, but pages that were moved about keep old copies, and
    the log keeps whatever was ever written since it was last emptied.
    """
    try:
        await connection.execute("VACUUM")
        emptying = await connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise storage_error(place, error) from error
    is_busy, *_ = next(iter(emptying))
    if is_busy:
        raise locked(place)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    try:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except Exception:
        # SQLAlchemy drops a connection that fails here without closing it.
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    # Python's sqlite3 begins late and commits before DDL, which breaks savepoints and migrations;
    # a lock taken at once is waited for, one taken in the middle is refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
