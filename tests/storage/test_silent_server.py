"""A line to the server that falls silent costs what was asked on it, and no more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from sqlalchemy import URL, make_url, text

from bot.errors import StorageError
from bot.storage import database as module
from bot.storage.database import Database
from bot.storage.feedback_records import FeedbackRecords
from bot.storage.shared_updates import SharedUpdates
from tests.databases import ON_POSTGRESQL
from tests.storage.days import MONDAY

pytestmark = ON_POSTGRESQL


class Cable:
    """Between a bot and its server. `cut`, what is on it arrives nowhere, and nobody is told."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._ends: list[asyncio.StreamWriter] = []
        self._passing: list[asyncio.Task[None]] = []
        self._is_whole = asyncio.Event()
        self._is_whole.set()

    def cut(self) -> None:
        """From now on, until it is mended."""
        self._is_whole.clear()

    def mend(self) -> None:
        """For what is asked from now on, and what was lost meanwhile comes late."""
        self._is_whole.set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Join one connection with the server."""
        host = self._server.query.get("host", self._server.host)
        port = self._server.port or 5432
        if str(host).startswith("/"):
            far = await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        else:
            far = await asyncio.open_connection(str(host), port)
        self._ends += (writer, far[1])
        for source, target in ((reader, far[1]), (far[0], writer)):
            self._passing.append(asyncio.create_task(self._pass_on(source, target)))

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65536):
                await self._is_whole.wait()
                target.write(some)
            target.close()

    async def close(self) -> None:
        """Nobody is joined any more."""
        for each in self._passing:
            each.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)
        for end in self._ends:
            end.close()


@pytest.fixture
async def cable(url: str) -> AsyncIterator[Cable]:
    made = Cable(make_url(url))
    yield made
    await made.close()


@pytest.fixture
async def far(url: str, cable: Cable, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """The database at the other end of the cable, for who has little patience."""
    listening = await asyncio.start_server(cable.take, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    address = make_url(url).set(host="127.0.0.1", port=port, query={})
    opened = await Database.open(address.render_as_string(hide_password=False))
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(module, "TRANSACTION_SECONDS", 0.3)
    yield opened
    cable.mend()
    await opened.close()
    listening.close()


async def test_what_waits_on_a_silent_line_is_given_up_and_later_all_goes_on(
    far: Database, cable: Cable
) -> None:
    feedback = FeedbackRecords(far)
    await feedback.add("call_hours", is_useful=True, on=MONDAY)
    cable.cut()
    with pytest.raises(StorageError, match="cannot be reached"):
        await far.read(lambda connection: connection.scalar(text("SELECT 1")))
    with pytest.raises(StorageError, match="cannot be reached"):
        await feedback.add("call_hours", is_useful=True, on=MONDAY)
    cable.mend()
    await feedback.add("call_hours", is_useful=True, on=MONDAY)
    assert (await feedback.counts())["call_hours"][0] >= 2


async def test_a_bot_on_a_silent_line_says_again_that_it_lives_when_the_line_is_back(
    far: Database, cable: Cable
) -> None:
    bot = SharedUpdates(far, "key")
    await bot.stay_alive()
    cable.cut()
    # More than there are connections: none of them may be lost for good.
    silent = await asyncio.gather(*(bot.stay_alive() for _ in range(20)), return_exceptions=True)
    assert {type(each) for each in silent} == {StorageError}
    cable.mend()
    await bot.stay_alive()
    assert await bot.take("1", 10) == ()
