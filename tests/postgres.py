"""A PostgreSQL for tests: the server that ZHIQUAN_TEST_POSTGRES names, or one that is thrown away.

A throw-away cluster is made once a session, listens on a socket in its own folder alone, and does
not wait for the disk. Each test gets a database of its own, copied from one that has the tables.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import asyncpg
from sqlalchemy import URL, make_url

from bot.storage.database import Database
from bot.storage.postgresql import DRIVER, with_driver

NAMED_BY = "ZHIQUAN_TEST_POSTGRES"
_DEBIAN = Path("/usr/lib/postgresql")
_HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
_MAKING = ("-U", "zhiquan", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
_READY_SECONDS = 30.0


class NoPostgresError(Exception):
    """There is none on this machine; the message says what was looked for."""


@contextmanager
def server() -> Iterator[URL]:
    """The address of a server, without a database, on which databases can be made."""
    if named := os.environ.get(NAMED_BY):
        yield with_driver(make_url(named))
        return
    programs = _programs()
    with (
        TemporaryDirectory(prefix="zq-pg", ignore_cleanup_errors=True) as folder,
        _running(programs, Path(folder)) as address,
    ):
        yield address


def _programs() -> Path:
    """The folder of `initdb` and `postgres`."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(_DEBIAN.glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgresError(
        f"no server named by {NAMED_BY}, no `initdb` and `postgres` on the PATH or below {_DEBIAN}"
        " (Debian: postgresql)"
    )


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[URL]:
    # PostgreSQL refuses to run as root: it is run as nobody then.
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data, log = str(folder / "data"), folder / "log"
    making = [str(programs / "initdb"), "-D", data, *_MAKING]
    settings = [part for each in _HASTY for part in ("-c", each)]
    running = [str(programs / "postgres"), "-D", data, "-k", str(folder), *settings]
    with log.open("wb") as told:
        subprocess.run(making, check=True, user=user, cwd=folder, stdout=told, stderr=told)
        with subprocess.Popen(running, user=user, cwd=folder, stdout=told, stderr=told) as process:
            try:
                address = make_url(f"{DRIVER}://zhiquan@/postgres?host={folder}")
                _wait_for(address, process, log)
                yield address
            finally:
                # At once: nothing of it is needed any more.
                process.send_signal(signal.SIGQUIT)


def _wait_for(address: URL, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _READY_SECONDS
    while True:
        try:
            _order(address, "SELECT 1")
        except (OSError, asyncpg.PostgresError):
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text(encoding="utf-8")) from None
            time.sleep(0.05)
        else:
            return


class Server:
    """Makes databases: the first with all tables, the others as copies of it."""

    def __init__(self, address: URL) -> None:
        self._address = address
        self._model = f"zq_model_{uuid4().hex[:8]}"
        _order(address, f"CREATE DATABASE {self._model}")
        _apart(_make_tables(self._url_of(self._model)))

    @contextmanager
    def database(self, *, is_empty: bool = False) -> Iterator[str]:
        """The address of a new database with all tables, or with none; gone afterwards."""
        name = f"zq_{uuid4().hex[:12]}"
        model = "template0" if is_empty else self._model
        _order(self._address, f"CREATE DATABASE {name} TEMPLATE {model}")
        try:
            yield self._url_of(name)
        finally:
            _order(self._address, f"DROP DATABASE {name} WITH (FORCE)")

    def forget(self) -> None:
        """Leave nothing on a server that is not thrown away."""
        _order(self._address, f"DROP DATABASE {self._model} WITH (FORCE)")

    def _url_of(self, name: str) -> str:
        return self._address.set(database=name).render_as_string(hide_password=False)


async def _make_tables(url: str) -> None:
    await (await Database.open(url)).close()


def _order(address: URL, sql: str) -> None:
    _apart(_execute(address.set(drivername="postgresql"), sql))


async def _execute(address: URL, sql: str) -> None:
    connection = await asyncpg.connect(address.render_as_string(hide_password=False))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def _apart(work: Coroutine[object, object, None]) -> None:
    """Done in a thread: the loop of a test is its own."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
