"""What only SQLite needs: a folder, one connection, honest transactions, a look for damage."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import StorageError
from bot.storage.faults import damaged

BUSY_SECONDS = 5
"""How long to wait for another program's lock; `?timeout=…` in the URL says otherwise."""


def is_sqlite(address: URL) -> bool:
    """Whether this module is needed."""
    return address.get_backend_name() == "sqlite"


def make_folder(address: URL) -> None:
    """Create the file's folder, open to its owner alone: it holds what people wrote."""
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


def engine_options(address: URL) -> dict[str, Any]:
    """One connection, so that our own tasks queue in fair order and never meet a lock."""
    connect: dict[str, Any] = {"isolation_level": None}
    if "timeout" not in address.query:
        connect["timeout"] = BUSY_SECONDS
    return {
        "connect_args": connect,
        "poolclass": AsyncAdaptedQueuePool,
        "pool_size": 1,
        "max_overflow": 0,
    }


def prepare(engine: AsyncEngine) -> None:
    """Set the pragmas of each connection, and begin transactions that really are ones."""
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    event.listen(engine.sync_engine, "begin", _begin)


def refuse_damage(connection: Connection, place: str) -> None:
    """StorageError when the file is damaged: better at the start than at night."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() != "ok":
        raise damaged(place)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Python's sqlite3 begins late and commits before DDL, which breaks savepoints and migrations;
    # a lock taken at once is waited for, one taken in the middle is refused.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
