"""What every test leaves as it found it, and the databases that tests are given."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

if TYPE_CHECKING:
    from bot.storage.database import Database
    from tests.postgres import Server


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """A command that was called in a test has set up the logs of the whole process."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture(scope="session")
def postgres() -> Iterator["Server"]:
    """One server a session; without any, its tests are skipped and say what is missing."""
    # Imported where they are needed: Rasa's tests come by here too, and have no such libraries.
    from tests.postgres import NoPostgresError, Server, server

    try:
        with server() as address:
            databases = Server(address)
            yield databases
            databases.forget()
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture
def postgres_url(postgres: "Server") -> Iterator[str]:
    """A database of a test's own on a server."""
    with postgres.database() as address:
        yield address


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a test's own SQLite database."""
    return tmp_path / "folder" / "zhiquan.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    """A database of a test's own, of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{file}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator["Database"]:
    """An open database, of each kind."""
    from bot.storage.database import Database

    opened = await Database.open(url)
    yield opened
    await opened.close()
