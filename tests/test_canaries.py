"""The bot's token and a person's words leave no trace in any output, whatever goes wrong."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text as sql

from bot.bootstrap import Program, open_program
from bot.channels.telegram.running import run_telegram
from bot.channels.telegram.settings import TelegramSettings
from bot.concepts.choice import Choice, Verb
from bot.concepts.clock import now
from bot.concepts.message import IncomingMessage
from bot.errors import ChannelError, StorageError
from bot.inbox import Inbox
from bot.logs import configure_logs
from bot.serving import telegram_words
from bot.storage.update_records import UpdateRecords
from tests.bot_api_server import BotApiServer
from tests.fakes import FakePause
from tests.rasa_stand_in import RasaStandIn

_PERSON = 770123
_TOKEN = "770456:canary-of-the-token"
_PHONE, _CARD = "13877700777", "6222021234567890123"
_WORDS = ("金丝雀", _PHONE, _CARD, "canary", "770456")


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """All that is logged, from the lowest level up."""
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    stream = StringIO()
    configure_logs("DEBUG", stream)
    yield stream
    structlog.reset_defaults()
    root.setLevel(before[0])
    root.handlers[:] = before[1]


@pytest.fixture
async def rasa() -> AsyncIterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    await stand_in.die()


async def serve(
    program: Program, server: BotApiServer, stop: asyncio.Event, ready: asyncio.Event
) -> None:
    """The channel with everything behind it, polling until told to stop."""
    records = UpdateRecords(program.database)
    await run_telegram(
        TelegramSettings(token=_TOKEN, api_url=server.url),
        telegram_words(program),
        lambda handle: Inbox(records, handle, now),
        stop=stop,
        ready=ready,
        pause=FakePause(),
    )


@asynccontextmanager
async def on_telegram(program: Program, server: BotApiServer) -> AsyncIterator[None]:
    """The channel, polling until the block ends."""
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve(program, server, stop, ready))
    try:
        async with asyncio.timeout(10):
            await ready.wait()
        yield
    finally:
        stop.set()
        await task


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def traces_in(*outputs: str) -> list[str]:
    return [word for word in _WORDS if any(word in output for output in outputs)]


async def test_a_whole_conversation_leaves_no_trace(
    rasa: RasaStandIn, tmp_path: Path, logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    rasa.means("金丝雀半夜打电话", "call_hours")
    async with (
        BotApiServer(token=_TOKEN) as server,
        open_program(rasa.settings(tmp_path)) as program,
        on_telegram(program, server),
    ):
        server.fail("sendMessage")
        server.drop("getUpdates")
        said = (
            "/start",
            "金丝雀半夜打电话",
            f"金丝雀，电话{_PHONE}，卡{_CARD}",
            "/金丝雀",
            "金丝雀不想活了",
            "<b>金丝雀</b> & 'x",
        )
        for number, words in enumerate(said, start=1):
            await server.person_says(_PERSON, words)
            await server.wait_until(lambda number=number: len(server.messages) >= number)
        await rasa.die()
        await server.person_says(_PERSON, "金丝雀上门")
        await server.wait_until(lambda: len(server.messages) > len(said))
    assert traces_in(logged.getvalue(), *capfd.readouterr()) == []
    assert '"event": "turn"' in logged.getvalue()
    heard = str(rasa.heard)
    assert "金丝雀" in heard
    assert traces_in(heard) == ["金丝雀"]
    assert [word for word in (_CARD, _TOKEN) if word.encode() in everything_in(tmp_path)] == []


async def test_what_goes_wrong_inside_leaves_no_trace(
    rasa: RasaStandIn, tmp_path: Path, logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    async with open_program(rasa.settings(tmp_path)) as program:
        for nonsense in ("金丝雀", '{"messages": "金丝雀"}', "[]"):
            rasa.nonsense = nonsense.encode()
            await program.respond(message("金丝雀"))
        rasa.nonsense = None
        rasa.status = 500
        await program.respond(message(f"金丝雀{_PHONE}"))
        rasa.status = 200
        async with program.database.transaction() as connection:
            await connection.execute(sql("DROP TABLE missed"))
        with pytest.raises(StorageError) as raised:
            await program.respond(message(f"金丝雀{_PHONE}"))
        await program.respond(tap("canary_that_no_button_says"))
    assert traces_in(logged.getvalue(), str(raised.value), *capfd.readouterr()) == []
    assert "rasa_unavailable" in logged.getvalue()


async def test_a_refused_token_is_not_repeated(
    rasa: RasaStandIn, tmp_path: Path, logged: StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    async with (
        BotApiServer(token="1:another") as server,
        open_program(rasa.settings(tmp_path)) as program,
    ):
        with pytest.raises(ChannelError, match="token") as raised:
            await serve(program, server, asyncio.Event(), asyncio.Event())
    assert traces_in(logged.getvalue(), str(raised.value), *capfd.readouterr()) == []


def message(text: str) -> IncomingMessage:
    return IncomingMessage(sender_id=str(_PERSON), sent_on=now(), text=text)


def tap(target: str) -> IncomingMessage:
    return IncomingMessage(
        sender_id=str(_PERSON), sent_on=now(), choice=Choice(Verb.ANSWER, target)
    )
