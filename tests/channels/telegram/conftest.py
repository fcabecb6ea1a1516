"""A server and the real channel, polling it."""

from collections.abc import AsyncIterator, Iterator, Mapping

import pytest
from structlog.testing import capture_logs

from tests.bot_api_server import BotApiServer
from tests.channels.telegram.talk import BotUnderTest, FakeTalk


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


@pytest.fixture
def bot(server: BotApiServer) -> BotUnderTest:
    """The channel, not yet running."""
    return BotUnderTest(server)


@pytest.fixture
async def polling(bot: BotUnderTest) -> AsyncIterator[BotUnderTest]:
    """The channel, polling."""
    async with bot.running():
        yield bot


@pytest.fixture
def talk(bot: BotUnderTest) -> FakeTalk:
    return bot.talk


@pytest.fixture
def log() -> Iterator[list[Mapping[str, object]]]:
    with capture_logs() as lines:
        yield lines  # type: ignore[misc]
