"""Two lines to one SQLite file: writes that come together share a commit, reads take no lock.

Each line is one connection in one thread of its own: a whole transaction is one hop there and
back. Only for what happens with every message; everything else goes through `Database`.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import URL, Connection, create_engine

from bot.storage import sqlite

type Work[Result] = Callable[[Connection], Result]

_SURVIVES_THE_PROCESS, _SURVIVES_A_POWER_CUT = 1, 2
"""PRAGMA synchronous: in WAL the first costs no fsync, and a killed process loses nothing."""


class Line:
    """One connection, used by one thread."""

    def __init__(self, address: URL, *, writes: bool) -> None:
        self._engine = create_engine(
            address.set(drivername="sqlite"),
            hide_parameters=True,
            **sqlite.engine_options(address),
        )
        sqlite.prepare(self._engine, writes=writes)
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._connection: Connection | None = None
        self._is_closed = False

    async def run[Result](self, work: Work[Result]) -> Result:
        """What the work gives; it is done in the thread, after what was asked before."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: self._do(work))

    async def close(self) -> None:
        """Let go of the file; safe to call twice."""
        if self._is_closed:
            return
        self._is_closed = True
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _do[Result](self, work: Work[Result]) -> Result:
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            return work(self._connection)
        finally:
            # Nothing is held open: whoever wipes the log would find it in use.
            self._connection.rollback()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A write that waits for its commit."""

    work: Work[Any]
    done: asyncio.Future[Any]
    is_durable: bool


class Writer:
    """Commits together what is asked for while a commit runs."""

    def __init__(self, line: Line, lock: asyncio.Lock) -> None:
        """`lock` is held while writing: the file has one writer at a time."""
        self._line = line
        self._lock = lock
        self._asked: list[_Asked] = []
        self._newest: asyncio.Future[Any] | None = None
        self._task: asyncio.Task[None] | None = None

    async def write[Result](self, work: Work[Result], *, is_durable: bool) -> Result:
        """What the work gives, once it is committed; all of it is stored, or nothing.

        What is not durable survives the end of the process, but perhaps not that of the machine.
        """
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._asked.append(_Asked(work, done, is_durable))
        self._newest = done
        if self._task is None:
            self._task = asyncio.create_task(self._commit_all())
        return await done

    async def settle(self) -> None:
        """Return when all that was asked for until now is committed, or failed."""
        if self._newest is not None and not self._newest.done():
            await asyncio.wait([self._newest])

    async def close(self) -> None:
        """Commit what was asked for."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _commit_all(self) -> None:
        while self._asked:
            async with self._lock:
                together, self._asked = self._asked, []
                outcomes = await self._outcomes(together)
            for asked, (result, error) in zip(together, outcomes, strict=True):
                if asked.done.cancelled():
                    continue
                if error is None:
                    asked.done.set_result(result)
                else:
                    asked.done.set_exception(error)
        self._task = None

    async def _outcomes(self, together: Sequence[_Asked]) -> Sequence["_Outcome"]:
        try:
            return await self._line.run(lambda connection: _commit(connection, together))
        except Exception as error:  # noqa: BLE001 a file that cannot be opened: nobody may wait on
            return [(None, error)] * len(together)


type _Outcome = tuple[Any, Exception | None]


def _commit(connection: Connection, together: Sequence[_Asked]) -> list[_Outcome]:
    """Do all in one transaction; where one fails, each in its own."""
    try:
        _set_durability(connection, is_durable=any(asked.is_durable for asked in together))
        with connection.begin():
            return [(asked.work(connection), None) for asked in together]
    except Exception as error:  # noqa: BLE001 it belongs to whoever asked
        if len(together) == 1:
            return [(None, error)]
        return [outcome for asked in together for outcome in _commit(connection, [asked])]


def _set_durability(connection: Connection, *, is_durable: bool) -> None:
    level = _SURVIVES_A_POWER_CUT if is_durable else _SURVIVES_THE_PROCESS
    if connection.info.get("synchronous") != level:
        # Inside of a transaction it would not count.
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA synchronous={level}").close()
        connection.info["synchronous"] = level
